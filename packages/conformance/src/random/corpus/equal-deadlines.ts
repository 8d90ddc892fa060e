import { type Program, program } from "@escapement/scenario";
import type { CorpusEntry, CorpusUnits } from "./entry.js";

/*
 * Many timers and few deadlines. A queue that is a heap keeps equal deadlines in order by more than a comparison of times:
 * entries that stops and new starts move from one branch to another have to be put in order there as well. Each of
 * these found mutants of the deadline queue that nothing else found.
 */

/** A start at the common reference: which timer, and how many units after it. */
type Start = readonly [timer: number, units: number];

/** Starts at one reference with interrupts masked, then stops, then time for all of them to run. */
function crowd(
  { unit }: CorpusUnits,
  starts: readonly Start[],
  stops: readonly number[] = [],
): Program {
  return program(({ main, timer }) => {
    const count = 1 + Math.max(...starts.map(([index]) => index));
    const all = Array.from({ length: count }, () => timer({ mode: "one-shot", period: 1 }));
    main.capture().mask();
    for (const [index, units] of starts) {
      const t = all[index];
      if (t !== undefined) main.startAt(t, { delta: units * unit });
    }
    for (const index of stops) {
      const t = all[index];
      if (t !== undefined) main.stop(t);
    }
    main.restore().sleep(160 * unit);
  });
}

/** Programs with equal deadlines in a crowd. */
export const equalDeadlines: readonly CorpusEntry[] = [
  {
    name: "crowd-after-stops",
    about: "A stop moves the last entry of the queue below one that is equal and was armed later.",
    origin: "a mutant of the HAL: the order of arming is not looked at where an entry rises",
    rule: "ARM-14",
    build: (units) =>
      crowd(
        units,
        [
          [9, 40],
          [5, 120],
          [0, 60],
          [1, 120],
          [2, 120],
          [8, 120],
          [3, 40],
          [7, 120],
          [4, 120],
          [6, 100],
          [10, 100],
        ],
        [9, 5],
      ),
  },
  {
    name: "crowd-started-again",
    about: "Timers that are started again leave their old places to entries of other branches.",
    origin: "a mutant of the HAL: the first child of an entry is looked for in the wrong place",
    rule: "ARM-14",
    build: (units) =>
      crowd(units, [
        [2, 40],
        [1, 120],
        [8, 120],
        [0, 120],
        [3, 40],
        [6, 120],
        [7, 40],
        [4, 100],
        [5, 120],
        [3, 100],
        [2, 100],
      ]),
  },
  {
    name: "crowd-of-two-deadlines",
    about:
      "Two equal entries below one that leaves stand in the order of their places, not of their arming.",
    origin: "a mutant of the HAL: equal ones among four children are not distinguished",
    rule: "ARM-14",
    build: (units) =>
      crowd(units, [
        [2, 40],
        [1, 40],
        [5, 40],
        [0, 60],
        [4, 60],
        [3, 40],
        [2, 40],
      ]),
  },
  {
    name: "crowd-first-pair",
    about: "Only the first two of four children are equal, and the second was armed earlier.",
    origin: "a mutant of the HAL: the first pair of children is not distinguished",
    rule: "ARM-14",
    build: (units) =>
      crowd(units, [
        [1, 150],
        [4, 130],
        [3, 120],
        [9, 150],
        [6, 120],
        [0, 130],
        [2, 100],
        [5, 120],
        [7, 100],
        [8, 20],
      ]),
  },
  {
    name: "crowd-one-pair",
    about: "One pair of four children is equal, the other is not.",
    origin: "a mutant of the HAL: both pairs have to be equal to be distinguished",
    rule: "ARM-14",
    build: (units) =>
      crowd(units, [
        [1, 20],
        [3, 20],
        [10, 150],
        [6, 130],
        [0, 20],
        [5, 130],
        [4, 20],
        [2, 20],
        [9, 20],
        [7, 120],
        [8, 120],
      ]),
  },
  {
    name: "crowd-last-pair",
    about: "Only the last two of four children are equal, and the second was armed earlier.",
    origin: "a mutant of the HAL: the second pair of children is not distinguished",
    rule: "ARM-14",
    build: (units) =>
      crowd(units, [
        [0, 150],
        [1, 150],
        [11, 130],
        [5, 20],
        [3, 20],
        [6, 120],
        [2, 130],
        [10, 120],
        [4, 20],
        [8, 120],
        [7, 130],
        [9, 120],
      ]),
  },
  {
    name: "crowd-in-reverse",
    about: "Each timer is due before all that were started before it, and two of them leave.",
    origin: "a mutant of the HAL: an entry rises past the wrong parent",
    rule: "ARM-15",
    build: (units) =>
      crowd(
        units,
        Array.from({ length: 12 }, (_, index): Start => [index, 130 - 10 * index]),
        [4, 9],
      ),
  },
  {
    name: "crowd-in-two-branches",
    about:
      "An entry rises beside the branch that it was put into, and the one that makes room for it is out of order there.",
    origin: "a mutant of the HAL: the parent of an entry is looked for one place too far",
    rule: "ARM-15",
    build: (units) =>
      crowd(units, [
        [0, 20],
        [1, 60],
        [2, 40],
        [3, 70],
        [4, 80],
        [5, 90],
        [6, 100],
        [7, 30],
        [8, 110],
        [9, 120],
      ]),
  },
];
