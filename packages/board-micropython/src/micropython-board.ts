import { type Clock, createTransport, systemClock, type Transport } from "@escapement/board-serial";
import {
  type Board,
  type BoardDescription,
  BoardError,
  estimateTicks,
  type Program,
  type RunOptions,
  type RunSignal,
  type Trace,
  type TraceRecord,
  validateProgram,
} from "@escapement/scenario";
import { type BoardFacts, describeBoard } from "./board-facts.js";
import { Connection, recoveryMs, shortMs } from "./connection.js";
import { causedBy, mpyErrors } from "./mpy-errors.js";
import { programText } from "./program-text.js";
import { ReplLine } from "./repl-line.js";
import { readStep } from "./step-reply.js";

/** Which board {@link openMicroPythonBoard} opens, and how. */
export type MicroPythonBoardOptions = {
  /** Callbacks are scheduled, `hard=False`; where absent they run in the interrupt if the port can. */
  readonly soft?: boolean;
  /** Leaves the soft reset before the first program out, so that what the board runs goes on. */
  readonly resume?: boolean;
  /** How late a callback may come, in microseconds; only a wider bound than the port's has an effect. */
  readonly lateUs?: number;
  /** In place of the computer's clock. */
  readonly clock?: Clock;
} & (
  | {
      /** The line to the board; the board takes it over and closes it. */
      readonly transport: Transport;
    }
  | {
      /** A port, in any form that `resolvePort` knows: `/dev/ttyACM0`, `a0`, `COM3`, `id:…`, `tcp://host:port`. */
      readonly path: string;
      /** Bits per second of a serial port; 115200 when absent. */
      readonly baudRate?: number;
    }
);

/** A MicroPython board that is judged over its REPL. */
export interface MicroPythonBoard extends Board {
  /** What it said of itself. */
  readonly facts: BoardFacts;
  /** What the line cost so far. */
  readonly counters: MicroPythonCounters;
}

/** What the line to a MicroPython board cost so far. */
export interface MicroPythonCounters {
  /** Requests that had to be made again. */
  readonly retries: number;
  /** Pieces of Python that were sent, each awaited before the next. */
  readonly turns: number;
  /** Bytes from the board. */
  readonly received: number;
  /** Bytes to the board. */
  readonly sent: number;
}

/** A run may last this many times its estimate, and this much more. */
const slackFactor = 4;
const slackMs = 5_000;

/**
 * Opens a MicroPython board: reaches its raw REPL, restarts Python, loads the agent and asks the board
 * what it is. Nothing is flashed, and nothing stays on the board after its next reset.
 *
 * Rejects with a BoardError: `port-not-found`, `port-busy`, `port-failed`, `no-reply`, `not-an-agent`
 * (no MicroPython, or one without machine.Timer), `board-fault` (too little memory), `link-unreliable`,
 * `timeout` or `disconnected`. The line is closed then.
 *
 * A board whose interrupt never ends cannot be reached by a REPL; the run fails with `timeout` and goes
 * on when somebody has reset it.
 *
 * @example
 * ```ts
 * import { openMicroPythonBoard } from "@escapement/board-micropython";
 * import { program } from "@escapement/scenario";
 *
 * const board = await openMicroPythonBoard({ path: "a0" });
 * const trace = await board.run(program(({ main }) => main.read()));
 * console.log(board.facts.platform, board.facts.version, trace.records);
 * await board.close();
 * ```
 */
export async function openMicroPythonBoard(
  options: MicroPythonBoardOptions,
): Promise<MicroPythonBoard> {
  const transport =
    "transport" in options ? options.transport : await createTransport(options.path, options);
  const line = new ReplLine(transport, options.clock ?? systemClock);
  const connection = new Connection(line);
  try {
    const facts = await connection.open(options.resume !== true);
    return new ReplBoard(connection, facts, options);
  } catch (error) {
    await line.close();
    throw error;
  }
}

class ReplBoard implements MicroPythonBoard {
  readonly facts: BoardFacts;
  readonly recoveryMs = recoveryMs;
  readonly #connection: Connection;
  readonly #description: BoardDescription;
  readonly #isSoft: boolean;
  /** Timers that can be armed at once, as the last look had it. */
  #armable: number;
  #isBusy = false;
  #isClosed = false;
  /** Something went wrong: Python is restarted and the agent loaded before the next program. */
  #isBroken = false;

  constructor(connection: Connection, facts: BoardFacts, options: MicroPythonBoardOptions) {
    this.#connection = connection;
    this.facts = facts;
    this.#armable = facts.armable;
    this.#isSoft = options.soft === true || !facts.hasHard;
    this.#description = describeBoard(facts, { isSoft: this.#isSoft, lateUs: options.lateUs });
  }

