import { type BugStory, commit, issue } from "../bug.js";

/** Bugs of the software that extends a counter. */
export const readingBugs: readonly BugStory[] = [
  {
    name: "ganssle-high-word",
    title: "high word, then counter, and no second look",
    where: "Ganssle's Timer_ISR/timer_read example; the same in the RTEMS 68302 Read_timer",
    happened:
      "The software's high word was read first and the counter after it. A wrap between the two gave a time that was a whole lap too low.",
    reference: {
      label: "Ganssle, Asynchronicity (2001); RTEMS Read_timer of the MC68302; RIOT xtimer #7114",
      url: "https://github.com/RIOT-OS/RIOT/issues/7114",
    },
    part: "hal",
    owner: "READ-01",
    profile: "avr16",
    firmware: "ganssle-high-word",
  },
  {
    name: "ganssle-mask-only",
    title: "masked, but a pending wrap goes unseen",
    where: "Ganssle's second example, with interrupts disabled around the read",
    happened:
      "Disabling interrupts kept the high word still, and the counter wrapped all the same. With the overflow pending the time was a lap too low.",
    reference: { label: "Ganssle, Asynchronicity (2001)" },
    part: "hal",
    owner: "READ-02",
    profile: "avr16",
    firmware: "ganssle-mask-only",
  },
  {
    name: "samd-ed86fdb",
    title: "high word read before masking; the exit always enables",
    where: "MicroPython, ports/samd, the microsecond counter",
    happened:
      "The count of overflows was read before interrupts were disabled, and the end of the read enabled them whether they had been enabled or not. Called with interrupts disabled, the read let them in.",
    reference: commit("micropython/micropython", "ed86fdbdf6"),
    part: "hal",
    owner: "READ-05",
    profile: "avr16",
    firmware: "samd-ed86fdb",
  },
  {
    name: "arduino-232",
    title: "a pending wrap corrected only at zero",
    where: "ArduinoCore-avr, cores/arduino/wiring.c",
    happened:
      "The pending overflow was added only when the counter read exactly zero. A few ticks later it was forgotten, and micros() stepped back by a lap.",
    reference: issue("arduino/ArduinoCore-avr", 232),
    part: "hal",
    owner: "READ-11",
    profile: "avr16",
    firmware: "arduino-232",
  },
  {
    name: "openwch-148",
    title: "a pending wrap counted at each sight",
    where: "OpenWCH Arduino core, micros(); the same in the Arduino core",
    happened:
      "The read itself counted the overflow that it found pending, and the interrupt counted it again. With interrupts disabled each further read added a lap.",
    reference: { label: "openwch 148; Arduino 592" },
    part: "hal",
    owner: "READ-20",
    profile: "avr16",
  },
  {
    name: "rtic-1-2-0",
    title: "counter read before the period",
    where: "rtic-time before 1.2.0, half_period_counter::calculate_now",
    happened:
      "The order in which two arguments were evaluated let the counter be read before the software's period. The interrupt between the two gave a time that was a period too high.",
    reference: { label: "rtic-time 1.2.0, CHANGELOG" },
    part: "hal",
    owner: "READ-04",
    profile: "avr16",
  },
  {
    name: "digistump-136",
    title: "read between the flag and its count",
    where: "Digistump Arduino core, wiring.c, the overflow interrupt",
    happened:
      "The overflow's flag was down and its count not yet made when another interrupt asked for the time. It saw neither, and its time was a lap too low.",
    reference: { label: "DigistumpArduino 136" },
    part: "hal",
    owner: "READ-08",
    profile: "systick24",
  },
  {
    name: "embassy-01d8543",
    title: "no time before the driver is set up",
    where: "Embassy, the time driver's now()",
    happened:
      "The time could be asked for before the driver was initialised, and then did not come back. Here the clock stands until the first timer is armed.",
    reference: commit("embassy-rs/embassy", "01d8543"),
    part: "hal",
    owner: "READ-13",
    profile: "avr16",
  },
];
