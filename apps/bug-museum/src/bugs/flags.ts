import { type Bug, commit, issue } from "../bug.js";

/** Bugs of the compare interrupt: its flag, and whether it is on. */
export const flagBugs: readonly Bug[] = [
  {
    name: "embassy-3758",
    title: "the flag is cleared at the end",
    system: "Embassy, embassy-rp, the timer interrupt",
    happened:
      "The interrupt's flag was cleared after the next alarm had been set. An alarm that matched in between lost its flag with the old one.",
    reference: issue("embassy-rs/embassy", 3758, " (13b205ece)"),
    where: "hal",
    owner: "ARM-27",
    profile: "stm32",
    c: {
      owner: "ARM-27",
      note: "The flag is cleared at the end of the interrupt: a match of the compare that was just set goes with it.",
    },
  },
  {
    name: "riot-18976",
    title: "cancelling leaves the flag latched",
    system: "RIOT, cpu/nrf5x_common, stm32 and atmega periph timers",
    happened:
      "timer_clear() disabled the channel's interrupt and left its flag latched. The next timer_set() enabled it, and the callback ran at once.",
    reference: issue("RIOT-OS/RIOT", 18976, "; #15330 on the sam3x"),
    where: "hal",
    owner: "STOP-09",
    profile: "stm32",
    c: {
      owner: "ARM-25",
      note: "Stopping the last timer disables the interrupt and leaves its flag set; the next arming does not clear it either, and the interrupt serves it as a match.",
    },
  },
  {
    name: "nuttx-b010356",
    title: "an empty queue leaves the interrupt on",
    system: "NuttX, sched/hrtimer",
    happened:
      "When the queue became empty the interrupt stayed enabled, and its handler returned early without acknowledging it. The interrupt came again for ever.",
    reference: commit("apache/nuttx", "b010356b269"),
    where: "hal",
    owner: "STOP-22",
    profile: "stm32",
  },
  {
    name: "nuttx-78dce81",
    title: "stuck after the queue was empty",
    system: "NuttX, sched/hrtimer",
    happened:
      "The hardware was switched off for an empty queue, and the software still took it to be on. The next timer was never served.",
    reference: commit("apache/nuttx", "78dce81c5a4"),
    where: "hal",
    owner: "ARM-25",
    profile: "avr16",
  },
];
