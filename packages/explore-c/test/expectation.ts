import type { RaceFinding, RaceLimits, RaceSetupOptions } from "../src/index.js";

/** What the comment of a program says that has to be found: one line for each finding. */
export function expectedFindings(text: string): readonly string[] {
  const lines = text.split("\n");
  const lineOf = (label: string): string => {
    const at = lines.findIndex(
      (line) => new RegExp(`// .*${label}\\b`).test(line) && !/find/.test(line),
    );
    if (at < 0) throw new Error(`no line has ${label}`);
    return String(at + 1);
  };
  const found = [...text.matchAll(/^\/\/ find (.+)$/gm)].map(([, what = ""]) => what);
  if (found.length === 0) throw new Error("the program does not say what has to be found");
  return found
    .filter((what) => what !== "nothing")
    .map((what) => what.replace(/@\w+/g, lineOf))
    .sort();
}

/** A finding in the words of those comments. */
export function shownFinding({ kind, pattern, variable, accesses, place }: RaceFinding): string {
  if (kind !== "atomicity") return `${kind} ${place.line}`;
  const lines = (accesses ?? []).map((access) => access.place.line);
  return [pattern?.replaceAll("·", ""), variable?.split(" ")[0], ...lines].join(" ");
}

/** The options that the comment of a program gives. */
export function optionsOf(text: string): {
  readonly limits: Partial<RaceLimits>;
  readonly setup: RaceSetupOptions;
} {
  const words = /^\/\/ options: (.+)$/m.exec(text)?.[1]?.split(" ") ?? [];
  const values = (name: string) => words.filter((_, at) => words[at - 1] === `--${name}`);
  const numbers = (list = "") => list.split(",").map(Number);
  const [word] = values("word");
  return {
    limits: word === undefined ? {} : { wordBytes: Number(word) as 1 | 2 | 4 },
    setup: {
      handlers: values("isr").map((given) => {
        const [, name = "", number, priority = "1", predicate] =
          /^(\w+)=(\d+)(?::(\d+))?(?:\?(\w+))?$/.exec(given) ?? [];
        const handler = { name, number: Number(number), priority: Number(priority) };
        return predicate === undefined ? handler : { ...handler, predicate };
      }),
      inputs: values("input").map((given) => {
        const [name = "", list] = given.split("=");
        return { name, values: numbers(list) };
      }),
      devices: values("device").map((given) => {
        const [address, list] = given.split("=");
        return { address: Number(address), values: numbers(list) };
      }),
      models: values("model"),
    },
  };
}
