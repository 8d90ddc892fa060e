import type { Clock } from "@escapement/board-serial";
import { BoardError, type Program, program, type Trace } from "@escapement/scenario";
import { type Fault, faultKinds } from "../../board-serial/test/link-faults/faults.js";
import { FaultyLine } from "../../board-serial/test/link-faults/faulty-line.js";
import { Random } from "../../board-serial/test/link-faults/random.js";
import { ManualClock } from "../../board-serial/test/manual-clock.js";
import { openMicroPythonBoard } from "../src/index.js";
import { VmRepl } from "../src/vm/vm-repl.js";
import { settled } from "./vm-line.js";

/** A line in virtual time between a host and a REPL, with a fault in it. */
function faultyLine(clock: Clock, repl: VmRepl, fault: Fault): FaultyLine {
  const end = {
    powerUp: () => void repl.start(),
    arrive: (bytes: Uint8Array) => {
      repl.receive(bytes);
      return new Uint8Array();
    },
  };
  const line = new FaultyLine(clock, end, fault);
  repl.onBytes = (bytes) => line.send(bytes);
  return line;
}

/** How a run ended: with the trace of a clean line, an error of the table, or as none may. */
export interface ReplFaultRun {
  readonly seed: number;
  readonly fault: string;
  readonly ending: "right" | "error" | "wrong" | "hang";
  readonly detail: string;
}

const faultProgram: Program = program(({ main, timer, sweep, variable }) => {
  sweep({ from: 10, count: 12, step: 5 });
  const once = timer({ mode: "one-shot", period: variable(100) });
  once.handler.mark(3);
  main.start(once).sleep(600).stop(once).read();
});

/** Longer than any wait, put after each other. */
const longestMs = 1_800_000;

/** Opens a board over a line with this fault, and runs a program. */
async function runWith(fault: Fault): Promise<Trace> {
  const clock = new ManualClock();
  const repl = new VmRepl();
  const line = faultyLine(clock, repl, fault);
  await repl.start();
  const board = await settled(clock, repl, openMicroPythonBoard({ transport: line, clock }));
  const trace = await settled(clock, repl, board.run(faultProgram));
  if (clock.now() > longestMs) throw new Error(`it took ${clock.now()} ms`);
  return trace;
}

/** Runs of successive seeds, one after the other; the kinds of faults take turns. */
export async function replFaults(firstSeed: number, count: number): Promise<ReplFaultRun[]> {
  const clean = JSON.stringify(await runWith({ change: (_, bytes) => [{ bytes }] }));
  const names = Object.keys(faultKinds);
  const runs: ReplFaultRun[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const fault = names[seed % names.length] ?? "";
    const made = faultKinds[fault]?.(new Random(seed));
    if (made === undefined) throw new Error("there is no fault of that name");
    try {
      const trace = JSON.stringify(await runWith(made));
      const isRight = trace === clean;
      runs.push({ seed, fault, ending: isRight ? "right" : "wrong", detail: isRight ? "" : trace });
    } catch (error) {
      const isTyped = error instanceof BoardError;
      const detail = isTyped ? error.code : String(error);
      runs.push({ seed, fault, ending: isTyped ? "error" : "hang", detail });
    }
  }
  return runs;
}
