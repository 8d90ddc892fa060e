import { parentPort, workerData } from "node:worker_threads";
import { type Timer, TimerHal } from "../../src/index.js";
import { HalTimer } from "../../src/timer.js";
import { acts, CAPACITY, cell, SharedChip, type SharedMemory } from "./shared-chip.js";

/** What a side is given. */
export interface SideData {
  readonly memory: SharedMemory;
  /** 1 has the timer's interrupt; 2 has not. */
  readonly me: 1 | 2;
  readonly seed: number;
  readonly iterations: number;
}

/** Numbers that follow from a seed (xorshift). */
function randomOf(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const { memory, me, seed, iterations } = workerData as SideData;
const chip = new SharedChip(memory, me);
const below = randomOf(seed * 2 + me);
const hal = new TimerHal(chip.port, { capacity: CAPACITY, state: () => chip.state });
chip.onInterrupt = hal.onInterrupt;
plantCallbacks();
parentPort?.postMessage("ready");
parentPort?.once("message", () => {
  if (me === 1) interruptSide();
  else threadSide();
  parentPort?.postMessage({ expiries: hal.stats().expiries, allocated: hal.stats().allocated });
});

/**
 * Callbacks are functions of one heap: what the other thread made cannot be called here. So each slot
 * has the same callback on both sides, which notes its entry and does what the shared cell says.
 */
function plantCallbacks(): void {
  const { engine } = hal;
  const made = Array.from({ length: CAPACITY }, (_, slot) => ({
    callback: () => {
      const isSoft = chip.level === 0;
      if (isSoft && Atomics.add(chip.words, cell.softRunning, 1) !== 0) chip.violation(5);
      chip.entered(slot);
      const self = Object.assign(new HalTimer(engine, slot, () => {}), {
        generation: chip.generation(slot),
      });
      const act = chip.get(cell.act);
      try {
        if (act === acts.restart) self.start();
        else if (act === acts.stop) self.stop();
        else if (act === acts.release) release(self);
      } catch {
        // It was released meanwhile, which is what the other side wanted to see.
      }
      for (let i = below(40); i > 0; i -= 1) chip.get(cell.time);
      chip.returned(slot);
      if (isSoft) Atomics.sub(chip.words, cell.softRunning, 1);
    },
  }));
  Object.assign(engine.registry, { timers: new Proxy(made, { set: () => true }) });
}

function slotOf(timer: Timer): number {
  return (timer as HalTimer).slot;
}

/** A timer of this side; whoever else holds its slot, or still runs in it, is a broken rule. */
function make(soft: boolean): Timer | undefined {
  let timer: Timer;
  try {
    timer = hal.timer({
      mode: "one-shot",
      periodTicks: 1 + below(12),
      dispatch: soft ? "soft" : "hard",
      callback: () => {},
    });
  } catch {
    return undefined;
  }
  const slot = slotOf(timer);
  if (!chip.claim(slot, timer.generation)) chip.violation(3);
  const { entered, returned } = chip.handlers(slot);
  if (entered !== returned) chip.violation(4);
  return timer;
}

/** Releases it, unless that was done; without a look at what happens to its handler. */
function release(timer: Timer): void {
  chip.give(slotOf(timer), timer.generation);
  timer.deinit();
}

/** The side with the interrupt: time goes on, and timers come and go here, too. */
function interruptSide(): void {
  while (chip.get(cell.over) === 0) {
    for (let i = below(8); i >= 0; i -= 1) chip.tick();
    if (below(8) === 0) {
      const timer = make(false);
      if (timer !== undefined) release(timer);
    }
    if (below(4) === 0) serve();
  }
}

function serve(): void {
  try {
    hal.service();
  } catch {
    // Neither side calls it in a soft callback.
    chip.violation(6);
  }
}

function threadSide(): void {
  let timer = make(false);
  for (let i = 0; i < iterations; i += 1) {
    if (i % 1000 === 0) parentPort?.postMessage("alive");
    const isSoft = below(3) === 0;
    chip.set(cell.act, below(4) === 0 ? 1 + below(3) : acts.nothing);
    timer ??= make(isSoft);
    if (timer !== undefined && !round(timer, isSoft)) {
      release(timer);
      timer = undefined;
    }
  }
  chip.set(cell.over, 1);
}

/** Waits for the handler of a released timer; whether that has returned then. */
function isStaleAfterWaiting(timer: Timer): boolean {
  try {
    if (timer.stopSync({ timeoutTicks: 2 ** 40 }) !== "fired") return false;
  } catch {
    // The handler ended before this look.
  }
  const { entered, returned } = chip.handlers(slotOf(timer));
  return entered === returned;
}

/** One arming and its stop; returns whether the timer is to be used again. */
function round(timer: Timer, isSoft: boolean): boolean {
  const act = chip.get(cell.act);
  try {
    return armAndStop(timer, isSoft, act);
  } catch {
    // Its own handler released it: then it ran, and is waited for all the same.
    if (act !== acts.release || !isStaleAfterWaiting(timer)) chip.violation(2);
    return false;
  }
}

function armAndStop(timer: Timer, isSoft: boolean, act: number): boolean {
  const slot = slotOf(timer);
  const before = chip.handlers(slot).entered;
  // Before the start: from then on its own handler may release it.
  const periodTicks = timer.periodTicks;
  timer.start();
  // Mostly at once; now and then just when it is due, and the interrupt is on its way.
  const waits = below(8) === 0;
  if (waits) chip.await(periodTicks + 1);
  for (let i = below(waits ? 400 : 60); i > 0; i -= 1) chip.get(cell.time);
  if (isSoft && below(2) === 0) serve();
  if (below(8) === 0) return false;
  const result = below(2) === 0 ? timer.stop() : timer.stopSync({ timeoutTicks: 2 ** 40 });
  if (result === "removed" && act !== acts.restart && chip.handlers(slot).entered !== before) {
    chip.violation(1);
  }
  const last = timer.stopSync({ timeoutTicks: 2 ** 40 });
  const { entered, returned } = chip.handlers(slot);
  if (last === "in-flight" || entered !== returned || timer.active) chip.violation(2);
  const ran = entered - before;
  if (act === acts.nothing && ran !== (result === "removed" ? 0 : 1)) chip.violation(1);
  return below(4) !== 0;
}
