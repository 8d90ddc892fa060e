import { type Chip, type ChipSnapshot, UnoEmulator } from "@escapement/board-uno";
import type { MoveEvent } from "@escapement/explore";
import {
  decodeTrace,
  encodeProgram,
  type Program,
  type ReferenceClock,
  requestTypes,
  type Trace,
} from "@escapement/scenario";
import { AgentClient } from "./agent-client.js";
import { traceErrors } from "./avr-errors.js";
import { CodeMap, type UnoSymbols } from "./code-map.js";
import type { RunEnd } from "./run.js";
import { WaitLoops } from "./wait-loops.js";

/** What follows the bytes of `esc_trace`: used (2), last_at (4), full, muted. */
const TRACE_TAIL_BYTES = 8;
/** Between two iterations the agent only returns and takes the next request. */
const BETWEEN_CYCLES = 2 ** 26;

const timerEvents = { w: "wrap", c: "match-a", s: "match-b" } as const;

/** An image with its map, and which emulator runs it. */
export interface AvrImage {
  /** The program, in Intel HEX. */
  readonly hex: string;
  /** Its symbol map. */
  readonly symbols: UnoSymbols;
  /** Runs the library's peripherals as they are. */
  readonly stock: boolean;
}

/**
 * The emulated board with a program in its agent, stopped where an iteration begins.
 *
 * The program is loaded once, by the agent's own requests; traces are taken out of the agent's
 * RAM, because the line would take longer than the iteration.
 */
export class AvrMachine {
  /** The chip. */
  readonly chip: Chip;
  /** The image's functions. */
  readonly map: CodeMap;
  /** Where an iteration's cleaning up returns to; known once one has ended. */
  endWord = -1;
  readonly #client: AgentClient;
  readonly #opened: ChipSnapshot;
  readonly #waits: WaitLoops | undefined;
  readonly #beginWord: number;
  readonly #cleanUpWord: number;
  readonly #trace: number;
  readonly #traceBytes: number;
  readonly #reference: ReferenceClock | undefined;
  #traceFrom = 0;
  #traceAt = 0;
  #stepping = false;

  /**
   * Boots an image.
   *
   * @param passWaits - Whether waiting is passed over; the outcome is the same.
   * @throws ExploreError `symbols` or `cannot-run`; BoardError `malformed` for an image that cannot be read.
   */
  constructor(image: AvrImage, reference: ReferenceClock | undefined, passWaits = true) {
    const emulator = new UnoEmulator({ hex: image.hex, stock: image.stock });
    this.map = new CodeMap(image.symbols);
    this.#client = new AgentClient(emulator);
    this.#client.open();
    this.chip = emulator.chip;
    this.#opened = this.chip.snapshot();
    this.#opened.save();
    this.#waits = passWaits ? new WaitLoops(this.chip, this.map) : undefined;
    this.#beginWord = this.map.address("begin_iteration") >> 1;
    this.#cleanUpWord = this.map.address("end_iteration") >> 1;
    this.#trace = this.map.address("esc_trace");
    this.#traceBytes = this.map.size("esc_trace") - TRACE_TAIL_BYTES;
    this.#reference = reference;
  }

  /** Loads a program into a board that has just been opened; the next iteration is its first. */
  load(program: Program): void {
    this.#opened.restore();
    this.#client.begin();
    this.#stepping = false;
    this.#client.load(encodeProgram(program));
  }

  /**
   * Runs on to where the next iteration begins; false when there is none.
   *
   * @throws ExploreError `cannot-run` when the agent gives up.
   */
  nextIteration(): boolean {
    for (;;) {
      if (!this.#stepping) this.#client.send(requestTypes.step, new Uint8Array(0));
      this.#stepping = true;
      const client = this.#client;
      const arrived = () => client.reply !== undefined;
      if (this.runTo(this.#beginWord, this.chip.cpu.cycles + BETWEEN_CYCLES, arrived) === "ended") {
        this.#noteTrace();
        return true;
      }
      this.#stepping = false;
      if (client.take(requestTypes.step).payload[0] === 1) return false;
    }
  }

  /** True while runs are made that will be taken back; what the firmware sends in them is not heard. */
  set onTrial(onTrial: boolean) {
    this.#client.isDeaf = onTrial;
  }

  /** Whether the agent will run this iteration again, because its records did not fit behind those before it. */
  get isTakenBack(): boolean {
    return this.traceIsFull && this.#traceFrom > 0;
  }

  /** Runs to where a flash word is next to be executed, or until a cycle, or until `stop` says so. */
  runTo(word: number, maxCycle: number, stop?: () => boolean): RunEnd {
    const { chip } = this;
    const { cpu } = chip;
    const marks = this.#waits?.marks;
    while (cpu.pc !== word) {
      if (marks !== undefined && marks[cpu.pc] !== 0) this.#waits?.pass();
      chip.step();
      if (cpu.cycles > maxCycle || stop?.() === true) return "hang";
    }
    return "ended";
  }

  /** At a marked wait loop, passes over the waiting. */
  passWait(): void {
    if (this.#waits !== undefined && this.#waits.marks[this.chip.cpu.pc] !== 0) this.#waits.pass();
  }

  /** Runs a plain iteration from its beginning to its end, and learns where that is. */
  runPlain(maxCycles: number): RunEnd {
    const { cpu } = this.chip;
    const limit = cpu.cycles + maxCycles;
    if (this.runTo(this.#cleanUpWord, limit) === "hang") return "hang";
    // A return address lies on the stack with its high byte first.
    this.endWord = cpu.dataView.getUint16(cpu.SP + 1);
    return this.runTo(this.endWord, limit);
  }

  /** The cycle in which an event next comes; Infinity for never. */
  eventCycle(event: MoveEvent): number {
    return this.chip.eventCycle(timerEvents[event]);
  }

  /** The bytes that the iteration has left in the trace buffer; a key of its outcome. */
  traceBytes(): Uint8Array {
    const { data, dataView } = this.chip.cpu;
    const used = dataView.getUint16(this.#trace + this.#traceBytes, true);
    const to = Math.min(used, this.#traceBytes);
    return data.slice(this.#trace + this.#traceFrom, this.#trace + to);
  }

  /** Whether records did not fit. */
  get traceIsFull(): boolean {
    return this.chip.cpu.data[this.#trace + this.#traceBytes + 6] !== 0;
  }

  /**
   * The trace that the iteration has left, with times since power-up.
   *
   * @throws BoardError `malformed` for bytes that are no trace.
   */
  trace(): Trace {
    const trace = decodeTrace(this.traceBytes(), this.#reference, this.#traceAt);
    if ((trace.records[0]?.at ?? 0) >= 0) return trace;
    throw traceErrors.tooEarly();
  }

  #noteTrace(): void {
    const { dataView } = this.chip.cpu;
    const tail = this.#trace + this.#traceBytes;
    this.#traceFrom = dataView.getUint16(tail, true);
    this.#traceAt = dataView.getUint32(tail + 2, true);
  }
}
