import { type Bug, issue } from "../bug.js";

/** Bugs of the registry: slots that leak, are shared, or are reached by the wrong handle. */
export const registryBugs: readonly Bug[] = [
  {
    name: "zephyr-18728",
    title: "interrupt and thread edit one list without a lock",
    system: "MicroPython, ports/zephyr/machine_timer.c",
    happened:
      "The expiry of a one-shot unlinked it from the list of timers in the interrupt, while the thread inserted and removed timers without a lock. An interrupt inside such an edit lost an entry or closed the list into a circle.",
    reference: issue("micropython/micropython", 18728),
    where: "hal",
    owner: "REG-08",
    profile: "avr16",
    c: {
      owner: "REG-08",
      note: "An interrupt puts the slot of a released timer on the list of free ones while the thread takes one off it, unmasked. Shows where the second interrupt falls between the reading of the list's head and its writing.",
    },
  },
  {
    name: "zephyr-18733",
    title: "the rejected fix: never unlinked",
    system: "MicroPython, ports/zephyr/machine_timer.c, first version of the fix",
    happened:
      "The interrupt only stopped the one-shot and left it in the list, which is a root of the garbage collector. One-shots that were created and forgotten filled the heap.",
    reference: issue("micropython/micropython", 18733, ", first version (1915e6fa4f)"),
    where: "hal",
    owner: "REG-01",
    profile: "avr16",
    c: {
      owner: "REG-01",
      note: "A one-shot that fired is never removed from the registry: the fix for zephyr-18728 that was rejected.",
    },
  },
  {
    name: "micropython-rp2-lost-places",
    title: "two given back at once, one lost for ever",
    system: "MicroPython, ports/rp2 on pico-sdk 2.x, the alarm pool",
    happened:
      "The loop that gave cancelled alarms back did not advance its predecessor where the head itself was cancelled. Of two alarms cancelled under one mask, or in one hard callback, one entry of the pool was lost for ever; after some rounds no timer could be started.",
    reference: { label: "pico-sdk 2.x, src/common/pico_time/time.c" },
    where: "hal",
    owner: "REG-03",
    profile: "avr16",
  },
  {
    name: "micropython-isr-unlink",
    title: "the interrupt unlinks from the registry itself",
    system: "MicroPython, ports/zephyr/machine_timer.c, machine_timer_deinit in the expiry",
    happened:
      "A timer released in an interrupt left the registry at once, in the interrupt. The thread could not know that the timer it had just read there was gone.",
    reference: issue("micropython/micropython", 18728),
    where: "hal",
    owner: "REG-06",
    profile: "avr16",
  },
  {
    name: "micropython-link-first",
    title: "linked before its arguments are checked",
    system: "MicroPython, ports/zephyr/machine_timer.c, machine_timer_make_new",
    happened:
      "The new timer was inserted into the list before its arguments were checked. A call that was then refused left its entry behind.",
    reference: { label: "MicroPython v1.28, ports/zephyr/machine_timer.c" },
    where: "hal",
    owner: "REG-11",
    profile: "avr16",
  },
  {
    name: "tock-one-shot-count",
    title: "an expired one-shot stays in the count",
    system: "Tock, capsules/core, virtualizers/virtual_timer.rs",
    happened:
      "A one-shot's expiry disabled it and did not subtract it from the count of enabled timers. The count only grew.",
    reference: { label: "Tock virtual_timer.rs at 65608d717" },
    where: "hal",
    owner: "REG-02",
    profile: "avr16",
    c: { owner: "REG-02", note: "A one-shot that fired stays in the count of pending timers." },
  },
  {
    name: "fake-timers-549",
    title: "an old id clears the new timer",
    system: "fake-timers, clearTimeout; pico-sdk, alarm ids",
    happened:
      "An id named the place of a timer, but not which use of the place. An old id reached the timer that had the place now.",
    reference: issue("sinonjs/fake-timers", 549),
    where: "hal",
    owner: "REG-05",
    profile: "avr16",
  },
  {
    name: "flipper-3431",
    title: "a freed timer is started",
    system: "Flipper Zero firmware, furi_timer; Lab-Project-FreeRTOS-POSIX, timer_settime",
    happened:
      "A timer could be started after it had been freed, or while its deletion was still queued. The service then queued memory that was no longer a timer.",
    reference: issue("flipperdevices/flipperzero-firmware", 3431, "; Lab-FreeRTOS-POSIX 16"),
    where: "hal",
    owner: "LIFE-06",
    profile: "avr16",
  },
  {
    name: "esp-idf-2342",
    title: "freed while still in the list",
    system: "ESP-IDF and FreeRTOS, xTimerDelete behind an xTimerStart in the queue",
    happened:
      "The delete was a command in a queue, behind a start. The caller freed the timer, and the service then ran what had been started.",
    reference: issue("espressif/esp-idf", 2342, "; FreeRTOS-Kernel #1469"),
    where: "hal",
    owner: "LIFE-08",
    profile: "avr16",
  },
  {
    name: "zephyr-113143",
    title: "freed between dequeue and handler",
    system: "Zephyr, kernel/timer.c, k_timer memory reused after k_timer_stop",
    happened:
      "A stop took a timer that had left the queue for stopped, although its handler was about to run. The handler ran on a timer that was gone.",
    reference: issue("zephyrproject-rtos/zephyr", 113143, ", #109426"),
    where: "hal",
    owner: "STOP-07",
    profile: "systick24",
  },
];
