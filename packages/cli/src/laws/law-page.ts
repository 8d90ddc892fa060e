import { createSimBoard, type SimProfileName } from "@escapement/board-sim";
import { museum } from "@escapement/bug-museum";
import {
  describeProgram,
  type Law,
  type LawResult,
  lawEnv,
  runConformance,
} from "@escapement/conformance";
import type { BoardDescription } from "@escapement/scenario";
import { lawAddress, timelineText, traceTimeline } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import { twoColumns } from "../two-columns.js";

/** Boards on which a law is shown: the first that has all that it needs. */
const profiles: readonly SimProfileName[] = ["avr16", "systick24"];

/** Lines of a program and of a drawing. */
const programMax = 40;
const drawingMax = 16;

/** A law as it was run for its page. */
interface ShownRun {
  readonly board: BoardDescription;
  readonly result: LawResult;
}

/**
 * All about one law: what it asks for, its program in words, what happens in it on a simulated board, the bugs
 * that it rejects, where it comes from, and the commands that go on from there.
 */
export async function lawPage({ stdout }: CommandIo, law: Law): Promise<string> {
  const { columns, style } = stdout;
  const title = (text: string): string => style("title", text);
  const bugs = museum.filter(({ owner }) => owner === law.id);
  const ran = await shownRun(law);
  const facts: [string, string][] = [
    ["rules", law.rules.join(", ")],
    ["needs", law.needs.length === 0 ? "nothing beyond a timer" : law.needs.join(", ")],
    ...law.origin.map((origin, index): [string, string] => [index === 0 ? "origin" : "", origin]),
    ["page", lawAddress(law.id) ?? ""],
  ];
  const blocks = [
    [title(`${law.id}  ${law.title}`), "", `  ${law.statement}`],
    twoColumns(facts, { columns }),
    ...(ran === undefined ? [] : runBlocks(law, ran, columns, title)),
    bugs.length === 0
      ? []
      : [
          title("Bugs that it rejects"),
          ...twoColumns(
            bugs.map((bug) => [bug.name, bug.title]),
            { columns },
          ),
        ],
    [
      title("Next"),
      `  escapement conform sim --only ${law.id}`,
      ...bugs.slice(0, 1).map(({ name }) => `  escapement bugs ${name}`),
    ],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

async function shownRun(law: Law): Promise<ShownRun | undefined> {
  for (const profile of profiles) {
    const board = createSimBoard({ profile });
    const report = await runConformance(board, { laws: [law], keepTraces: "all" });
    await board.close();
    const [result] = report.laws;
    if (report.description === undefined || result === undefined) continue;
    if (result.verdict !== "skip") return { board: report.description, result };
  }
  return undefined;
}

function runBlocks(
  law: Law,
  { board, result }: ShownRun,
  columns: number,
  title: (text: string) => string,
): string[][] {
  // A law of random programs has no program of its own.
  const program =
    law.programs === undefined
      ? describeProgram(law.program(lawEnv(board)), board.frequencyHz)
      : [];
  const more = program.length - programMax;
  const { iteration } = result;
  return [
    program.length === 0
      ? []
      : [
          title(`The program, for ${board.name}`),
          ...program.slice(0, programMax).map((line) => `  ${line}`),
          ...(more > 0 ? [`  … ${more} more lines`] : []),
        ],
    iteration === undefined || law.programs !== undefined
      ? []
      : timelineText(
          traceTimeline({
            title: `What happens on ${board.name}, iteration ${iteration.number} of ${iteration.count}`,
            records: iteration.records,
            frequencyHz: board.frequencyHz,
          }),
          { width: columns - 2, linesMax: drawingMax },
        ).map((line, index) => (index === 0 ? title(line) : `  ${line}`)),
  ];
}
