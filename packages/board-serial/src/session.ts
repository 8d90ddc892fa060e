import { BoardError, limits, type RunSignal, requestTypes } from "@escapement/scenario";
import { closeWithin, openWithin } from "./bounded-transport.js";
import { type Clock, delay, systemClock } from "./clock.js";
import { type AgentInfo, decodeDescription, withStatements } from "./description.js";
import { diagnoseDamage } from "./diagnose-damage.js";
import type { Exchange, Outcome } from "./exchange.js";
import { type Failure, failureError } from "./failure-error.js";
import { lineErrors, secondsText } from "./line-errors.js";
import { Link } from "./link.js";
import type { LinkCounters } from "./link-counters.js";
import { connectError } from "./link-errors.js";
import { freshPace, learnPace, quickReplyMs } from "./pace.js";
import {
  type LinePace,
  type RequestOptions,
  type SessionOptions,
  type SessionState,
  type SessionTimeouts,
  usualTimeouts,
} from "./session-options.js";
import type { Transport } from "./transport.js";

const longestWaitMs = 60_000;
const firstBackOffMs = 100;
const longestBackOffMs = 1000;
/** No agent has more to state: each statement is of its own member. */
const statementsMax = 255;

/**
 * The conversation with one agent, by docs/wire.md: handshake, numbered requests, repetitions
 * that never run anything twice. It outlives its port: after a loss, {@link SerialSession.reopen}
 * goes on with the same object.
 *
 * One request at a time. Uses no Node API, so that it works in a browser with a transport of its own.
 *
 * @example
 * ```ts
 * import { SerialSession, tcpTransport } from "@escapement/board-serial";
 *
 * const session = new SerialSession(tcpTransport({ host: "localhost", port: 4000 }));
 * await session.open();
 * console.log(session.agent.board.name, session.counters.framesGood);
 * await session.close();
 * ```
 */
export class SerialSession {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #timeouts: SessionTimeouts;
  readonly #link: Link;
  #state: SessionState = "closed";
  #lostReason = "";
  #closing = false;
  #agent: AgentInfo | undefined;
  #session: number;
  #sequence = 0;
  #keptSequence = 0;
  #pace = freshPace();

  /** Takes the transport for itself; opens nothing yet. */
  constructor(transport: Transport, options: SessionOptions = {}) {
    this.#transport = transport;
    this.#clock = options.clock ?? systemClock;
    this.#timeouts = { ...usualTimeouts, ...options.timeouts };
    this.#session = Math.floor((options.random ?? Math.random)() * 255);
    this.#link = new Link(transport, this.#clock, (reason) => this.#lose(reason));
  }

  /** Where it stands. */
  get state(): SessionState {
    return this.#state;
  }

  /** Names the line in messages. */
  get line(): string {
    return this.#transport.description;
  }

  /** What the line has seen since it was last opened. */
  get counters(): LinkCounters {
    return this.#link.counters;
  }

  /** @internal Whether anything was lost, damaged or late since the line was last opened. */
  get isTroubled(): boolean {
    return this.#link.isTroubled;
  }

  /** @internal What was learned of the line; the same object as long as it is open. */
  get pace(): Readonly<LinePace> {
    return this.#pace;
  }

  /** @internal The waits that hold here. */
  get timeouts(): SessionTimeouts {
    return this.#timeouts;
  }

