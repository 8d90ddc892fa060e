import { type Bug, issue } from "../bug.js";

/** Bugs of soft callbacks: the queue between the interrupt and the thread. */
export const softBugs: readonly Bug[] = [
  {
    name: "micropython-mpirq",
    title: "a full queue drops the callback without an error",
    system: "MicroPython, shared/runtime/mpirq.c, micropython.schedule",
    happened:
      "The queue of scheduled callbacks has four places. Others were dropped without an error.",
    reference: { label: "MicroPython v1.28, mpirq.c; PebbleOS 680" },
    where: "hal",
    owner: "CALL-04",
    profile: "avr16",
    c: {
      owner: "CALL-04",
      note: "Soft callbacks beyond the fourth are dropped without an error.",
    },
  },
  {
    name: "micropython-esp32-265",
    title: "a queued callback runs after the stop",
    system: "MicroPython, machine.Timer with soft callbacks, deinit()",
    happened:
      "deinit() stopped the timer, and a callback that had been scheduled stayed in the queue. It ran afterwards.",
    reference: issue("micropython/micropython-esp32", 265),
    where: "hal",
    owner: "STOP-13",
    profile: "avr16",
  },
  {
    name: "posix-rearm-pending",
    title: "a restart leaves the queued callback",
    system: "Linux, POSIX timers, timer_settime while the signal is pending",
    happened:
      "Arming a timer again did not remove the pending signal of its old setting. It was delivered after the new setting.",
    reference: { label: "Linux selftests, posix_timers, check_rearm" },
    where: "hal",
    owner: "CALL-20",
    profile: "avr16",
  },
  {
    name: "fake-timers-run-all",
    title: "the service continues for as long as there is work",
    system: "fake-timers, runAll before loopLimit",
    happened:
      "The loop ran until the queue was empty. With a callback that queued itself again it never ended.",
    reference: { label: "fake-timers, loopLimit" },
    where: "hal",
    owner: "CALL-13",
    profile: "avr16",
  },
  {
    name: "fake-timers-reentrant",
    title: "the service runs inside itself",
    system: "fake-timers, a callback that calls tick()",
    happened:
      "A callback could run the queued callbacks, and they ran inside it, one call deeper for each.",
    reference: { label: "fake-timers 15.5.0, clock.tick in a callback" },
    where: "hal",
    owner: "CALL-14",
    profile: "avr16",
  },
  {
    name: "micropython-7433",
    title: "a soft callback runs in the interrupt",
    system: "MicroPython, machine.Timer, hard= on ports that had no soft callbacks",
    happened:
      "The same script ran its callback in the interrupt on one port and in the thread on another. What was allowed in it depended on the board.",
    reference: issue("micropython/micropython", 7433),
    where: "hal",
    owner: "CALL-02",
    profile: "avr16",
  },
];
