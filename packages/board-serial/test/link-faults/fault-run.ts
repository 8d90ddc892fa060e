import { BoardError, type Program, program, requestTypes, type Trace } from "@escapement/scenario";
import { FrameDecoder } from "../../src/frame.js";
import { openSerialBoard, type SerialBoard } from "../../src/index.js";
import { ManualClock } from "../manual-clock.js";
import type { StepAgent } from "./agents.js";
import { faultKinds } from "./faults.js";
import { FaultyLine } from "./faulty-line.js";
import { Random } from "./random.js";
import { differenceOf, relative } from "./relative-trace.js";

/** What happened to a run on a faulty line. The last three must never be. */
type Ending =
  | { readonly kind: "right" }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "wrong" | "repeated" | "hang" | "stays broken"; readonly why: string };

/** One run: its kind of fault, how it ended, and how long it took in virtual time. */
export interface FaultRun {
  readonly seed: number;
  readonly fault: string;
  readonly ending: Ending;
  readonly virtualMs: number;
  readonly retries: number;
}

/** Some iterations over some steps, each with a call, an expiry and a read at a stated phase. */
const faultProgram: Program = program(({ main, timer, sweep, variable }) => {
  sweep({ from: 10, count: 20, step: 5 });
  const once = timer({ mode: "one-shot", period: variable(100) });
  once.handler.mark(3);
  main.phase(1_000).start(once).sleep(600).stop(once).read();
});

/** Longer than any wait that the sessions have, put after each other. */
const longestMs = 1_800_000;

/** What the agent replies on a line without fault, counted from each iteration's phase. */
export interface Expected {
  readonly trace: Trace;
  /** So far two such traces may lie apart in their times. */
  readonly toleranceTicks: number;
}

/** Runs the program once on a line without fault. */
export async function expectedTrace(agent: StepAgent): Promise<Expected> {
  const clock = new ManualClock();
  agent.powerUp();
  const line = new FaultyLine(clock, agent, { change: (_, bytes) => [{ bytes }] });
  const board = await clock.settle(openSerialBoard({ transport: line, clock, random: () => 0.5 }));
  const trace = relative(await clock.settle(board.run(faultProgram)));
  await board.close();
  return { trace, toleranceTicks: agent.toleranceTicks };
}

/** The fault that a seed selects: they take turns. */
function faultOf(seed: number): string {
  const names = Object.keys(faultKinds);
  return names[seed % names.length] ?? "drop";
}

/** Opens a board over a line with the seed's fault, runs a program, and looks at what came of it. */
export async function runWithFault(
  seed: number,
  agent: StepAgent,
  expected: Expected,
): Promise<FaultRun> {
  const fault = faultOf(seed);
  const random = new Random(seed);
  const clock = new ManualClock();
  agent.powerUp();
  const line = new FaultyLine(clock, agent, faultKinds[fault]?.(random) ?? { change: () => [] });
  const before = agent.work.steps;
  let board: SerialBoard | undefined;
  let ending: Ending;
  try {
    const options = { transport: line, clock, random: () => random.next() };
    board = await clock.settle(openSerialBoard(options));
    ending = judged(await clock.settle(board.run(faultProgram)), expected);
  } catch (error) {
    ending = endingOf(error);
  }
  const virtualMs = clock.now();
  const retries = board?.session.counters.retries ?? 0;
  if (virtualMs > longestMs) ending = { kind: "hang", why: `it took ${virtualMs} ms` };
  const ran = agent.work.steps - before;
  const asked = stepsAsked(line.sent);
  if (ran > asked) ending = { kind: "repeated", why: `${asked} steps asked for, ${ran} run` };
  if (ending.kind === "right" || ending.kind === "error") {
    ending = (await brokenAfter(line, clock, board, expected)) ?? ending;
  }
  await board?.close();
  return { seed, fault, ending, virtualMs, retries };
}

function endingOf(error: unknown): Ending {
  if (error instanceof BoardError) return { kind: "error", code: error.code };
  return { kind: "hang", why: error instanceof Error ? error.message : String(error) };
}

function judged(trace: Trace, expected: Expected): Ending {
  const why = differenceOf(relative(trace), expected.trace, expected.toleranceTicks);
  return why === undefined ? { kind: "right" } : { kind: "wrong", why };
}

/** How many different steps the host asked for: a repetition has session and number of the one before. */
function stepsAsked(sent: readonly Uint8Array[]): number {
  let asked = 0;
  let last = "";
  const decoder = new FrameDecoder(
    ({ type, session, sequence }) => {
      const name = `${type} ${session} ${sequence}`;
      if (type === requestTypes.step && name !== last) asked += 1;
      last = name;
    },
    () => {},
  );
  for (const bytes of sent) decoder.push(bytes);
  return asked;
}

/** Once the line has healed, the board works again: what is late may still spoil the first attempts. */
async function brokenAfter(
  line: FaultyLine,
  clock: ManualClock,
  board: SerialBoard | undefined,
  expected: Expected,
): Promise<Ending | undefined> {
  line.fault = undefined;
  await clock.pass(10_000);
  let last: Ending = { kind: "right" };
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const again =
        board ??
        (await clock.settle(openSerialBoard({ transport: line, clock, random: () => 0.25 })));
      await clock.settle(again.reset());
      last = judged(await clock.settle(again.run(faultProgram)), expected);
      if (board === undefined) await again.close();
    } catch (error) {
      last = endingOf(error);
    }
    if (last.kind === "right") return undefined;
    if (last.kind !== "error") return last;
  }
  return { kind: "stays broken", why: last.kind === "error" ? last.code : last.kind };
}
