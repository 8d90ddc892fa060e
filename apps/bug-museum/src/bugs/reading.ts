import { type Bug, commit, issue } from "../bug.js";

/** Bugs of the software that extends a counter. */
export const readingBugs: readonly Bug[] = [
  {
    name: "ganssle-high-word",
    title: "high word read first, then the counter, and no check",
    system: "Ganssle's Timer_ISR/timer_read example; the same in the RTEMS 68302 Read_timer",
    happened:
      "The software's high word was read first and the counter after it. A wrap between the two gave a time that was a whole lap too low.",
    reference: {
      label: "Ganssle, Asynchronicity (2001); RTEMS Read_timer of the MC68302; RIOT xtimer #7114",
      url: "https://github.com/RIOT-OS/RIOT/issues/7114",
    },
    where: "hal",
    owner: "READ-01",
    profile: "avr16",
    c: {
      owner: "READ-01",
      note: "The count of laps is read, then the counter, with nothing masked and nothing read again: after a wrap in between the time is a lap off.",
    },
  },
  {
    name: "ganssle-mask-only",
    title: "masked, but a pending wrap is not seen",
    system: "Ganssle's second example, with interrupts disabled around the read",
    happened:
      "With interrupts disabled the high word did not change, but the counter still wrapped. With the overflow pending the time was a lap too low.",
    reference: { label: "Ganssle, Asynchronicity (2001)" },
    where: "hal",
    owner: "READ-02",
    profile: "avr16",
    c: {
      owner: "READ-02",
      note: "Interrupts are masked, but a wrap that the mask holds back is not counted.",
    },
  },
  {
    name: "samd-ed86fdb",
    title: "high word read before masking; the exit always enables",
    system: "MicroPython, ports/samd, the microsecond counter",
    happened:
      "The count of overflows was read before interrupts were disabled, and the end of the read always enabled them. Called with interrupts disabled, the read enabled them for its caller.",
    reference: commit("micropython/micropython", "ed86fdbdf6"),
    where: "hal",
    owner: "READ-05",
    profile: "avr16",
    c: {
      owner: "READ-05",
      note: "The count of laps is read before the mask, and the exit enables interrupts whatever state it found.",
    },
  },
  {
    name: "arduino-232",
    title: "a pending wrap corrected only at zero",
    system: "ArduinoCore-avr, cores/arduino/wiring.c",
    happened:
      "The pending overflow was added only when the counter read exactly zero. A few ticks later it was forgotten, and micros() stepped back by a lap.",
    reference: issue("arduino/ArduinoCore-avr", 232),
    where: "hal",
    owner: "READ-11",
    profile: "avr16",
    c: { owner: "READ-11", note: "A pending wrap is counted only while the counter is at 0." },
  },
  {
    name: "openwch-148",
    title: "a pending wrap counted by each read",
    system: "OpenWCH Arduino core, micros(); the same in the Arduino core",
    happened:
      "The read itself counted the overflow that it found pending, and the interrupt counted it again. With interrupts disabled each further read added a lap.",
    reference: { label: "openwch 148; Arduino 592" },
    where: "hal",
    owner: "READ-20",
    profile: "avr16",
  },
  {
    name: "rtic-1-2-0",
    title: "counter read before the period",
    system: "rtic-time before 1.2.0, half_period_counter::calculate_now",
    happened:
      "Two arguments were evaluated in the wrong order, so that the counter was read before the software's period. With the interrupt between the two the time was a period too high.",
    reference: { label: "rtic-time 1.2.0, CHANGELOG" },
    where: "hal",
    owner: "READ-04",
    profile: "avr16",
  },
  {
    name: "digistump-136",
    title: "read between the flag and its count",
    system: "Digistump Arduino core, wiring.c, the overflow interrupt",
    happened:
      "The overflow's flag was cleared, and the overflow not yet counted, when another interrupt read the time. It saw neither, and its time was a lap too low.",
    reference: { label: "DigistumpArduino 136" },
    where: "hal",
    owner: "READ-08",
    profile: "systick24",
  },
  {
    name: "embassy-01d8543",
    title: "no time before the driver is set up",
    system: "Embassy, the time driver's now()",
    happened:
      "A read of the time before the driver was initialised never returned. Here the clock stands still until the first timer is armed.",
    reference: commit("embassy-rs/embassy", "01d8543"),
    where: "hal",
    owner: "READ-13",
    profile: "avr16",
  },
];
