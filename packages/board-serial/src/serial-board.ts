import {
  type Board,
  type BoardDescription,
  BoardError,
  type BoardErrorCode,
  crc16,
  decodeTrace,
  encodeProgram,
  estimateTicks,
  type Program,
  type RunOptions,
  type RunSignal,
  requestTypes,
  type Trace,
} from "@escapement/scenario";
import { type Clock, systemClock } from "./clock.js";
import { loadProgram, runLoaded } from "./conversation.js";
import { causedBy, lineErrors, secondsText } from "./line-errors.js";
import { outOfStepError } from "./link-errors.js";
import { createTransport } from "./resolve-port.js";
import { SerialSession } from "./session.js";
import type { RequestOptions, SessionOptions } from "./session-options.js";
import type { Transport } from "./transport.js";

/** Which board {@link openSerialBoard} opens. */
export type SerialBoardOptions = SessionOptions & {
  /** Ends the opening early. */
  readonly signal?: RunSignal;
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
        /** See `serialTransport`. */
        readonly dtr?: boolean;
      }
  );

/** A board behind a line. */
export interface SerialBoard extends Board {
  /** The conversation under it: its counters, its state, the firmware's version. */
  readonly session: SerialSession;
}

/**
 * A run may last this many times its estimate: the estimate is the board's own, and an emulated
 * board may be much slower than the one it plays.
 */
const slackFactor = 20;
const slackMs = 10_000;

/**
 * Opens a board: opens its line, shakes hands, reads its description.
 *
 * Rejects with a BoardError: `port-not-found`, `port-busy`, `port-failed`, `no-reply`,
 * `not-an-agent`, `link-unreliable`, `version-mismatch`, `malformed` or `aborted`. The line is
 * closed then.
 *
 * A run that fails with `disconnected` leaves the board usable: `reset()` opens the line again. A
 * board that goes silent fails the run after about three seconds (`timeouts.silenceMs`, or the
 * run's own `timeoutMs`).
 *
 * @example
 * ```ts
 * import { openSerialBoard } from "@escapement/board-serial";
 * import { program } from "@escapement/scenario";
 *
 * const board = await openSerialBoard({ path: "a0" });
 * const trace = await board.run(program(({ main }) => main.read()));
 * console.log(board.describe().name, trace.records);
 * await board.close();
 * ```
 */
export async function openSerialBoard(options: SerialBoardOptions): Promise<SerialBoard> {
  const transport =
    "transport" in options ? options.transport : await createTransport(options.path, options);
  const session = new SerialSession(transport, options);
  await session.open(options.signal);
  return new SessionBoard(session, options.clock ?? systemClock);
}

/** A board that restarts its USB is gone for some seconds. */
const RECOVERY_MS = 8_000;

class SessionBoard implements SerialBoard {
  readonly session: SerialSession;
  readonly #clock: Clock;
  readonly #description: BoardDescription;
  #isBusy = false;
  #isClosed = false;
  /** The agent may still run something, or hold another session: shake hands before the next request. */
  #isStale = false;

  constructor(session: SerialSession, clock: Clock) {
    this.session = session;
    this.#clock = clock;
    this.#description = session.agent.board;
  }

  /** As long as `reopen` tries, and the handshake after it. */
  readonly recoveryMs = RECOVERY_MS;

  describe(): BoardDescription {
    return this.#description;
  }

