/**
 * A driver in C as the interpreter sees it: its table over the exports of an instance, its chip as what the
 * instance imports.
 *
 * C knows no closures: what a program has for an expiry is kept here under a number, the cookie, which C
 * hands back. All calls into C are made by `enter`, so that whoever runs the instance can end one that does
 * not return; an interrupt that lands inside such a call is a call into the same instance, as on a chip.
 */
import { FLAG_COMPARE, type SimChip } from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";
import {
  type DriverTimerSpec,
  type OpResult,
  type Refusal,
  resultOfCode,
  type TimerDriver,
} from "@escapement/scenario";
import type { WasmExports, WasmImports } from "../wasm/web-assembly.js";
import { chipImports, readCounter } from "./chip-imports.js";
import { type DriverFacts, textAt } from "./driver-facts.js";

/** Calls into C and returns the result; may throw what ends the run. */
export type Enter = <T>(call: () => T) => T;

/** What a driver does besides its calls. */
export interface DriverEvents {
  /** A line of its log. */
  readonly log?: (line: string) => void;
  /** One of its assertions does not hold; has to throw. */
  readonly failed: (condition: string, file: string | undefined, line: number) => never;
  /** What the program had for an expiry has run: C goes on. */
  readonly resumed?: () => void;
  /** A function of the table is about to be called. */
  readonly called?: () => void;
  /** Runs the handler of an interrupt; given by its name in the module. */
  readonly handles?: (handler: string, run: () => void) => void;
}

type Call = (...values: number[]) => number;

const overruns = { coalesce: 0, burst: 1, skip: 2 } as const;

/** One instance of a driver on one chip. */
export class DriverHost {
  readonly #chip: SimChip;
  readonly #port: TimerPort;
  readonly #events: DriverEvents;
  readonly #expiries = new Map<number, (scheduledTicks: number) => void>();
  #cookies = 0;
  #exports: WasmExports = {};
  #driver: TimerDriver<number> | undefined;

  /** Nothing runs yet; {@link DriverHost.attach} follows. */
  constructor(chip: SimChip, port: TimerPort, events: DriverEvents) {
    this.#chip = chip;
    this.#port = port;
    this.#events = events;
  }

