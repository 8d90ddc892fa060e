import type { LawEnv, LawProgram } from "../../law.js";
import { keptPrograms } from "../../random/corpus/kept-programs.js";
import { generateProgram, scaleOfSeed } from "../../random/generate-program.js";
import type { RandomScale } from "../../random/scale.js";
import { judgedLaw } from "../judged-law.js";

/** Random programs of each scale. */
const programsPerScale = 25;

/** The first seeds that draw a scale, and their programs for a board. */
function ofScale(scale: RandomScale): (env: LawEnv) => readonly LawProgram[] {
  const seeds: number[] = [];
  for (let seed = 1; seeds.length < programsPerScale; seed += 1) {
    if (scaleOfSeed(seed) === scale) seeds.push(seed);
  }
  return ({ board }) =>
    seeds.map((seed) => ({ origin: { seed }, program: generateProgram(seed, board) }));
}

/** Any program: those that once showed a fault, and random ones with seeds that stay the same. */
export const any01To05 = [
  judgedLaw({
    id: "ANY-01",
    title: "programs that once showed a fault",
    statement: "Programs that once showed a fault somewhere keep every rule of the contract.",
    origin: ["Hypothesis example database", "Escapement issue 10"],
    programs: ({ board }) => keptPrograms(board),
  }),
  judgedLaw({
    id: "ANY-02",
    title: "random programs, times of a few operations",
    statement:
      "Random programs whose times are those of a few operations keep every rule of the contract.",
    origin: ["QuickCheck", "Escapement issue 10"],
    programs: ofScale("operations"),
  }),
  judgedLaw({
    id: "ANY-03",
    title: "random programs, times around a lap",
    statement: "Random programs whose times are around a lap keep every rule of the contract.",
    origin: ["QuickCheck", "Escapement issue 10"],
    programs: ofScale("laps"),
  }),
  judgedLaw({
    id: "ANY-04",
    title: "random programs, always something due",
    statement:
      "Random programs with periods shorter than their handlers keep every rule of the contract.",
    origin: ["QuickCheck", "Zephyr timer_starve"],
    programs: ofScale("bursts"),
  }),
  judgedLaw({
    id: "ANY-05",
    title: "random programs, many timers",
    statement:
      "Random programs of many timers, often started together while masked, keep every rule of the contract.",
    origin: ["QuickCheck", "Zephyr timer_behavior"],
    programs: ofScale("many"),
  }),
];
