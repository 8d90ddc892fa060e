/** What each mutant is given; the page names these. */
export const budget = {
  /** Random programs on the simulated chips, or on the native agent. */
  programs: 300,
  /** Schedules that the search runs of one case of a law. */
  schedules: 200,
  /** Steps of the HAL in one law: three times what the longest takes. */
  stepsOfLaw: 5_000_000,
  /** Steps of the HAL in one random program, or in one run of the search. */
  stepsOfProgram: 5_000_000,
} as const;
