import type { SimProfileName } from "@escapement/board-sim";
import type { LawId } from "@escapement/conformance";
import type { BugFacts, PortChange } from "../bug.js";

/** A board with one bug, in the second HAL or in a port under the shipped one. */
export type BrokenBoard = Pick<BugFacts, "name" | "reference" | "where" | "owner" | "profile"> &
  (
    | { readonly where: "hal"; readonly switch: Switch }
    | { readonly where: "port"; readonly change: PortChange }
  );

function inHal<Name extends string>(
  name: Name,
  owner: LawId,
  label: string,
  profile: SimProfileName = "avr16",
) {
  return { name, switch: name, where: "hal" as const, owner, profile, reference: { label } };
}

function inPort(
  name: string,
  owner: LawId,
  label: string,
  change: PortChange,
  profile: SimProfileName = "avr16",
): BrokenBoard {
  return { name, change, where: "port", owner, profile, reference: { label } };
}

const switched = [
  inHal(
    "high-word-unmasked",
    "READ-01",
    "Ganssle's Read_timer on the RTEMS 68302; RIOT xtimer 7114",
  ),
  inHal("wrap-pending-ignored", "READ-02", "Ganssle: masking alone leaves the wrap pending"),
  inHal("wrap-counted-when-small-only", "READ-11", "ArduinoCore-avr 232"),
  inHal("late-compare-unnoticed", "ARM-16", "Pico 1953 (71 minutes); NuttX 20173; Embassy 6528"),
  inHal("reference-added-twice", "ARM-05", "Tock d63f97706"),
  inHal("late-runs-in-caller", "ARM-20", "Pico 1555; first version of Zephyr 15510"),
  inHal("refuse-ignored", "ARM-07", "Zephyr counter drivers, test_late_alarm_error"),
  inHal("delay-cut-to-counter", "ARM-09", "16-bit ports before RIOT set16"),
  inHal("earlier-head-not-programmed", "ARM-12", "rtic-time before 1.1.0"),
  inHal("equal-deadlines-reversed", "ARM-14", "rp2040js SimulationClock"),
  inHal("cached-now-for-the-pass", "ARM-18", "Tock 536efffb7, 57fa48dfe"),
  inHal("start-without-partial-tick", "ARM-02", "rtic-time and rtic-monotonics soundness fix"),
  inHal("longest-delay-overflows", "ARM-22", "NuttX de0aead39f3"),
  inHal("remaining-wraps-when-overdue", "ARM-24", "Tock time_remaining; ChibiOS bdc05d4041"),
  inHal("stop-only-masks", "STOP-01", "RIOT 18976 (nrf, stm32, atmega); sam3x 15330"),
  inHal("own-stop-undone-by-requeue", "STOP-04", "ChibiOS chVTResetI; RIOT ztimer_periodic_stop"),
  inHal("due-beats-stop", "STOP-08", "pico-sdk cancel with interrupts masked"),
  inHal("stop-always-removed", "STOP-06", "FreeRTOS: success means queued"),
  inHal("queued-soft-runs-after-stop", "STOP-13", "MicroPython schedule after deinit()"),
  inHal("shutdown-forgotten", "STOP-17", "why Linux has timer_shutdown_sync"),
  inHal("start-links-twice", "LIFE-11", "Zephyr 63491; NuttX 9116ed92478"),
  inHal(
    "periodic-rearmed-from-now",
    "PER-02",
    "pico-sdk positive delay where a fixed rate was expected",
  ),
  inHal("overrun-uncounted", "PER-04", "MicroPython_ESP32_psRAM_LoBo 261"),
  inHal("burst-loses-periods", "PER-05", "RIOT periodic underflow branch"),
  inHal(
    "fired-one-shots-leak",
    "REG-01",
    "MicroPython 18733, first version: stop in the ISR, unlink never",
  ),
  inHal("slot-freed-in-interrupt", "REG-06", "MicroPython 18728: the ISR unlinks"),
  inHal("no-generations", "REG-05", "fake-timers 549; Flipper 3431"),
  inHal("soft-queue-of-four", "CALL-04", "MicroPython mpirq: a full queue drops in silence"),
  inHal("throw-stops-the-pass", "CALL-05", "fake-timers before it collected errors"),
  inHal("one-shot-stays-active", "CALL-15", "FreeRTOS-Kernel 305"),
  inHal("init-keeps-running", "LIFE-01", "MicroPython 19162: k_timer_init of a running timer"),
  inHal("free-leaves-it-queued", "LIFE-08", "esp-idf 2342; Flipper 3431; Zephyr 113143"),
  inHal(
    "wrap-left-to-its-vector",
    "READ-21",
    "Escapement issue 8: handlers back to back, and the overflow's vector never had its turn",
  ),
  inHal("late-arming-overtakes", "ARM-32", "Escapement issue 8: an overdue arming went first in C"),
  inHal("backlog-goes-first", "ARM-31", "Escapement issue 8: a burst starved its siblings in C"),
  inHal(
    "second-stop-leaks",
    "STOP-28",
    "MicroPython 18733, first version: what a stop puts aside is never taken back",
  ),
  inHal("second-stop-in-interrupt-leaks", "STOP-29", "MicroPython 18733, first version"),
  inHal("due-periodic-skips-one", "STOP-30", "fake-timers 585: a sibling due at the same tick"),
  inHal("stop-drops-the-next-too", "STOP-31", "RIOT 45942f6: a removal that lost the next timer"),
  inHal("stale-getters-result", "REG-13", "Escapement issue 8: getters of a stale handle"),
  inHal("soft-period-ends-when-served", "PER-20", "Escapement issue 8: no law served twice"),
  inHal("start-clears-overruns", "PER-21", "Escapement issue 8: the two HALs did it differently"),
  inHal("pass-runs-new-arrivals", "PER-22", "fake-timers before loopLimit; Escapement issue 8"),
  inHal("new-period-drops-waiting", "PER-23", "Escapement issue 8: no rule decided it"),
  inHal("interrupt-may-make", "CALL-21", "MicroPython 18728: the interrupt walks the registry"),
  inHal("soft-holds-hard", "CALL-22", "Escapement issue 8: no law had the two side by side"),
  inHal(
    "restart-leaves-queue-entry",
    "CALL-23",
    "MicroPython mpirq: a full queue drops in silence",
  ),
  inHal("period-after-shutdown", "STOP-17", "Escapement issue 8: setPeriod after shutdown in C"),
  inHal("active-after-init", "CALL-09", "Escapement issue 8: no rule decided it"),
  inHal("fired-returned-once", "STOP-03", "Pico: a second cancel finds the slot given up"),
  inHal(
    "own-soft-stop-returns-idle",
    "STOP-05",
    "FreeRTOS V10.2.0: in its callback a timer is in no list",
  ),
  inHal("own-soft-stop-undone", "STOP-04", "RIOT ztimer_periodic: armed again after the callback"),
  inHal("release-leaves-soft-waiting", "LIFE-08", "MicroPython esp32 265: run after deinit"),
  inHal("stop-mark-stays", "CALL-15", "FreeRTOS V10.2.0: active by a stale status bit"),
  inHal("coalesce-gives-the-newest", "PER-04", "ESP-IDF skip_unhandled_events, under coalesce"),
  inHal(
    "overruns-of-the-last-block-only",
    "PER-21",
    "Linux check_overrun: a second miss writes over the first",
  ),
  inHal("late-reported-after-arming", "ARM-02", "Pico 1953: a new look at the time after arming"),
  inHal("period-counts-from-reference", "PER-06", "ESP-IDF restart; no rule decided it"),
  inHal("idle-shutdown-forgotten", "STOP-17", "Linux: a timer that never ran is shut down, too"),
  inHal("refusal-leaves-mask", "STOP-17", "an early return between save and restore"),
  inHal(
    "start-over-an-interrupts-links-twice",
    "STOP-32",
    "MicroPython rp2 Timer.init: the alarm of an interrupt is written over and never cancelled",
  ),
  inHal(
    "ninth-due-is-dropped",
    "CALL-26",
    "MicroPython schedule: eight places, others are dropped",
  ),
  inHal("release-leaves-due", "LIFE-14", "MicroPython: a queued callback runs after deinit()"),
  inHal(
    "service-drains-nothing",
    "REG-07",
    "MicroPython 18733: the collecting call that nobody makes",
  ),
];