  /** What the instance imports, without the hooks of its accesses. */
  get imports(): WasmImports {
    const { failed, log, resumed } = this.#events;
    const host = {
      expire: (cookie: number, scheduledTicks: number) => {
        this.#expiries.get(cookie)?.(scheduledTicks);
        resumed?.();
      },
      report: (error: number) => this.#driver?.onError?.(refusalOf(error)),
      log: (text: number) => log?.(textAt(this.#exports, text) ?? ""),
      failed: (condition: number, file: number, line: number) =>
        failed(textAt(this.#exports, condition) ?? "", textAt(this.#exports, file), line),
      read_counter: () => readCounter(this.#chip, this.#port),
      pend_compare: () => this.#chip.pend(FLAG_COMPARE),
    };
    return { env: chipImports(this.#chip, this.#port), escapement: host };
  }

  /** Connects the interrupts of an instance, boots its driver, and returns the table. */
  attach(exports: WasmExports, facts: DriverFacts, enter: Enter): TimerDriver<number> {
    this.#exports = exports;
    const { called, handles } = this.#events;
    const vector = (name: string): (() => void) => {
      const symbol = `__esc_glue_on_${name}`;
      const call = exports[symbol] as Call;
      const run = (): void => void enter(() => call());
      return handles === undefined ? run : () => handles(symbol, run);
    };
    const shared = this.#chip.shape.sharedVector;
    this.#chip.connect({
      overflow: vector(shared ? "interrupt" : "overflow"),
      compare: vector(shared ? "interrupt" : "compare"),
    });
    enter(exports.__esc_glue_boot as Call);
    const driver = this.#table(facts, (name) => {
      const call = exports[name] as Call | undefined;
      return (...values) => {
        called?.();
        return enter(() => call?.(...values) ?? 0);
      };
    });
    this.#driver = driver;
    return driver;
  }

  #table(facts: DriverFacts, callOf: (name: string) => Call): TimerDriver<number> {
    const glue = (name: string): Call => callOf(`__esc_glue_${name}`);
    const wasm = (name: string): Call => callOf(`__esc_wasm_${name}`);
    const { capacity, maxDelayTicks, periodic, generations, semantics } = facts;
    const [make, init, startAt] = [wasm("create"), wasm("init"), wasm("start_at")];
    const [start, stop, deinit] = [glue("start"), glue("stop"), glue("deinit")];
    const [active, deinitAll, now] = [glue("active"), glue("deinit_all"), wasm("now")];
    return {
      capacity,
      maxDelayTicks,
      periodic,
      generations,
      semantics,
      now: () => now(),
      create: (spec, onExpiry) => {
        this.#cookies += 1;
        this.#expiries.set(this.#cookies, onExpiry);
        return counted(make(this.#cookies, spec.periodTicks, flagsOf(spec)));
      },
      init: (timer, spec) => void resultOf(init(timer, spec.periodTicks, flagsOf(spec))),
      start: (timer) => resultOf(start(timer)),
      stop: (timer) => resultOf(stop(timer)),
      deinit: (timer) => void resultOf(deinit(timer)),
      active: (timer) => counted(active(timer)) !== 0,
      deinitAll: () => {
        resultOf(deinitAll());
        this.#expiries.clear();
      },
      ...this.#optional(facts, glue, wasm),
      ...(facts.members.has("startAt") && {
        startAt: (timer: number, reference: number, delta: number) =>
          resultOf(startAt(timer, reference, delta)),
      }),
    };
  }

  #optional(
    { members }: DriverFacts,
    glue: (name: string) => Call,
    wasm: (name: string) => Call,
  ): Partial<TimerDriver<number>> {
    const [stopSync, shutdown, setPeriod] = [
      wasm("stop_sync"),
      glue("shutdown"),
      wasm("set_period"),
    ];
    const [remaining, taken, service] = [wasm("remaining"), wasm("take_overruns"), wasm("service")];
    const [collect, count] = [wasm("collect"), wasm("count")];
    const all: Partial<TimerDriver<number>> = {
      stopSync: (timer, timeoutTicks) => resultOf(stopSync(timer, timeoutTicks)),
      shutdown: (timer) => resultOf(shutdown(timer)),
      setPeriod: (timer, periodTicks) => void resultOf(setPeriod(timer, periodTicks)),
      remaining: (timer) => counted(remaining(timer)),
      overruns: (timer) => counted(taken(timer)),
      service: () => counted(service()),
      collect: () => void resultOf(collect()),
      stats: () => ({ allocated: count(0), pending: count(1), retired: count(2) }),
    };
    return Object.fromEntries(Object.entries(all).filter(([name]) => members.has(name)));
  }
}

function flagsOf({ mode, dispatch, overrun, late, autoRelease }: DriverTimerSpec): number {
  return (
    (mode === "periodic" ? 1 : 0) |
    (dispatch === "soft" ? 2 : 0) |
    (overruns[overrun] << 2) |
    (late === "refuse" ? 16 : 0) |
    (autoRelease ? 32 : 0)
  );
}

/** A result as it is; the judge finds one that does not fit its call. */
function resultOf<Result extends OpResult>(code: number): Result {
  const result = resultOfCode(code);
  if (code < 0 || result === undefined) throw refusal(code);
  return result as Result;
}

function counted(count: number): number {
  if (count < 0) throw refusal(count);
  return count;
}

/** Thrown with the code of the refusal, as the interpreter expects it. */
function refusal(code: number): Error {
  return Object.assign(new Error(`the driver returned ${code}`), { code: refusalOf(code) });
}

/** Errors of C count down from -1 in the order of the refusals on the wire. */
function refusalOf(error: number): Refusal {
  const result = error < 0 ? resultOfCode(0x7f - error) : undefined;
  return (result ?? "driver-fault") as Refusal;
}
