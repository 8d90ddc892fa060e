import { type Bug, issue } from "../bug.js";

/** Bugs around the callback: what is locked while it runs, and what it may do to the pass. */
export const callbackBugs: readonly Bug[] = [
  {
    name: "zephyr-40048",
    title: "the handler runs under the lock",
    system: "Zephyr, kernel/timeout.c, sys_clock_announce",
    happened:
      "The user's handler was called with the timeout lock held, and so with interrupts masked. Nothing else was served until it returned.",
    reference: issue("zephyrproject-rtos/zephyr", 40048, " (#40000)"),
    where: "hal",
    owner: "STOP-19",
    profile: "systick24",
  },
  {
    name: "fake-timers-522",
    title: "a timer that starts itself again is served for ever",
    system: "fake-timers, runAll with a timer of no delay; Bun's fake timers",
    happened:
      "A timer that a callback armed for now was served in the same pass, and armed itself again. The pass never ended.",
    reference: issue("sinonjs/fake-timers", 522, "; Bun 42728"),
    where: "hal",
    owner: "CALL-12",
    profile: "systick24",
  },
  {
    name: "fake-timers-throw",
    title: "a callback that throws ends the pass",
    system: "fake-timers, before it kept the first exception and continued",
    happened: "An exception left the loop that served the timers, and the rest were not served.",
    reference: { label: "fake-timers, firstException" },
    where: "hal",
    owner: "CALL-05",
    profile: "avr16",
  },
  {
    name: "micropython-irq-exception",
    title: "an exception disables the timer",
    system: "MicroPython, shared/runtime/mpirq.c, hard callbacks",
    happened:
      "After an uncaught exception in a hard callback the timer was disabled, and a periodic one did not come again.",
    reference: { label: "MicroPython, mp_irq_dispatch" },
    where: "hal",
    owner: "CALL-06",
    profile: "avr16",
  },
  {
    name: "fake-timers-recursion",
    title: "handlers of timers nest in each other",
    system: "fake-timers, a callback that advances the clock",
    happened: "Timers that came due during a callback ran inside it, one call deeper for each.",
    reference: { label: "fake-timers 15.5.0, clock.tick in a callback" },
    where: "hal",
    owner: "CALL-17",
    profile: "avr16",
  },
];
