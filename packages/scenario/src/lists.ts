import type { Op, Operand } from "./program.js";

/** A timer of the program under construction. */
export interface TimerRef {
  /** Its place in the program's list, which is its number in the trace. */
  readonly index: number;
  /** What its handler runs; add to it by calling its methods. */
  readonly handler: HandlerList;
}

/** A list of the second interrupt in the program under construction. */
export interface InterruptRef {
  /** Its place in the program's list, which is its number in the trace. */
  readonly index: number;
  /** What the interrupt runs; add to it by calling its methods. */
  readonly handler: OpList;
}

/** From where `startAt` starts a timer. */
export interface StartAtOptions {
  /** The register whose captured time is the reference; default 0. */
  readonly register?: number;
  /** Ticks taken off the register; default 0. */
  readonly back?: Operand;
  /** Ticks from the reference to the expiry. */
  readonly delta: Operand;
}

/**
 * A list of operations under construction. Each method adds one operation and returns the list, so
 * that calls chain; what an operation does is described at {@link Op}.
 */
export class OpList {
  /** The operations so far. */
  readonly ops: Op[] = [];

  /** Adds an operation as it is. */
  add(op: Op): this {
    this.ops.push(op);
    return this;
  }

  /** Sets the timer up again from its spec. */
  init(timer: TimerRef): this {
    return this.add({ op: "init", timer: timer.index });
  }

  /** Starts it one period from now. */
  start(timer: TimerRef): this {
    return this.add({ op: "start", timer: timer.index });
  }

  /** Starts it at (register − back) + delta. */
  startAt(timer: TimerRef, { register = 0, back = 0, delta }: StartAtOptions): this {
    return this.add({ op: "startAt", timer: timer.index, register, back, delta });
  }

  /** Stops it. */
  stop(timer: TimerRef): this {
    return this.add({ op: "stop", timer: timer.index });
  }

  /** Stops it and waits for a handler in flight, at most `timeout` ticks. */
  stopSync(timer: TimerRef, timeout: Operand): this {
    return this.add({ op: "stopSync", timer: timer.index, timeout });
  }

  /** Stops it permanently. */
  shutdown(timer: TimerRef): this {
    return this.add({ op: "shutdown", timer: timer.index });
  }

  /** Releases it. */
  deinit(timer: TimerRef): this {
    return this.add({ op: "deinit", timer: timer.index });
  }

  /** Changes its period, in ticks. */
  setPeriod(timer: TimerRef, period: Operand): this {
    return this.add({ op: "setPeriod", timer: timer.index, period });
  }

  /** Asks for the ticks until it expires. */
  remaining(timer: TimerRef): this {
    return this.add({ op: "remaining", timer: timer.index });
  }

  /** Asks whether it is active. */
  pending(timer: TimerRef): this {
    return this.add({ op: "pending", timer: timer.index });
  }

  /** Asks for its overrun count, which clears it. */
  overruns(timer: TimerRef): this {
    return this.add({ op: "overruns", timer: timer.index });
  }

  /** Asks how often its handler was entered in this iteration. */
  count(timer: TimerRef): this {
    return this.add({ op: "count", timer: timer.index });
  }

  /** Makes and starts an anonymous one-shot with this timer's spec and handler. */
  spawn(timer: TimerRef): this {
    return this.add({ op: "spawn", timer: timer.index });
  }

  /** Reads the time. */
  read(): this {
    return this.add({ op: "read" });
  }

  /** Reads the time into a register, 0 to 3; default 0. */
  capture(register = 0): this {
    return this.add({ op: "capture", register });
  }

  /** Reads the time `count` times back to back and counts the steps backwards. */
  readMany(count: Operand): this {
    return this.add({ op: "readMany", count });
  }

  /** Saves the interrupt state and masks. */
  mask(): this {
    return this.add({ op: "mask" });
  }

  /** Restores the state that the last `mask` found. */
  restore(): this {
    return this.add({ op: "restore" });
  }

  /** Asks whether interrupts are enabled. */
  enabled(): this {
    return this.add({ op: "enabled" });
  }

  /** Burns at least this many ticks of processor time. */
  spin(ticks: Operand): this {
    return this.add({ op: "spin", ticks });
  }

  /** Requests the second interrupt in `delay` ticks. */
  interrupt(interrupt: InterruptRef, delay: Operand): this {
    return this.add({ op: "interrupt", interrupt: interrupt.index, delay });
  }

  /** Runs queued soft callbacks. */
  service(): this {
    return this.add({ op: "service" });
  }

  /** Gives retired slots back. */
  collect(): this {
    return this.add({ op: "collect" });
  }

  /** Releases every timer. */
  deinitAll(): this {
    return this.add({ op: "deinitAll" });
  }

  /** Records a time under a number, 0 to 255. */
  mark(id: number): this {
    return this.add({ op: "mark", id });
  }

  /** Records the registry's counts. */
  stats(): this {
    return this.add({ op: "stats" });
  }
}

/** What a timer's handler may run. */
export class HandlerList extends OpList {
  /** Goes on only at the handler's `count`-th entry in the iteration; 1 or more. */
  when(count: number): this {
    return this.add({ op: "when", count });
  }

  /** Makes the callback throw. */
  throw(): this {
    return this.add({ op: "throw" });
  }
}

/** What the thread may run, inside a repeat too. */
export class ThreadList extends OpList {
  /** Waits at least this many ticks, interrupts as they are. */
  sleep(ticks: Operand): this {
    return this.add({ op: "sleep", ticks });
  }

  /** Brings the counter forward to this value. */
  phase(counter: Operand): this {
    return this.add({ op: "phase", counter });
  }
}

/** The program's main list. */
export class MainList extends ThreadList {
  /** Runs a body `count` times; inside, only expiries, refusals and errors are recorded. */
  repeat(count: Operand, build: (body: ThreadList) => void): this {
    const body = new ThreadList();
    build(body);
    return this.add({ op: "repeat", count, body: body.ops });
  }
}
