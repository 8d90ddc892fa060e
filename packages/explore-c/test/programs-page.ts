import type { RaceResult } from "../src/index.js";
import { expectedFindings, shownFinding } from "./expectation.js";

/** A program of the tests, and what a search of it gave. */
export interface SearchedProgram {
  /** The file. */
  readonly name: string;
  /** Its text. */
  readonly text: string;
  /** What was found, and how far the search went. */
  readonly result: RaceResult;
}

const head = `# The programs that race is tested on

Each program says in its first lines what has to be found in it, written before the search was run on it. A test compares: every
planted bug is found, with a schedule that shows it again, and nothing else is. The test writes this page, and fails where it is
not what the search says: \`cd packages/explore-c && npx vitest run test/programs.test.ts -u\`.

A planted bug reads as \`RWW count 6 10 6\`: the kinds of three accesses, the variable, and their lines, the one in the middle by an
interrupt. *Bounded by* says within what the search is complete: handlers entered in one run, each at most twice; with inputs,
two of them unusual; the word's size where it is not 4 bytes.
`;

/** What the comment of a program says besides what has to be found. */
function aboutOf(text: string): string {
  const line = text.split("\n").find((each) => /^\/\/ (?!find |options: )/.test(each)) ?? "";
  if (line === "") throw new Error("the program does not say what is in it");
  return line.slice(3).replaceAll("|", "\\|");
}

function boundsOf({ text, result }: SearchedProgram): string {
  const { landings } = result.coverage;
  const options = /^\/\/ options: (.+)$/m.exec(text)?.[1];
  const handlers = `${landings} handler${landings === 1 ? "" : "s"}`;
  return options === undefined ? handlers : `${handlers}, \`${options}\``;
}

const code = (texts: readonly string[]): string => texts.map((each) => `\`${each}\``).join("<br>");

const linkOf = (name: string): string => `[${name}](../packages/explore-c/test/programs/${name})`;

function withBugs(programs: readonly SearchedProgram[]): readonly string[] {
  return programs.map((program) => {
    const { name, text, result } = program;
    const found = result.findings.map((finding) => [shownFinding(finding), finding.schedule]);
    found.sort(([one = ""], [other = ""]) => (one < other ? -1 : 1));
    const cells = [
      linkOf(name),
      aboutOf(text),
      code(expectedFindings(text)),
      code(found.map(([shown = ""]) => shown)),
      code(found.map(([, schedule = ""]) => schedule)),
      String(result.coverage.runs),
      boundsOf(program),
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

function withoutBugs(programs: readonly SearchedProgram[]): readonly string[] {
  return programs.map((program) => {
    const { name, text, result } = program;
    const found = result.findings.map(shownFinding);
    const cells = [
      linkOf(name),
      aboutOf(text),
      found.length === 0 ? "nothing" : code(found),
      String(result.coverage.runs),
      boundsOf(program),
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

/** The page of all programs. */
export function programsPage(programs: readonly SearchedProgram[]): string {
  const isClean = ({ text }: SearchedProgram): boolean => expectedFindings(text).length === 0;
  const clean = programs.filter(isClean);
  const buggy = programs.filter((each) => !isClean(each));
  const planted = buggy.reduce((sum, { text }) => sum + expectedFindings(text).length, 0);
  const found = programs.reduce((sum, { result }) => sum + result.findings.length, 0);
  return [
    head,
    `${programs.length} programs: ${planted} bugs planted in ${buggy.length} of them, ${found} found; ${clean.length} with nothing but what looks like one.\n`,
    "## With a bug\n",
    "| program | what is in it | planted | found | a shortest schedule | runs | bounded by |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...withBugs(buggy),
    "\n## With a false alarm planted\n",
    "| program | what only looks like a bug | found | runs | bounded by |",
    "| --- | --- | --- | --- | --- |",
    ...withoutBugs(clean),
    "",
  ].join("\n");
}