  /** The agent, as the first handshake found it. Throws a BoardError `closed` before `open`. */
  get agent(): AgentInfo {
    if (this.#agent === undefined) throw lineErrors.closed({ line: this.line });
    return this.#agent;
  }

  /**
   * Opens the line and shakes hands.
   *
   * Rejects with `port-not-found`, `port-busy`, `port-failed`, `no-reply`, `not-an-agent`,
   * `link-unreliable`, `version-mismatch`, `malformed`, `invalid-description` or `aborted`; the line
   * is closed then.
   */
  async open(signal?: RunSignal): Promise<void> {
    if (this.#state === "ready") return;
    this.#closing = false;
    this.#state = "opening";
    this.#link.clear();
    this.#pace = freshPace();
    try {
      await this.#openTransport();
      await this.#shakeHands(signal);
    } catch (error) {
      await this.#closeTransport();
      this.#state = "closed";
      throw error;
    }
  }

  /**
   * Begins a session on the open line; one that was there before ends. Any program is forgotten.
   * Rejects as {@link SerialSession.open} does, but leaves the line open.
   */
  async handshake(signal?: RunSignal): Promise<void> {
    this.#mustBeReady();
    await this.#shakeHands(signal);
  }

  /**
   * Asks and waits for the reply's payload. Rejects with a BoardError: `disconnected` at once when
   * the line goes away, `timeout` or `link-unreliable` after the silence, `board-reset` when the
   * agent forgot the session, or what the agent's error frame means.
   */
  async request(
    type: number,
    payload: Uint8Array,
    options: RequestOptions = {},
  ): Promise<Uint8Array> {
    this.#mustBeReady();
    return this.#ask(this.#exchangeOf(type, payload, options));
  }

  #exchangeOf(type: number, payload: Uint8Array, options: RequestOptions): Exchange {
    return {
      type,
      session: this.#session,
      replySession: this.#session,
      sequence: this.#nextSequence(type),
      payload,
      attemptMs: this.#attemptMs(type),
      attemptMaxMs: this.#timeouts.replyMs,
      silenceMs: options.silenceMs ?? this.#timeouts.silenceMs,
      limitMs: options.limitMs ?? longestWaitMs,
      signal: options.signal,
    };
  }

  async #ask(exchange: Exchange): Promise<Uint8Array> {
    const { type } = exchange;
    const startedAt = this.#clock.now();
    const outcome = await this.#exchange(exchange);
    const waitedMs = this.#clock.now() - startedAt;
    if (outcome.kind === "reply") {
      learnPace(this.#pace, type, outcome.attempts, waitedMs);
      return outcome.payload;
    }
    throw this.#errorOf(outcome, exchange, waitedMs);
  }

  /**
   * Opens the line again after a loss, with growing pauses between the attempts, until it works or
   * `reopenMs` have passed; then rejects with the last attempt's error. Rejects at once where
   * another attempt cannot help: another board, another protocol, closed meanwhile.
   */
  async reopen(signal?: RunSignal): Promise<void> {
    const endsAt = this.#clock.now() + this.#timeouts.reopenMs;
    await this.#closeTransport();
    this.#state = "lost";
    this.#closing = false;
    for (let pauseMs = firstBackOffMs; ; pauseMs = Math.min(pauseMs * 2, longestBackOffMs)) {
      this.#link.clear();
      this.#pace = freshPace();
      try {
        await this.#openTransport();
        await this.#shakeHands(signal);
        return;
      } catch (error) {
        await this.#closeTransport();
        this.#state = this.#closing ? "closed" : "lost";
        if (this.#closing) throw lineErrors.closed({ line: this.line });
        if (!isWorthAnotherTry(error) || this.#clock.now() + pauseMs >= endsAt) throw error;
      }
      await delay(this.#clock, pauseMs);
      if (this.#closing) throw lineErrors.closed({ line: this.line });
    }
  }

  /** Closes the line; a request under way rejects with `closed`. Twice is fine. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#state = "closed";
    this.#link.stop();
    await this.#closeTransport();
  }

  async #shakeHands(signal: RunSignal | undefined): Promise<void> {
    if (this.#closing) throw lineErrors.closed({ line: this.line });
    // The next number, so that what a former session left on the line is not taken for this one's.
    const nonce = (this.#session % 255) + 1;
    const { connectMs, handshakeMs, helloMs } = this.#timeouts;
    const startedAt = this.#clock.now();
    const exchange: Exchange = {
      type: requestTypes.hello,
      session: 0,
      replySession: nonce,
      sequence: this.#nextSequence(requestTypes.hello),
      payload: Uint8Array.of(limits.protocol, limits.protocol, nonce),
      attemptMs: helloMs,
      attemptMaxMs: helloMs,
      silenceMs: connectMs,
      limitMs: handshakeMs,
      signal,
    };
    const outcome = await this.#exchange(exchange);
    this.#session = nonce;
    const waitedMs = this.#clock.now() - startedAt;
    if (outcome.kind === "silent") {
      const pattern = diagnoseDamage(this.#link.damage);
      throw connectError(this.line, outcome.heard, this.counters.firstBytes, connectMs, pattern);
    }
    if (outcome.kind === "overdue")
      throw lineErrors.occupied({ line: this.line, seconds: secondsText(waitedMs) });
    if (outcome.kind !== "reply") throw this.#errorOf(outcome, exchange, waitedMs);
    learnPace(this.#pace, exchange.type, outcome.attempts, waitedMs);
    const agent = decodeDescription(outcome.payload, this.line);
    this.#meet(agent.hasStatements ? await this.#askStatements(agent, signal) : agent);
    this.#state = "ready";
  }

  /** Asks for the agent's statements, one after another, until it has no more. */
  async #askStatements(agent: AgentInfo, signal: RunSignal | undefined): Promise<AgentInfo> {
    const replies: Uint8Array[] = [];
    for (;;) {
      const exchange = this.#exchangeOf(requestTypes.state, Uint8Array.of(replies.length), {
        signal,
      });
      const payload = await this.#ask(exchange);
      if (payload.length === 0) return withStatements(agent, replies);
      replies.push(payload);
      if (replies.length > statementsMax) throw lineErrors.endlessStatements({ line: this.line });
    }
  }

  #exchange(exchange: Exchange): Promise<Outcome> {
    if (this.#link.isBusy) {
      throw lineErrors.requestUnderWay({ line: this.line });
    }
    return this.#link.exchange(exchange);
  }

  /** How long a reply is awaited before the request is sent again: a step may take its time. */
  #attemptMs(type: number): number {
    const { replyMs } = this.#timeouts;
    if (type === requestTypes.step || !this.isTroubled) return replyMs;
    return quickReplyMs(this.#pace, replyMs);
  }

  #mustBeReady(): void {
    if (this.#state === "lost")
      throw lineErrors.lost({ line: this.line, reason: this.#lostReason });
    if (this.#state !== "ready") throw lineErrors.closed({ line: this.line });
  }

  #lose(reason: string): void {
    if (this.#state === "closed") return;
    this.#state = "lost";
    this.#lostReason = reason;
  }

  #meet(found: AgentInfo): void {
    const known = this.#agent;
    if (known === undefined) {
      this.#agent = found;
      return;
    }
    // A caller must be able to rely on the description for the session's life.
    if (JSON.stringify(known.board) === JSON.stringify(found.board)) return;
    throw lineErrors.otherBoard({ line: this.line, found: nameOf(found), known: nameOf(known) });
  }

  /**
   * The agent keeps the reply to the last request, and may keep it through any number of fetches:
   * that request's number must not come round again meanwhile.
   */
  #nextSequence(type: number): number {
    this.#sequence = (this.#sequence + 1) & 0xff;
    if (this.#sequence === this.#keptSequence) this.#sequence = (this.#sequence + 1) & 0xff;
    if (type !== requestTypes.fetch && type !== requestTypes.state)
      this.#keptSequence = this.#sequence;
    return this.#sequence;
  }

  #errorOf(outcome: Failure, exchange: Exchange, waitedMs: number): BoardError {
    if (outcome.kind === "lost") this.#lose(outcome.reason);
    const { damage, isTroubled } = this.#link;
    return failureError(outcome, { line: this.line, exchange, waitedMs, damage, isTroubled });
  }

  #openTransport(): Promise<void> {
    return openWithin(this.#transport, this.#clock, this.#timeouts.openMs);
  }

  #closeTransport(): Promise<void> {
    return closeWithin(this.#transport, this.#clock, this.#timeouts.openMs);
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof BoardError)) return false;
  return !["version-mismatch", "malformed", "invalid-description", "aborted", "closed"].includes(
    error.code,
  );
}

function nameOf({ board, firmwareVersion }: AgentInfo): string {
  return `${board.name} with firmware ${firmwareVersion}`;
}
