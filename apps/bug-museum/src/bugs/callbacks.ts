import { type HalBug, issue } from "../bug.js";

/** Bugs around the callback: what is held while it runs, and what it may do to the pass. */
export const callbackBugs: readonly HalBug[] = [
  {
    name: "zephyr-40048",
    title: "the handler runs under the lock",
    where: "Zephyr, kernel/timeout.c, sys_clock_announce",
    happened:
      "The user's handler was called with the timeout lock held, and so with interrupts masked. Nothing else was served until it returned.",
    reference: issue("zephyrproject-rtos/zephyr", 40048, " (#40000)"),
    part: "hal",
    change: [
      {
        file: "engine.ts",
        find: `    this.port.restore(was);
    try {`,
        replace: `    if (lane !== HARD_LANE) {
      this.port.restore(was);
    }
    try {`,
      },
    ],
    owner: "STOP-19",
    profile: "systick24",
  },
  {
    name: "fake-timers-522",
    title: "a timer that starts itself again is served for ever",
    where: "fake-timers, runAll with a timer of no delay; Bun's fake timers",
    happened:
      "What a callback armed for now was served in the same pass, and armed itself again. The pass never ended.",
    reference: issue("sinonjs/fake-timers", 522, "; Bun 42728"),
    part: "hal",
    change: [
      {
        file: "dispatcher.ts",
        find: "      if (state.load(cell + DUE) > state.load(LAST_SEEN) || state.load(cell + LINK) > newest) {",
        replace: "      if (state.load(cell + DUE) > state.load(LAST_SEEN)) {",
      },
      { file: "dispatcher.ts", find: "    const newest = state.load(ARMINGS);\n", replace: "" },
      { file: "dispatcher.ts", find: "  ARMINGS,\n", replace: "" },
      { file: "dispatcher.ts", find: "  LINK,\n", replace: "" },
    ],
    owner: "CALL-12",
    profile: "systick24",
  },
  {
    name: "fake-timers-throw",
    title: "a callback that throws ends the pass",
    where: "fake-timers, before it kept the first exception and went on",
    happened:
      "An exception left the loop that served the timers, and those behind it were not served.",
    reference: { label: "fake-timers, firstException" },
    part: "hal",
    change: [
      {
        file: "engine.ts",
        find: `    try {
      if (timer !== undefined) {
        callback?.(timer);
      }
    } catch (cause) {
      this.reporter.callbackThrew(slot, cause);
    }`,
        replace: `    if (timer !== undefined) {
      callback?.(timer);
    }`,
      },
    ],
    owner: "CALL-05",
    profile: "avr16",
  },
  {
    name: "micropython-irq-exception",
    title: "an exception disables the timer",
    where: "MicroPython, shared/runtime/mpirq.c, hard callbacks",
    happened:
      "After an uncaught exception in a hard callback the timer was disabled, and a periodic one did not come again.",
    reference: { label: "MicroPython, mp_irq_dispatch" },
    part: "hal",
    change: [
      {
        file: "engine.ts",
        find: "      this.reporter.callbackThrew(slot, cause);",
        replace: `      this.reporter.callbackThrew(slot, cause);
      const was = this.port.saveAndMask();
      this.stop(slot);
      this.port.restore(was);`,
      },
    ],
    owner: "CALL-06",
    profile: "avr16",
  },
  {
    name: "fake-timers-recursion",
    title: "handlers of timers nest in each other",
    where: "fake-timers, a callback that advances the clock",
    happened:
      "A callback during which time passed ran what came due inside itself, one level deeper for each.",
    reference: { label: "fake-timers 15.5.0, clock.tick in a callback" },
    part: "hal",
    change: [
      {
        file: "dispatcher.ts",
        find: `    if (state.load(DISPATCHING) !== 0) {
      port.restore(was);
      return;
    }
    state.store(DISPATCHING, 1);`,
        replace: "    state.store(DISPATCHING, 1);",
      },
      {
        file: "dispatcher.ts",
        find: "      engine.run(HARD_LANE, slot, was);",
        replace: `      engine.alarm.program();
      engine.run(HARD_LANE, slot, 0);`,
      },
    ],
    owner: "CALL-17",
    profile: "avr16",
  },
];
