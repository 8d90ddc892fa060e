import { type BugStory, commit, issue } from "../bug.js";

/** Bugs of starting a timer. */
export const armingBugs: readonly BugStory[] = [
  {
    name: "rtic-partial-tick",
    title: "the partial tick is given away",
    where: "rtic-time and rtic-monotonics, delay()",
    happened:
      "A delay of d ticks counted the tick that was already running as a whole one. It could end almost a tick early.",
    reference: { label: "rtic-time 1.1.0, CHANGELOG: soundness of delays" },
    part: "hal",
    owner: "ARM-02",
    profile: "avr16",
  },
  {
    name: "rtic-1-1-0",
    title: "a new earliest timer is not programmed",
    where: "rtic-time before 1.1.0, the timer queue",
    happened:
      "A timer put in before the earliest one did not make the interrupt look again. It came when the old earliest was due.",
    reference: { label: "rtic-time 1.1.0, CHANGELOG" },
    part: "hal",
    owner: "ARM-12",
    profile: "avr16",
    firmware: "rtic-1-1-0",
  },
  {
    name: "tock-d63f977",
    title: "the reference is added twice",
    where: "Tock, capsules, the virtual alarm",
    happened:
      "The delta of an alarm was worked out as an absolute time, so that the reference went in twice.",
    reference: commit("tock/tock", "d63f97706"),
    part: "hal",
    owner: "ARM-05",
    profile: "avr16",
    firmware: "tock-d63f977",
  },
  {
    name: "nuttx-de0aead",
    title: "a delay beyond the longest is accepted",
    where: "NuttX, sched/wdog, wd_start",
    happened:
      "The longest delay passed the check, and the tick added to it afterwards overflowed. The watchdog was armed for a moment that could not be told from one long past.",
    reference: commit("apache/nuttx", "de0aead39f3"),
    part: "hal",
    owner: "ARM-22",
    profile: "avr16",
    firmware: "nuttx-de0aead",
  },
  {
    name: "pico-1555",
    title: "a late alarm runs in its caller",
    where: "pico-sdk, pico_time, alarm_pool_add_alarm_at",
    happened:
      "An alarm whose time had passed ran its callback in the function that added it: in thread context, with interrupts as the caller had them.",
    reference: issue("raspberrypi/pico-sdk", 1555, "; the first version of zephyr #15510"),
    part: "hal",
    owner: "ARM-20",
    profile: "avr16",
    firmware: "pico-1555",
  },
  {
    name: "zephyr-timer-schedule",
    title: "unprocessed ticks are charged to a new timer",
    where: "Zephyr, kernel/timeout.c, z_add_timeout",
    happened:
      "A timer started while ticks were waiting to be announced was counted from the last announcement. It came early by the ticks that waited.",
    reference: { label: "Zephyr tests/kernel/timer, timer_schedule" },
    part: "hal",
    owner: "PER-19",
    profile: "prescaled8",
    firmware: "zephyr-timer-schedule",
  },
  {
    name: "zephyr-108101",
    title: "nearly a lap ahead is taken for just missed",
    where: "Zephyr, include/zephyr/drivers/counter.h, the guard period",
    happened:
      "The rule by which an absolute alarm is taken for late was stated the wrong way round. A moment far ahead in the lap was refused as missed.",
    reference: issue("zephyrproject-rtos/zephyr", 108101),
    part: "hal",
    owner: "ARM-08",
    profile: "avr16",
  },
  {
    name: "zephyr-late-error",
    title: "a missed moment fires although it was to be refused",
    where: "Zephyr counter drivers, COUNTER_ALARM_CFG_EXPIRE_WHEN_LATE",
    happened:
      "Drivers armed an alarm whose moment had passed, although the caller had asked for an error and no callback.",
    reference: { label: "Zephyr tests/drivers/counter, test_late_alarm_error" },
    part: "hal",
    owner: "ARM-07",
    profile: "avr16",
  },
  {
    name: "riot-set16",
    title: "a delay is cut to the counter's width",
    where: "RIOT, periph timers of 16 bits under xtimer",
    happened:
      "A delay longer than the counter was handed to the hardware as it was, and its upper bits were lost. The timer came laps too early.",
    reference: { label: "RIOT tests, set16 with 0x10000000; Pico target_hi" },
    part: "hal",
    owner: "ARM-09",
    profile: "avr16",
  },
  {
    name: "chibios-bdc05d4",
    title: "the time remaining wraps when overdue",
    where: "ChibiOS, chVTGetRemainingIntervalI; Tock, VirtualTimer::time_remaining",
    happened:
      "The time left was deadline minus now in unsigned numbers. For a timer that was due and not yet served it was nearly 2^32 ticks.",
    reference: { label: "ChibiOS bdc05d4041; Tock virtual_timer.rs" },
    part: "hal",
    owner: "ARM-24",
    profile: "avr16",
  },
  {
    name: "zephyr-63491",
    title: "start against start links the timer twice",
    where: "Zephyr, kernel/timer.c, k_timer_start",
    happened:
      "start() took the timer out of the queue under one lock and put it in under another. A start from an interrupt in between linked the same node twice.",
    reference: issue("zephyrproject-rtos/zephyr", 63491, " (#62908); nuttx 9116ed92478"),
    part: "hal",
    owner: "ARM-29",
    profile: "avr16",
  },
  {
    name: "pico-1485",
    title: "fires before its start is done",
    where: "pico-sdk, pico_time, add_repeating_timer_us",
    happened:
      "The alarm was let loose before its id was stored with the timer. A short one ran its callback first, and a callback that cancelled the timer had no id to cancel by.",
    reference: issue("raspberrypi/pico-sdk", 1485),
    part: "hal",
    owner: "STOP-25",
    profile: "avr16",
  },
];
