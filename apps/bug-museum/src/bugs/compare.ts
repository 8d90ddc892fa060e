import { type Bug, commit, issue } from "../bug.js";

/** Bugs of the code that keeps one hardware compare at the earliest deadline. */
export const compareBugs: readonly Bug[] = [
  {
    name: "pico-1953",
    title: "the time is not read again after the compare was written",
    system: "pico-sdk, pico_time, the alarm pool",
    happened:
      "The target was written and not checked again. Where the counter had just passed it, the alarm came a whole lap later: 71 minutes on a 32-bit microsecond counter.",
    reference: issue("raspberrypi/pico-sdk", 1953, "; nuttx #20173, embassy #6528"),
    where: "hal",
    owner: "ARM-16",
    profile: "avr16",
    c: {
      owner: "ARM-16",
      note: "The counter is not read again after the compare was written: one written too late matches a lap later.",
    },
  },
  {
    name: "pico-1953-stale-now",
    title: "the second check uses the time of the first",
    system: "pico-sdk, the first fix of the alarm pool; ChibiOS vt_insert_first",
    happened:
      "After programming, the target was compared with a time that had been read before. The check could never find that it had passed.",
    reference: issue("raspberrypi/pico-sdk", 1953),
    where: "hal",
    owner: "ARM-16",
    profile: "stm32",
  },
  {
    name: "tock-d6e46d7",
    title: "no least distance to the compare",
    system: "Tock, the SAM4L alarm",
    happened:
      "On that chip a compare at the current count or the next never matches, and the driver kept no least distance. The alarm was lost for a lap.",
    reference: commit("tock/tock", "d6e46d705", "; the nRF RTC has the same rule"),
    where: "hal",
    owner: "ARM-17",
    profile: "rtc24",
    c: {
      owner: "ARM-17",
      note: "The compare is written for the next tick, which the counter has passed when the write is done.",
    },
  },
  {
    name: "micropython-b1cdb20",
    title: "wrap mask one bit short",
    system: "MicroPython, shared/runtime/softtimer.c",
    happened:
      "Differences were taken modulo 2^31 on a counter of 32 bits. A target in the upper half of the lap was taken for one in the lower.",
    reference: commit("micropython/micropython", "b1cdb205ec"),
    where: "hal",
    owner: "ARM-10",
    profile: "avr16",
  },
  {
    name: "embassy-b857334",
    title: "a deadline that has passed is neither armed nor fired",
    system: "Embassy, embassy-stm32, time_driver set_alarm",
    happened:
      "set_alarm returned that it had not armed, because the deadline had passed, and its caller did nothing. The task was not woken until something else armed the alarm.",
    reference: commit("embassy-rs/embassy", "b857334f9", " (#2300)"),
    where: "hal",
    owner: "ARM-06",
    profile: "avr16",
    c: {
      owner: "ARM-06",
      note: "start returns that the deadline has passed, and the compare is not set: the handler waits for the next interrupt of any kind.",
    },
  },
  {
    name: "pycom-89",
    title: "the earliest is cancelled, the next comes at its time",
    system: "Pycom's MicroPython, Timer.Alarm, the alarm heap",
    happened:
      "When the earliest alarm was cancelled, the hardware was not set again. Its interrupt came at the old deadline and called the alarm that was now first, a second too early.",
    reference: issue("pycom/pycom-micropython-sigfox", 89),
    where: "hal",
    owner: "STOP-24",
    profile: "avr16",
  },
  {
    name: "nuttx-493e207",
    title: "the earliest is cancelled, the next not programmed",
    system: "NuttX, sched/wdog, wd_cancel",
    happened:
      "Cancelling the earliest timer switched the hardware off and did not set it for the next one. The rest of the queue stood still.",
    reference: commit("apache/nuttx", "493e207"),
    where: "hal",
    owner: "STOP-24",
    profile: "avr16",
  },
  {
    name: "pico-1552",
    title: "an alarm in the past overwrites the hardware's target",
    system: "pico-sdk, pico_time, the alarm pool",
    happened:
      "An alarm in the past was set on the hardware before it was found to be in the past. Nothing set the hardware back to the earliest alarm of the heap, which then never came.",
    reference: issue("raspberrypi/pico-sdk", 1552),
    where: "hal",
    owner: "ARM-07",
    profile: "avr16",
    c: {
      owner: "ARM-07",
      note: "A deadline that is refused as missed leaves the compare switched off: the pending timers do not come.",
    },
  },
  {
    name: "zephyr-announce",
    title: "the elapsed time is cut to 32 bits",
    system: "Zephyr, kernel/timeout.c, sys_clock_announce",
    happened:
      "The ticks since the last announcement were passed on in 32 bits. After a long sleep the kernel's time was behind by the part that was cut off.",
    reference: { label: "Zephyr tests/kernel/timer, test_large_tick_announce" },
    where: "hal",
    owner: "ARM-26",
    profile: "stm32",
  },
];
