import { type Bug, commit } from "../bug.js";

/** Bugs of the pass that serves what is due in the timer interrupt. */
export const dispatchBugs: readonly Bug[] = [
  {
    name: "tock-536efff",
    title: "one reading of the clock for the whole pass",
    system: "Tock, capsules/core, virtualizers/virtual_alarm.rs",
    happened:
      "The time was read once and every alarm compared with it. An alarm set in a callback began after that reading, so the reading was outside its range, and it fired at once.",
    reference: commit("tock/tock", "536efffb7", ", 57fa48dfe"),
    where: "hal",
    owner: "ARM-18",
    profile: "avr16",
    c: {
      owner: "ARM-18",
      note: "One reading of the clock serves the whole pass, and a timer armed after that reading counts as long expired.",
    },
  },
  {
    name: "tock-quick-alarms",
    title: "what comes due during a handler is skipped",
    system: "Tock, capsules/core, virtualizers/virtual_alarm.rs",
    happened:
      "An alarm that came due while another's callback ran was too late for this pass, and the hardware was set to its deadline, which had passed. It did not come until the counter had gone a lap.",
    reference: { label: "Tock, test_quick_alarms_not_skipped" },
    where: "hal",
    owner: "CALL-19",
    profile: "avr16",
  },
  {
    name: "nuttx-50f801d",
    title: "the pass continues with a saved next timer",
    system: "NuttX, sched/wdog, wd_timer",
    happened:
      "The next timer was read before the callback ran. A callback that cancelled it did not prevent that it was served.",
    reference: commit("apache/nuttx", "50f801dfaa2", ", ebf7f5f748c"),
    where: "hal",
    owner: "STOP-12",
    profile: "avr16",
    c: {
      owner: "STOP-12",
      note: "The next timer is noted before a handler runs, and run after it, though the handler may have stopped it.",
    },
  },
  {
    name: "micropython-soft-timer",
    title: "the pass works on a copy of the heap",
    system: "MicroPython, shared/runtime/softtimer.c, soft_timer_handler",
    happened:
      "The handler pops from a local copy of the heap's root and stores it at its end. What a hard callback does to the heap meanwhile, a deinit or an init, is overwritten.",
    reference: { label: "MicroPython v1.28, shared/runtime/softtimer.c" },
    where: "hal",
    owner: "STOP-04",
    profile: "avr16",
    c: {
      owner: "STOP-04",
      note: "The interrupt holds a copy of the queue's head and stores it back after a handler: a stop or a start that the handler made is lost.",
    },
  },
  {
    name: "rp2040js-lifo",
    title: "equal deadlines in reverse",
    system: "rp2040js, SimulationClock",
    happened:
      "A new alarm was inserted before those with the same deadline. Three with one deadline ran last to first.",
    reference: { label: "rp2040js, src/clock/simulation-clock.ts" },
    where: "hal",
    owner: "ARM-14",
    profile: "avr16",
    c: { owner: "ARM-14", note: "A timer is inserted before those with the same deadline." },
  },
  {
    name: "escapement-pending-wrap",
    title: "a pending wrap is left to its own interrupt",
    system: "Escapement's own HAL, the update of the time in the pass",
    happened:
      "The pass programmed the compare, which was pending again before the overflow's interrupt could run. The wrap was added to each reading and never counted: the time lost whole laps.",
    reference: { label: "Escapement issue 8; Zephyr tests/kernel/timer, timer_starve" },
    where: "hal",
    owner: "READ-21",
    profile: "avr16",
    c: {
      owner: "READ-21",
      note: "The HAL reads the time with a pending wrap and leaves the counting to the overflow's interrupt, which cannot run while handlers follow each other without a gap: whole laps are lost.",
    },
  },
  {
    name: "escapement-overdue-first",
    title: "the oldest deadline always goes first",
    system: "Escapement's own HAL in C, the deadline queue",
    happened:
      "Timers were served in the order of deadlines, however long those had passed. One that was always due was always first, and the others never came.",
    reference: { label: "Escapement issue 8" },
    where: "hal",
    owner: "ARM-31",
    profile: "avr16",
    c: {
      owner: "ARM-31",
      note: "Timers are served in the order of deadlines, however long those have passed: one that is always due is always first, and the others never come.",
    },
  },
];
