/**
 * What a report says of the run that it is of. Whoever runs it hands the facts in, as what runs in a
 * browser has neither a clock of its own nor a command line. A fact that is absent is in no report.
 */
export interface RunFacts {
  /** Version of Escapement. */
  readonly version?: string;
  /** When it began, in UTC, such as `2026-01-31T12:00:00.000Z`. */
  readonly startedAt?: string;
  /** How long it took. */
  readonly seconds?: number;
  /** The seed that it was given or drew. */
  readonly seed?: number;
  /** The command line that was run, for a shell. */
  readonly command?: string;
  /** The commit of the code under test, in hexadecimal digits. */
  readonly commit?: string;
}

/** A fact in words: its name in data, its name for people, its value. */
export interface RunFactText {
  /** The member of {@link RunFacts}. */
  readonly name: keyof RunFacts;
  /** What people call it. */
  readonly title: string;
  /** Its value. */
  readonly text: string;
}

const titles: Readonly<Record<keyof RunFacts, string>> = {
  version: "Escapement",
  startedAt: "Date",
  seconds: "Duration",
  seed: "Seed",
  command: "Command",
  commit: "Commit",
};

/** The facts that there are, in the order of every report; none where nothing is known. */
export function runFactTexts(facts: RunFacts = {}): readonly RunFactText[] {
  return (Object.keys(titles) as (keyof RunFacts)[]).flatMap((name) => {
    const value = facts[name];
    if (value === undefined) return [];
    return [{ name, title: titles[name], text: textOf(name, value) }];
  });
}

function textOf(name: keyof RunFacts, value: string | number): string {
  if (name === "seconds") return `${Number(value).toFixed(1)} s`;
  if (name === "startedAt") return `${String(value).slice(0, 19).replace("T", " ")} UTC`;
  return String(value);
}