  get counters(): MicroPythonCounters {
    const { agent, line, repl } = this.#connection;
    return { retries: agent.retries, turns: repl.executions, ...line.counters };
  }

  describe(): BoardDescription {
    return this.#description;
  }

  run(program: Program, options: RunOptions = {}): Promise<Trace> {
    return this.#alone("run", async () => {
      this.#checkSignal(options.signal);
      validateProgram(program);
      const { timers } = this.#description;
      const used = program.timers.length;
      if (used > timers) throw mpyErrors.tooManyTimers({ line: this.#name, used, timers });
      if (this.#isBroken) await this.#recover();
      try {
        const { records } = await this.#steps(program, options);
        return { records: [...records, ...(await this.#lostTimers(records))] };
      } catch (error) {
        // A trace that is too large leaves the board as it was.
        const isSound =
          error instanceof BoardError && ["trace-too-large", "aborted"].includes(error.code);
        if (!isSound) this.#isBroken = true;
        throw error;
      }
    });
  }

  reset(): Promise<void> {
    return this.#alone("reset", async () => {
      if (this.#isBroken) await this.#recover();
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { line, repl } = this.#connection;
    if (!line.isLost) await repl.leave().catch(() => {});
    await line.close();
  }

  get #name(): string {
    return this.#connection.line.description;
  }

  async #steps(program: Program, options: RunOptions): Promise<Trace> {
    const { agent } = this.#connection;
    const { semantics = {}, frequencyHz } = this.#description;
    const setting = {
      isSoft: this.#isSoft,
      granularityTicks: semantics.granularityTicks?.is ?? 1,
      runningTick: semantics.partialTick?.is === "given-away" ? 0 : 1,
    };
    await agent.request(programText(program, setting), shortMs);
    const estimateMs = (1_000 * estimateTicks(program, this.#description)) / frequencyHz;
    const limitMs = (options.timeoutMs ?? slackMs) + slackFactor * estimateMs;
    const count = program.sweep?.count ?? 1;
    const records: TraceRecord[] = [];
    for (let done = 0; done < count; ) {
      this.#checkSignal(options.signal);
      const reply = await agent.request(`step(${done})`, limitMs);
      const step = readStep(reply, {
        line: this.#name,
        left: count - done,
        words: this.facts.bufferWords,
      });
      const last = records.at(-1);
      // The agent's clock starts over in each step; nobody says what lies between two of them.
      const shift = last === undefined ? 0 : endOf(last) + 1;
      for (const record of step.records) records.push(shifted(record, shift));
      done += step.iterations;
    }
    return { records };
  }

  /**
   * How many timers can be armed says whether the program lost any, which a port without counts of its
   * own does in silence. Its trace then ends with an error, and the board is restarted before the next
   * program, so that this one pays for it and no other.
   */
  async #lostTimers(records: readonly TraceRecord[]): Promise<readonly TraceRecord[]> {
    const before = this.#armable;
    this.#armable = await this.#connection.armable();
    if (this.#armable >= before) return [];
    this.#isBroken = true;
    const last = records.at(-1);
    const at = last === undefined ? 0 : endOf(last);
    return [{ kind: "error", at, context: 0, code: "capacity-exhausted" }];
  }

  async #recover(): Promise<void> {
    const { line } = this.#connection;
    if (line.isLost) {
      await line.close();
      await line.open();
    }
    await this.#connection.load(true);
    this.#armable = await this.#connection.armable();
    // A pool outside Python outlives its restart; what even a reset does not bring back is no later law's fault.
    if (this.#armable < this.facts.armable) {
      await this.#connection.resetMachine();
      this.#armable = await this.#connection.armable();
    }
    this.#isBroken = false;
  }

  #checkSignal(signal: RunSignal | undefined): void {
    if (signal?.aborted !== true) return;
    throw mpyErrors.aborted({ line: this.#name }, causedBy(signal.reason));
  }

  async #alone<Value>(call: string, work: () => Promise<Value>): Promise<Value> {
    if (this.#isClosed) throw mpyErrors.closed({ call, line: this.#name });
    if (this.#isBusy) throw mpyErrors.busy({ call, line: this.#name });
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#isBusy = false;
    }
  }
}

/** A record of a later step, in the time of the whole run. */
function shifted(record: TraceRecord, ticks: number): TraceRecord {
  if (ticks === 0) return record;
  const at = record.at + ticks;
  switch (record.kind) {
    case "call":
      return { ...record, at, until: record.until + ticks };
    case "read":
      return { ...record, at, value: record.value + ticks };
    case "expiry":
      return { ...record, at, scheduled: record.scheduled + ticks };
    default:
      return { ...record, at };
  }
}

/** When what a record is about was over. */
function endOf(record: TraceRecord): number {
  return "until" in record ? record.until : record.at;
}
