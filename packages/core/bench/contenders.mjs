import { createClock } from "@sinonjs/fake-timers";
import { TimerHal as OwnHal } from "../dist/index.js";
import { makeBenchPort, step } from "./bench-port.mjs";
import { ObjectHeap } from "./object-heap.mjs";

/*
 * One contender, made for a list of delays: `set` arms timer i, `clear` takes it back, `fireAll`
 * lets time pass until all have fired, `hold` fires the earliest `count` times with each callback
 * arming its timer again. `onFire` gets the number of each timer that fires.
 */

/**
 * The HAL; `fresh` makes a new timer for each `set`, as setTimeout does, instead of starting one again.
 * `TimerHal` is the class of another build.
 */
export function escapement(delays, { fresh = false, onFire = () => {}, TimerHal = OwnHal } = {}) {
  const bench = makeBenchPort();
  const hal = new TimerHal(bench.port, { capacity: delays.length });
  const state = { holding: false };
  const numbers = new Map();
  const fired = (timer) => {
    if (state.holding) {
      timer.start();
    }
  };
  const callback = (i) =>
    onFire.length === 0
      ? fired
      : (timer) => {
          onFire(i);
          fired(timer);
        };
  const make = (i) =>
    hal.timer({ mode: "one-shot", periodTicks: delays[i], callback: callback(i) });
  const timers = fresh ? [] : delays.map((_, i) => make(i));
  return {
    numbers,
    set: fresh
      ? (i) => {
          const timer = make(i);
          timers[i] = timer;
          timer.start();
        }
      : (i) => timers[i].start(),
    clear: fresh ? (i) => timers[i].deinit() : (i) => timers[i].stop(),
    reset: () => {
      if (fresh) {
        hal.deinitAll();
      }
    },
    fireAll: () => {
      while (step(bench, hal)) {}
    },
    hold: (count) => {
      state.holding = true;
      const end = hal.stats().expiries + count;
      // The stats are looked at rarely: the object they make is not part of a fire.
      while (hal.stats().expiries < end) {
        for (let i = 0; i < 512; i += 1) {
          step(bench, hal);
        }
      }
      state.holding = false;
    },
  };
}

/** The fake clock that JavaScript test suites use. */
export function fakeTimers(delays, { onFire = () => {} } = {}) {
  const clock = createClock(0);
  const ids = [];
  const state = { holding: false };
  const callback = (i) => () => {
    onFire(i);
    if (state.holding) {
      ids[i] = clock.setTimeout(callbacks[i], delays[i]);
    }
  };
  const callbacks = delays.map((_, i) => callback(i));
  return {
    set: (i) => {
      ids[i] = clock.setTimeout(callbacks[i], delays[i]);
    },
    clear: (i) => clock.clearTimeout(ids[i]),
    reset: () => {},
    fireAll: () => clock.tick(2_000_000),
    hold: (count) => {
      state.holding = true;
      for (let i = 0; i < count; i += 1) {
        clock.next();
      }
      state.holding = false;
    },
  };
}

/** The plain heap. */
export function plainHeap(delays, { onFire = () => {} } = {}) {
  const heap = new ObjectHeap();
  const handles = [];
  const state = { holding: false };
  const callback = (i) => () => {
    onFire(i);
    if (state.holding) {
      handles[i] = heap.set(delays[i], callbacks[i]);
    }
  };
  const callbacks = delays.map((_, i) => callback(i));
  return {
    set: (i) => {
      handles[i] = heap.set(delays[i], callbacks[i]);
    },
    clear: (i) => heap.clear(handles[i]),
    reset: () => {},
    fireAll: () => {
      while (heap.next()) {}
    },
    hold: (count) => {
      state.holding = true;
      for (let i = 0; i < count; i += 1) {
        heap.next();
      }
      state.holding = false;
    },
  };
}
