import type { RaceSetup } from "../../races/race-types.js";

/** A race with a page of its own. */
export interface Seed extends RaceSetup {
  /** Name of its page, and of its text in `content/races`. */
  readonly slug: string;
  /** Title of the page. */
  readonly title: string;
  /** A few words for the table of races. */
  readonly about: string;
}

/** The five that the contract names as its seeds, in its order. */
export const seeds: readonly Seed[] = [
  {
    slug: "micropython-18728",
    title: "A list with two editors",
    about:
      "MicroPython 18728: an interrupt edits the list of timers in the middle of the thread's edit.",
    bug: "zephyr-18728",
    law: "REG-08",
    profile: "avr16",
  },
  {
    slug: "micropython-2971",
    title: "One period, three meanings",
    about: "MicroPython 2971: when does the first callback of a periodic timer come?",
    bug: "zephyr-freq-1000",
    law: "PER-01",
    profile: "avr16",
  },
  {
    slug: "linux-del-timer",
    title: "Deleted, and it runs all the same",
    about: "Linux, 2000: del_timer() has returned, and the handler runs after it.",
    bug: "morton-1",
    law: "STOP-07",
    profile: "systick24",
  },
  {
    slug: "micropython-callbacks",
    title: "The edit that is lost",
    about: "MicroPython's rules for callbacks: what an interrupt changes must stay changed.",
    bug: "micropython-soft-timer",
    law: "STOP-27",
    profile: "systick24",
  },
  {
    slug: "ganssle-asynchronicity",
    title: "A clock that is 65 536 off",
    about:
      "Ganssle, 2001: high word and counter are read one after the other, and the counter wraps between.",
    bug: "ganssle-high-word",
    law: "READ-01",
    profile: "avr16",
  },
];
