import { type Bug, issue } from "../bug.js";
import { dropOverflows } from "../chips/avr8js-80.js";
import { shortenLap } from "../chips/avr8js-137.js";

/** Bugs of chips. */
export const chipBugs: readonly Bug[] = [
  {
    name: "avr8js-80",
    title: "overflows after the first few are lost",
    system: "avr8js, a first fix of doubled TOV flags",
    happened:
      "So that the overflow flag was not set twice, it was set only where the count had been seen below it. delay(500) printed 4 instead of 499.",
    reference: issue("wokwi/avr8js", 80, ", #81"),
    where: "chip",
    change: dropOverflows,
    owner: "READ-10",
    profile: "avr16",
  },
  {
    name: "avr8js-137",
    title: "a lap is one tick short",
    system: "avr8js, src/peripherals/timer.ts, counters with a TOP",
    happened:
      "The counter went from TOP − 1 to 0, so that each lap was a tick too short. A period counted in laps drifted by one tick in each.",
    reference: issue("wokwi/avr8js", 137),
    where: "chip",
    change: shortenLap,
    owner: "READ-10",
    profile: "avr16",
  },
];
