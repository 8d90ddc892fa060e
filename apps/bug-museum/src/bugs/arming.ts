import { type Bug, commit, issue } from "../bug.js";

/** Bugs of starting a timer. */
export const armingBugs: readonly Bug[] = [
  {
    name: "rtic-partial-tick",
    title: "the partial tick counts as a whole one",
    system: "rtic-time and rtic-monotonics, delay()",
    happened:
      "A delay of d ticks counted the tick that was already running as a whole one. It could end almost a tick early.",
    reference: { label: "rtic-time 1.1.0, CHANGELOG: soundness of delays" },
    where: "hal",
    owner: "ARM-02",
    profile: "avr16",
  },
  {
    name: "rtic-1-1-0",
    title: "a new earliest timer is not programmed",
    system: "rtic-time before 1.1.0, the timer queue",
    happened:
      "A timer inserted before the earliest one did not program the hardware. It came when the old earliest was due.",
    reference: { label: "rtic-time 1.1.0, CHANGELOG" },
    where: "hal",
    owner: "ARM-12",
    profile: "avr16",
    c: {
      owner: "ARM-12",
      note: "A timer that becomes the earliest does not set the compare; it waits for the one that was earliest before.",
    },
  },
  {
    name: "tock-d63f977",
    title: "the reference is added twice",
    system: "Tock, capsules, the virtual alarm",
    happened:
      "The delta of an alarm was worked out as an absolute time, so that the reference was added twice.",
    reference: commit("tock/tock", "d63f97706"),
    where: "hal",
    owner: "ARM-05",
    profile: "avr16",
    c: { owner: "ARM-05", note: "The reference is added twice." },
  },
  {
    name: "nuttx-de0aead",
    title: "a delay beyond the longest is accepted",
    system: "NuttX, sched/wdog, wd_start",
    happened:
      "The longest delay passed the check, and the tick added to it afterwards overflowed. The watchdog's deadline then looked like one long past.",
    reference: commit("apache/nuttx", "de0aead39f3"),
    where: "hal",
    owner: "ARM-22",
    profile: "avr16",
    c: {
      owner: "ARM-22",
      note: "A delay is checked against what its type holds, not against the longest that leaves room for a sum.",
    },
  },
  {
    name: "pico-1555",
    title: "a late alarm runs in its caller",
    system: "pico-sdk, pico_time, alarm_pool_add_alarm_at",
    happened:
      "An alarm whose time had passed ran its callback in the function that added it: in thread context, with interrupts as the caller had them.",
    reference: issue("raspberrypi/pico-sdk", 1555, "; the first version of zephyr #15510"),
    where: "hal",
    owner: "ARM-20",
    profile: "avr16",
    c: {
      owner: "ARM-20",
      note: "A deadline that has passed runs the handler inside the call that armed it.",
    },
  },
  {
    name: "zephyr-timer-schedule",
    title: "unprocessed ticks are counted into a new delay",
    system: "Zephyr, kernel/timeout.c, z_add_timeout",
    happened:
      "A timer started while ticks were waiting to be announced was counted from the last announcement. It came early by those ticks.",
    reference: { label: "Zephyr tests/kernel/timer, timer_schedule" },
    where: "hal",
    owner: "PER-19",
    profile: "prescaled8",
    c: {
      owner: "PER-19",
      note: "Time that passed but was not yet announced is counted into the delay. Shows where the wrap falls between the mask and the start.",
    },
  },
  {
    name: "zephyr-108101",
    title: "nearly a lap ahead is taken for just missed",
    system: "Zephyr, include/zephyr/drivers/counter.h, the guard period",
    happened:
      "The rule by which an absolute alarm is late was the wrong way round. A deadline far ahead in the lap was refused as missed.",
    reference: issue("zephyrproject-rtos/zephyr", 108101),
    where: "hal",
    owner: "ARM-08",
    profile: "avr16",
  },
  {
    name: "zephyr-late-error",
    title: "a missed deadline fires although it should be refused",
    system: "Zephyr counter drivers, COUNTER_ALARM_CFG_EXPIRE_WHEN_LATE",
    happened:
      "Drivers armed an alarm whose deadline had passed, although the caller had asked for an error and no callback.",
    reference: { label: "Zephyr tests/drivers/counter, test_late_alarm_error" },
    where: "hal",
    owner: "ARM-07",
    profile: "avr16",
  },
  {
    name: "riot-set16",
    title: "a delay is cut to the counter's width",
    system: "RIOT, periph timers of 16 bits under xtimer",
    happened:
      "A delay longer than the counter was written to the hardware as it was, and its upper bits were lost. The timer came laps too early.",
    reference: { label: "RIOT tests, set16 with 0x10000000; Pico target_hi" },
    where: "hal",
    owner: "ARM-09",
    profile: "avr16",
  },
  {
    name: "chibios-bdc05d4",
    title: "the time remaining wraps when overdue",
    system: "ChibiOS, chVTGetRemainingIntervalI; Tock, VirtualTimer::time_remaining",
    happened:
      "The time left was deadline minus now in unsigned numbers. For a timer that was due and not yet served it was nearly 2^32 ticks.",
    reference: { label: "ChibiOS bdc05d4041; Tock virtual_timer.rs" },
    where: "hal",
    owner: "ARM-24",
    profile: "avr16",
  },
  {
    name: "zephyr-63491",
    title: "two starts at once link the timer twice",
    system: "Zephyr, kernel/timer.c, k_timer_start",
    happened:
      "start() removed the timer from the queue under one lock and inserted it under another. A start from an interrupt in between linked the same node twice.",
    reference: issue("zephyrproject-rtos/zephyr", 63491, " (#62908); nuttx 9116ed92478"),
    where: "hal",
    owner: "ARM-29",
    profile: "avr16",
  },
  {
    name: "pico-1485",
    title: "fires before its start is done",
    system: "pico-sdk, pico_time, add_repeating_timer_us",
    happened:
      "The alarm was armed before its id was stored with the timer. A short one ran its callback first, and a callback that cancelled the timer had no id to cancel by.",
    reference: issue("raspberrypi/pico-sdk", 1485),
    where: "hal",
    owner: "STOP-25",
    profile: "avr16",
  },
];
