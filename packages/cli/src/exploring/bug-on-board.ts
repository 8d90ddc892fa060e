import { createSimBoard } from "@escapement/board-sim";
import { type MuseumBug, makeBugBoard } from "@escapement/bug-museum";
import { runConformance, terminalTable } from "@escapement/conformance";
import type { CommandIo } from "../command-io.js";

/** What a bug did on a simulated board. */
export interface BugOnBoard {
  /** Whether the law that owns it failed with the bug. */
  readonly fails: boolean;
  /** Whether it holds without. */
  readonly holdsWithout: boolean;
  /** The law's report with the bug, as `conform` prints it. */
  readonly text: string;
}

/**
 * Runs the law that owns a bug on the simulated board with the bug and without: for bugs that need
 * the time that accesses take, of which there is none in a search.
 */
export async function bugOnBoard(io: CommandIo, bug: MuseumBug): Promise<BugOnBoard> {
  const { owner, profile } = bug;
  const only = { only: [owner] };
  const report = await runConformance(await makeBugBoard(bug), only);
  const without = await runConformance(createSimBoard({ profile }), only);
  const { columns } = io.stdout;
  return {
    fails: report.summary.fail > 0,
    holdsWithout: without.summary.pass > 0,
    text: terminalTable([report], { columns, styler: io.stdout.style }),
  };
}
