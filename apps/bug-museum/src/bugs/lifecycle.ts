import { type Bug, issue } from "../bug.js";

/** Bugs of setting up, releasing, and what a timer reports of itself. */
export const lifecycleBugs: readonly Bug[] = [
  {
    name: "micropython-19162",
    title: "init of a running timer does not stop it",
    system: "MicroPython, ports/zephyr/machine_timer.c and ports/esp32, Timer.init()",
    happened:
      "Each init() initialised the kernel's timer, although it was running. The old entry stayed queued, and after 255 rounds the clock of the board was broken.",
    reference: issue("micropython/micropython", 19162, " (b3fb831906)"),
    where: "hal",
    owner: "LIFE-01",
    profile: "avr16",
  },
  {
    name: "micropython-1113",
    title: "a soft reset leaves timers running",
    system: "MicroPython, ports/stm32, pyb.Timer at a soft reset",
    happened:
      "The soft reset freed the timers' memory and did not stop them. Their callbacks still came.",
    reference: issue("micropython/micropython", 1113, ", #733, #735"),
    where: "hal",
    owner: "REG-10",
    profile: "avr16",
  },
  {
    name: "freertos-305",
    title: "a one-shot that was late stays active",
    system: "FreeRTOS, timers.c, prvProcessReceivedCommands",
    happened:
      "A one-shot whose time had passed before its start was processed ran its callback at once. It was still active afterwards.",
    reference: issue("FreeRTOS/FreeRTOS-Kernel", 305),
    where: "hal",
    owner: "CALL-12",
    profile: "systick24",
  },
  {
    name: "freertos-10-2-0",
    title: "active is whether it is in a list",
    system: "FreeRTOS before V10.2.0, xTimerIsTimerActive",
    happened:
      "A timer was active when it was in one of the lists. While it was moved from one to the other, or its callback ran, it was in none.",
    reference: { label: "FreeRTOS History.txt, V10.2.0" },
    where: "hal",
    owner: "CALL-15",
    profile: "avr16",
  },
];
