import { type Bug, commit } from "../bug.js";

/** Bugs of periodic timers and their overruns. */
export const periodicBugs: readonly Bug[] = [
  {
    name: "pico-positive-delay",
    title: "the next period is counted from now",
    system: "pico-sdk, pico_time, repeating timers with a positive delay",
    happened:
      "The next alarm was set a period after the callback, where the caller expected a fixed rate. Each callback's lateness was added to the schedule.",
    reference: { label: "pico-sdk, add_repeating_timer_us with delay_us > 0" },
    where: "hal",
    owner: "PER-02",
    profile: "avr16",
    c: {
      owner: "PER-02",
      note: "The next period is counted from when the interrupt noticed the last one, so that lateness adds up.",
    },
  },
  {
    name: "lobo-261",
    title: "missed periods are not counted",
    system: "MicroPython_ESP32_psRAM_LoBo, machine.Timer",
    happened:
      "Periods that passed without a callback left no trace. The application could not know that it had missed any.",
    reference: { label: "MicroPython_ESP32_psRAM_LoBo 261" },
    where: "hal",
    owner: "PER-04",
    profile: "avr16",
  },
  {
    name: "riot-periodic",
    title: "a burst loses periods",
    system: "RIOT, sys/ztimer/periodic.c, the branch for a target in the past",
    happened:
      "Where the next deadline was already in the past, the timer was set from now, and the periods in between were never delivered.",
    reference: { label: "RIOT, ztimer/periodic.h" },
    where: "hal",
    owner: "PER-05",
    profile: "avr16",
  },
  {
    name: "freebsd-d29093",
    title: "overruns counted by a loop",
    system: "FreeBSD, kern_time.c, realtimer_expire",
    happened:
      "Missed periods were counted one by one. After a short interval and a long pause, which any process could cause, the kernel stayed in the loop.",
    reference: { label: "FreeBSD D29093, ec00c33f", url: "https://reviews.freebsd.org/D29093" },
    where: "hal",
    owner: "PER-10",
    profile: "avr16",
    c: { owner: "PER-10", note: "Missed periods are counted one by one in the interrupt." },
  },
  {
    name: "zephyr-freq-1000",
    title: "a short period becomes zero, and zero is one-shot",
    system: "MicroPython, ports/zephyr/machine_timer.c, freq above 1000",
    happened:
      "The period was kept in whole milliseconds. A shorter one became zero, which means a one-shot to the kernel.",
    reference: { label: "MicroPython v1.28, ports/zephyr/machine_timer.c" },
    where: "hal",
    owner: "PER-02",
    profile: "avr16",
  },
  {
    name: "stm32-8596dfc",
    title: "the prescaler overflows for low frequencies",
    system: "MicroPython, ports/stm32/timer.c, compute_prescaler_period_from_freq",
    happened:
      "A long period needs a large prescaler, and that overflowed its register of 16 bits. The timer ran far too fast.",
    reference: commit("micropython/micropython", "8596dfc033"),
    where: "hal",
    owner: "PER-12",
    profile: "stm32",
  },
  {
    name: "esp-idf-skip",
    title: "the oldest missed period instead of the newest",
    system: "ESP-IDF, esp_timer, skip_unhandled_events",
    happened:
      "After a pause there was one callback for all missed periods, and it got the time of the first of them.",
    reference: { label: "ESP-IDF, esp_timer, skip_unhandled_events" },
    where: "hal",
    owner: "PER-08",
    profile: "avr16",
  },
];
