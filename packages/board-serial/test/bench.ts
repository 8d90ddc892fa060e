import { BoardError, program } from "@escapement/scenario";
import {
  memoryPair,
  openSerialBoard,
  type SerialBoard,
  type SessionOptions,
} from "../src/index.js";
import { type AgentLine, FakeAgent, type FakeAgentOptions } from "./fake-agent.js";
import { ManualClock } from "./manual-clock.js";

/** A line with a fake agent behind it, and a clock that only the test moves. */
export function bench(options: FakeAgentOptions = {}, between?: (line: AgentLine) => AgentLine) {
  const clock = new ManualClock();
  const { host, device } = memoryPair("the fake line");
  const agent = new FakeAgent(between?.(device) ?? device, { clock, ...options });
  const sessionOptions: SessionOptions = { clock, random: () => 0.5 };
  return {
    clock,
    host,
    device,
    agent,
    sessionOptions,
    open: (): Promise<SerialBoard> =>
      clock.settle(openSerialBoard({ transport: host, ...sessionOptions })),
  };
}

/** A program with a bit of everything that the toy board knows. */
export const smallProgram = program(({ main, timer }) => {
  const beat = timer({ mode: "periodic", period: 500 });
  main.read().start(beat).sleep(1800).stop(beat).mark(7);
});

/** Forty iterations, several steps with the fake agent's small trace buffer. */
export const sweptProgram = program(({ main, timer, sweep, variable }) => {
  sweep({ from: 10, count: 40, step: 5 });
  const once = timer({ mode: "one-shot", period: variable(100) });
  main.start(once).sleep(400).stop(once).read();
});

/** What it rejects with, which must be a BoardError. */
export async function errorOf(promise: Promise<unknown>): Promise<BoardError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BoardError)) throw new Error(`not a BoardError: ${String(error)}`);
  return error;
}
