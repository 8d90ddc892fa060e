import { type Bug, commit, issue } from "../bug.js";

/** Bugs of stopping a timer, and of the races between a stop and the expiry. */
export const stoppingBugs: readonly Bug[] = [
  {
    name: "chibios-reset",
    title: "a stop in its own callback does nothing",
    system: "ChibiOS, chvt.c, chVTResetI in the callback; RIOT, ztimer_periodic_stop",
    happened:
      "The timer is marked as not armed before its callback runs. A stop in the callback saw nothing to do, and the kernel put a continuous timer back afterwards.",
    reference: { label: "ChibiOS, os/rt/src/chvt.c" },
    where: "hal",
    owner: "STOP-05",
    profile: "avr16",
  },
  {
    name: "pico-750",
    title: "the shortest period cannot be stopped in its callback",
    system: "pico-sdk, pico_time, repeating timers of one microsecond",
    happened:
      "With a delay of 1 the next deadline had been reached when the callback returned, and the timer was served again without a check whether the callback had cancelled it.",
    reference: issue("raspberrypi/pico-sdk", 750, "; of the same kind as FreeRTOS-Kernel #303"),
    where: "hal",
    owner: "STOP-25",
    profile: "avr16",
  },
  {
    name: "pico-cancel-masked",
    title: "due, masked, cancelled, and still run",
    system: "pico-sdk at a1438dff, pico_time, the alarm pool's interrupt",
    happened:
      "The interrupt served an alarm that was due before it checked what had been cancelled. An alarm that came due with interrupts masked and was cancelled then returned true and ran.",
    reference: commit("raspberrypi/pico-sdk", "a1438dff"),
    where: "hal",
    owner: "STOP-08",
    profile: "avr16",
  },
  {
    name: "riot-525751c",
    title: "cancelling removes nothing",
    system: "RIOT, a periph timer whose timer_clear() had no effect",
    happened: "timer_clear() returned success and did nothing. The callback still came.",
    reference: commit("RIOT-OS/RIOT", "525751c33b"),
    where: "hal",
    owner: "STOP-01",
    profile: "avr16",
  },
  {
    name: "freertos-stop-queued",
    title: "success means that the stop was queued",
    system: "FreeRTOS, timers.c, xTimerStop",
    happened:
      "The result of a stop said only that the command had been queued. A caller that took the timer for removed was wrong when it had already run.",
    reference: { label: "FreeRTOS, timers.c" },
    where: "hal",
    owner: "STOP-06",
    profile: "avr16",
  },
  {
    name: "linux-before-shutdown",
    title: "a timer deleted for good is armed again",
    system: "Linux, timers and works that arm each other, before timer_shutdown_sync",
    happened:
      "Two parties that arm each other cannot be shut down by deleting one after the other: the second arms the first again. There was no way to say that a timer may never be armed again.",
    reference: { label: "Linux 6.2, timers: provide timer_shutdown[_sync]()" },
    where: "hal",
    owner: "STOP-17",
    profile: "avr16",
  },
];