/** A bug that the second HAL can be given. */
export type Switch = (typeof switched)[number]["switch"];

/** Every broken board; the suite rejects each by the law that owns its bug. */
export const brokenBoards: readonly BrokenBoard[] = [
  ...switched,
  {
    ...inHal("pass-runs-new-arrivals", "CALL-13", "fake-timers before loopLimit"),
    name: "pass-runs-new-arrivals, by a restart",
  },
  inPort("restore always enables", "READ-05", "MicroPython samd ed86fdbdf6", (port) => ({
    ...port,
    restore: () => port.restore(0),
  })),
  inPort(
    "wrap pending ignored in the port",
    "READ-02",
    "AVR ports that never look at TOV",
    (port) => ({
      ...port,
      overflowPending: () => false,
    }),
  ),
  inPort(
    "compare said to have matched",
    "ARM-06",
    "pico-sdk 1953: no recheck after programming",
    (port) => ({
      ...port,
      comparePending: () => true,
    }),
  ),
  inPort("masking does nothing", "READ-04", "MicroPython 18728: no exclusion at all", (port) => ({
    ...port,
    saveAndMask: () => 0,
    restore: () => {},
  })),
  inPort(
    "least delta understated",
    "ARM-27",
    "Tock d6e46d705 on SAM4L; nRF RTC",
    (port) => ({ ...port, minDeltaTicks: 1 }),
    "rtc24",
  ),
  inPort(
    "counter frequency off by a prescaler step",
    "READ-10",
    "MicroPython stm32 8596dfc033",
    (port) => ({
      ...port,
      readCounter: () => port.readCounter() >>> 1,
    }),
  ),
];