  run(program: Program, options: RunOptions = {}): Promise<Trace> {
    return this.#alone(async () => {
      if (options.signal?.aborted) {
        throw lineErrors.aborted({ line: this.session.line }, causedBy(options.signal.reason));
      }
      const bytes = this.#encode(program);
      await this.#refresh(options.signal);
      return this.#runEncoded(program, bytes, options);
    });
  }

  reset(): Promise<void> {
    return this.#alone(async () => {
      if (this.session.state === "lost") {
        await this.session.reopen();
        this.#isStale = false;
      }
      await this.#refresh(undefined);
      const ask = () => this.session.request(requestTypes.reset, new Uint8Array(0));
      try {
        await ask();
      } catch (error) {
        // A board that restarted by itself is what was asked for; meet it, and make sure.
        if (!(error instanceof BoardError) || error.code !== "board-reset") throw error;
        await this.session.handshake();
        await ask();
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.session.close();
  }

  async #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#isClosed) throw lineErrors.closed({ line: this.session.line });
    if (this.#isBusy) {
      throw lineErrors.boardBusy({ line: this.session.line });
    }
    this.#isBusy = true;
    try {
      return await work();
    } catch (error) {
      if (!leavesSession(error)) this.#isStale = true;
      throw error;
    } finally {
      this.#isBusy = false;
    }
  }

  async #refresh(signal: RunSignal | undefined): Promise<void> {
    if (!this.#isStale) return;
    await this.session.handshake(signal);
    this.#isStale = false;
  }

  /** Checks what can be checked before a byte is sent. */
  #encode(program: Program): Uint8Array {
    const bytes = encodeProgram(program);
    const { timers, maxProgramBytes = Number.POSITIVE_INFINITY, name } = this.#description;
    const where = `${name} on ${this.session.line}`;
    if (program.timers.length > timers) {
      throw lineErrors.moreTimers({ used: program.timers.length, board: where, timers });
    }
    if (bytes.length > maxProgramBytes) {
      throw lineErrors.moreBytes({ used: bytes.length, board: where, most: maxProgramBytes });
    }
    return bytes;
  }

  async #runEncoded(program: Program, bytes: Uint8Array, options: RunOptions): Promise<Trace> {
    const { frequencyHz } = this.#description;
    const estimateMs = (1000 * estimateTicks(program, this.#description)) / frequencyHz;
    const startedAt = this.#clock.now();
    const { runMs } = this.session.timeouts;
    // The figures are the board's own, which may be broken or hostile: the last word is the host's.
    if (!(estimateMs <= runMs)) {
      const [seconds, limit] = [secondsText(estimateMs, 0), secondsText(runMs, 0)];
      throw lineErrors.tooLong({ line: this.session.line, seconds, limit });
    }
    const limitMs = Math.min(runMs, slackMs + slackFactor * estimateMs);
    const requestOptions = (): RequestOptions => {
      const spentMs = this.#clock.now() - startedAt;
      if (spentMs >= limitMs) {
        throw lineErrors.overdue({ line: this.session.line, seconds: secondsText(spentMs) });
      }
      return {
        silenceMs: options.timeoutMs,
        limitMs: limitMs - spentMs,
        signal: options.signal,
      };
    };
    await loadProgram(this.session, bytes, requestOptions);
    const trace = await runLoaded(this.session, {
      programCrc: crc16(bytes),
      iterations: program.sweep?.count ?? 1,
      maxTraceBytes: this.#description.maxTraceBytes ?? Number.POSITIVE_INFINITY,
      options: requestOptions,
    });
    return this.#checked(program, this.#decoded(trace));
  }

  #decoded(trace: Uint8Array): Trace {
    try {
      return decodeTrace(trace, this.#description.reference);
    } catch (error) {
      if (!(error instanceof BoardError) || !this.session.isTroubled) throw error;
      throw outOfStepError(this.session.line, `gave what is no trace (${error.message})`, true);
    }
  }

  /**
   * Frames have a CRC and replies a number; this is for what those cannot show, such as a line
   * that delivered an old request late, so that an iteration ran twice or went missing.
   */
  #checked(program: Program, trace: Trace): Trace {
    const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
    const values = trace.records.flatMap((record) =>
      record.kind === "iteration" ? [record.value] : [],
    );
    if (values.length === count && values.every((value, index) => value === from + index * step)) {
      return trace;
    }
    throw lineErrors.wrongIterations({ line: this.session.line, found: values.length, count });
  }
}

/** Errors after which the agent is known to wait for the next request of this session. */
const replies: readonly BoardErrorCode[] = [
  "invalid-program",
  "program-too-large",
  "trace-too-large",
  "board-fault",
  "never-ends",
  "busy",
  "closed",
];

function leavesSession(error: unknown): boolean {
  return error instanceof BoardError && replies.includes(error.code);
}
