/** What the groups of the contract are about. */
export const groupTitles: Readonly<Record<string, string>> = {
  READ: "Reading the time",
  ARM: "Arming",
  STOP: "Stopping",
  REG: "The registry",
  PER: "Periods and overruns",
  CALL: "Callbacks",
  LIFE: "A timer's life",
  ANY: "Any program",
};

/** The group of a law's id: what stands before the number. */
export function groupOf(id: string): string {
  return id.split("-")[0] ?? id;
}
