import type { Clock, Transport } from "@escapement/board-serial";
import { BoardError, type Program, program, type Trace } from "@escapement/scenario";
import { faultKinds } from "../../board-serial/test/link-faults/faults.js";
import { Random } from "../../board-serial/test/link-faults/random.js";
import { ManualClock } from "../../board-serial/test/manual-clock.js";
import { openMicroPythonBoard } from "../src/index.js";
import { VmRepl } from "../src/vm/vm-repl.js";
import { settled } from "./vm-line.js";

type Fault = ReturnType<NonNullable<(typeof faultKinds)[string]>>;
type Way = "toAgent" | "toHost";

/** From one end to the other, in milliseconds of the test's clock. */
const latencyMs = 2;

/** A line in virtual time between a host and a REPL, with a fault in it. */
class FaultyReplLine implements Transport {
  readonly description = "the faulty line";
  onData: ((bytes: Uint8Array) => void) | undefined;
  onClose: ((reason: string) => void) | undefined;
  readonly #clock: Clock;
  readonly #repl: VmRepl;
  readonly #fault: Fault;
  readonly #freeAt: Record<Way, number> = { toAgent: 0, toHost: 0 };
  #opening = 0;
  #isOpen = false;

  constructor(clock: Clock, repl: VmRepl, fault: Fault) {
    this.#clock = clock;
    this.#repl = repl;
    this.#fault = fault;
    repl.onBytes = (bytes) => this.#pass("toHost", bytes);
  }

  async open(): Promise<void> {
    this.#isOpen = true;
    this.#opening += 1;
    this.#fault.onOpen?.(this);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) throw new BoardError("disconnected", "it is not open", "Open it first.");
    this.#pass("toAgent", bytes);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  breakOff(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.onClose?.("the fault closed it");
  }

  /** The board restarts. */
  powerUp(): void {
    void this.#repl.start();
  }

  /** The board's firmware writes what is nobody's reply. */
  print(bytes: Uint8Array): void {
    this.#arriveLater("toHost", bytes, 0, false);
  }

  #pass(way: Way, bytes: Uint8Array): void {
    for (const { bytes: some, afterMs = 0, overtaken = false } of this.#fault.change(
      way,
      bytes,
      this,
    )) {
      this.#arriveLater(way, some, afterMs, overtaken);
    }
  }

  #arriveLater(way: Way, bytes: Uint8Array, afterMs: number, overtaken: boolean): void {
    if (bytes.length === 0) return;
    const now = this.#clock.now();
    let at = now + latencyMs + afterMs;
    if (!overtaken) {
      at = Math.max(at, this.#freeAt[way]);
      this.#freeAt[way] = at;
    }
    const opening = this.#opening;
    this.#clock.setTimer(() => {
      if (way === "toAgent") this.#repl.receive(bytes);
      else if (this.#isOpen && opening === this.#opening) this.onData?.(bytes);
    }, at - now);
  }
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
  const line = new FaultyReplLine(clock, repl, fault);
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
