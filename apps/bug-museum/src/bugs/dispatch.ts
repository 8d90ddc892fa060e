import { commit, type HalBug } from "../bug.js";

/** Bugs of the pass that serves what is due in the timer interrupt. */
export const dispatchBugs: readonly HalBug[] = [
  {
    name: "tock-536efff",
    title: "one reading of the clock for the whole pass",
    where: "Tock, capsules/core, virtualizers/virtual_alarm.rs",
    happened:
      "The time was read once and every alarm was held against it. An alarm set in a callback lay after that reading, outside its own range, and fired at once.",
    reference: commit("tock/tock", "536efffb7", ", 57fa48dfe"),
    part: "hal",
    change: [
      {
        file: "dispatcher.ts",
        find: `    const newest = state.load(ARMINGS);
    for (let slot = queue.first(); slot >= 0; slot = queue.first()) {
      const cell = slotCell(slot);
      engine.clock.update();
      if (state.load(cell + DUE) > state.load(LAST_SEEN) || state.load(cell + LINK) > newest) {
        break;
      }`,
        replace: `    engine.clock.update();
    const now = state.load(LAST_SEEN);
    // Each alarm at most once in a pass, and expired outside [reference, reference + dt).
    let left = state.load(HIGH_WATER);
    for (let slot = queue.first(); slot >= 0 && left > 0; slot = queue.first()) {
      left -= 1;
      const cell = slotCell(slot);
      const reference = state.load(cell + ANCHOR) - 1;
      if (now >= reference && now < state.load(cell + DUE)) {
        break;
      }`,
      },
      { file: "dispatcher.ts", find: "  ARMINGS,\n", replace: "  ANCHOR,\n" },
      { file: "dispatcher.ts", find: "  LINK,\n", replace: "" },
      { file: "dispatcher.ts", find: "  HARD_LANE,\n", replace: "  HARD_LANE,\n  HIGH_WATER,\n" },
      {
        file: "dispatcher.ts",
        find: `    // The time was updated when the last look at the queue found nothing due.
    engine.alarm.program();`,
        replace: `    engine.clock.update();
    engine.alarm.program();`,
      },
    ],
    owner: "ARM-18",
    profile: "avr16",
    firmware: "tock-536efff",
  },
  {
    name: "tock-quick-alarms",
    title: "what comes due during a handler is skipped",
    where: "Tock, capsules/core, virtualizers/virtual_alarm.rs",
    happened:
      "An alarm that came due while another's callback ran was too late for this pass, and the hardware was set to its moment, which had passed. It was skipped until the counter came round.",
    reference: { label: "Tock, test_quick_alarms_not_skipped" },
    part: "hal",
    change: [
      {
        file: "dispatcher.ts",
        find: "    const newest = state.load(ARMINGS);",
        replace: `    const newest = state.load(ARMINGS);
    engine.clock.update();
    const now = state.load(LAST_SEEN);`,
      },
      {
        file: "dispatcher.ts",
        find: "      if (state.load(cell + DUE) > state.load(LAST_SEEN) || state.load(cell + LINK) > newest) {",
        replace: "      if (state.load(cell + DUE) > now || state.load(cell + LINK) > newest) {",
      },
      {
        file: "alarm.ts",
        find: `      if (aim < now + ahead) {
        aim = now + ahead;
      } else if (aim`,
        replace: "      if (aim",
      },
    ],
    owner: "CALL-19",
    profile: "avr16",
  },
  {
    name: "nuttx-50f801d",
    title: "the queue is walked with a saved next",
    where: "NuttX, sched/wdog, wd_timer",
    happened:
      "The next timer was remembered before the callback ran. A callback that cancelled it did not keep it from being served.",
    reference: commit("apache/nuttx", "50f801dfaa2", ", ebf7f5f748c"),
    part: "hal",
    change: [
      {
        file: "dispatcher.ts",
        find: "    for (let slot = queue.first(); slot >= 0; slot = queue.first()) {\n      const cell = slotCell(slot);\n      engine.clock.update();\n      if",
        replace:
          "    let next = -1;\n    for (let slot = queue.first(); slot >= 0; slot = next) {\n      const cell = slotCell(slot);\n      engine.clock.update();\n      if",
      },
      {
        file: "dispatcher.ts",
        find: `      queue.remove(slot);
      const word = state.load(cell + WORD) - PENDING;`,
        replace: `      const flags = state.load(cell + WORD);
      if ((flags & PENDING) !== 0) {
        queue.remove(slot);
      }
      next = queue.first();
      const word = flags - (flags & PENDING);`,
      },
    ],
    owner: "STOP-12",
    profile: "avr16",
    firmware: "nuttx-50f801d",
  },
  {
    name: "micropython-soft-timer",
    title: "the pass works on a copy of the heap",
    where: "MicroPython, shared/runtime/softtimer.c, soft_timer_handler",
    happened:
      "The handler pops from a local copy of the heap's root and stores it at its end. What a hard callback does to the heap meanwhile, a deinit or an init, is overwritten.",
    reference: { label: "MicroPython v1.28, shared/runtime/softtimer.c" },
    part: "hal",
    change: [
      {
        file: "dispatcher.ts",
        find: "      engine.run(HARD_LANE, slot, was);",
        replace: `      const heap = engine.queue.copy();
      engine.run(HARD_LANE, slot, was);
      engine.queue.putBack(heap);`,
      },
      {
        file: "deadline-queue.ts",
        find: `  remove(slot: number): void;
}`,
        replace: `  remove(slot: number): void;
  /** The slots in it, in the order of the heap. */
  copy(): readonly number[];
  /** Makes it what it was when it was copied. */
  putBack(heap: readonly number[]): void;
}`,
      },
      {
        file: "heap-queue.ts",
        find: "  private move(from: number, to: number): void {",
        replace: `  /** The slots in it, in the order of the heap. */
  copy(): readonly number[] {
    return Array.from({ length: this.size }, (_, place) => this.state.load(this.base + 2 * place + 1));
  }

  /** Makes it what it was when it was copied: a timer is pending that is in it, and no other. */
  putBack(heap: readonly number[]): void {
    const { state } = this;
    for (let slot = 0; slot < state.load(HIGH_WATER); slot += 1) {
      const word = state.load(slotCell(slot) + WORD);
      state.store(slotCell(slot) + WORD, word - (word & PENDING));
    }
    state.store(PENDING_COUNT, heap.length);
    for (const [place, slot] of heap.entries()) {
      const cell = slotCell(slot);
      state.store(cell + WORD, state.load(cell + WORD) + PENDING);
      state.store(this.base + 2 * place, state.load(cell + DUE));
      state.store(this.base + 2 * place + 1, slot);
      state.store(this.places + slot, place);
    }
  }

  private move(from: number, to: number): void {`,
      },
      {
        file: "heap-queue.ts",
        find: 'import { ARMINGS, DUE, LINK, PENDING_COUNT, placeCell, queueCell, slotCell } from "./layout.js";',
        replace: `import {
  ARMINGS,
  DUE,
  HIGH_WATER,
  LINK,
  PENDING,
  PENDING_COUNT,
  placeCell,
  queueCell,
  slotCell,
  WORD,
} from "./layout.js";`,
      },
    ],
    owner: "STOP-04",
    profile: "avr16",
    firmware: "micropython-soft-timer",
  },
  {
    name: "rp2040js-lifo",
    title: "equal moments in reverse",
    where: "rp2040js, SimulationClock",
    happened:
      "A new alarm was put before those of the same moment. Three that were set for one moment ran last to first.",
    reference: { label: "rp2040js, src/clock/simulation-clock.ts" },
    part: "hal",
    change: [
      {
        file: "heap-queue.ts",
        find: "this.orderOf(parentSlot) < this.orderOf(slot)",
        replace: "this.orderOf(parentSlot) > this.orderOf(slot)",
      },
      {
        file: "heap-queue.ts",
        find: "this.orderOf(slot) < this.orderOf(childSlot)",
        replace: "this.orderOf(slot) > this.orderOf(childSlot)",
      },
      {
        file: "heap-queue.ts",
        find: "return this.orderOf(slot) < this.orderOf(otherSlot);",
        replace: "return this.orderOf(slot) > this.orderOf(otherSlot);",
      },
    ],
    owner: "ARM-14",
    profile: "avr16",
    firmware: "rp2040js-lifo",
  },
  {
    name: "escapement-pending-wrap",
    title: "a wrap is read past, and left to its vector",
    where: "Escapement's own HAL, the update of the time in the pass",
    happened:
      "The pass re-aimed, and the compare was pending again before the overflow's vector got its turn. The wrap was added to each reading and never counted: the time lost whole laps, in silence.",
    reference: { label: "Escapement issue 8; Zephyr tests/kernel/timer, timer_starve" },
    part: "hal",
    change: [
      {
        file: "clock.ts",
        find: `      port.acknowledgeOverflow();
      state.store(WRAPS, state.load(WRAPS) + 1);
      counter = port.readCounter();
    }
    const now`,
        replace: `      counter = this.lapTicks + port.readCounter();
    }
    const now`,
      },
      {
        file: "clock.ts",
        find: "    if (port.autoClear === true) {",
        replace: `    const isPending = port.overflowPending();
    if (isPending) {
      port.acknowledgeOverflow();
    }
    if (isPending || port.autoClear === true) {`,
      },
      {
        file: "timer-hal.ts",
        find: `        engine.clock.update();
        engine.restore(was);`,
        replace: `        engine.clock.countWrap();
        engine.restore(was);`,
      },
    ],
    owner: "READ-21",
    profile: "avr16",
    firmware: "escapement-pending-wrap",
  },
  {
    name: "escapement-overdue-first",
    title: "the oldest deadline always goes first",
    where: "Escapement's own HAL in C, the deadline queue",
    happened:
      "Timers were served by deadline, however long that had passed. One that was always due was always the first, and its siblings did not come while it lasted.",
    reference: { label: "Escapement issue 8" },
    part: "hal",
    change: [
      {
        file: "engine.ts",
        find: `    const now = state.load(LAST_SEEN);
    state.store(cell + DUE, Math.max(deadline, now));`,
        replace: "    state.store(cell + DUE, deadline);",
      },
    ],
    owner: "ARM-31",
    profile: "avr16",
    firmware: "escapement-overdue-first",
  },
];
