import { type Board, cleanLine, cleanText } from "@escapement/scenario";
import { afterAll, beforeAll, describe, test } from "vitest";
import { BoardRun } from "./_internal/board-run.js";
import { DriverDeadline, describeWithin } from "./_internal/driver-deadline.js";
import { openModule } from "./_internal/module-host.js";
import { type ConformanceError, conformanceErrors } from "./conformance-errors.js";
import type { Law, LawEnv } from "./law.js";
import { lawEnv } from "./law-env.js";
import type { LawResult } from "./report.js";
import { failureProgram, failureTimeline } from "./reporters/failure.js";
import { type LawSelection, selectLaws, skippedLaws } from "./select-laws.js";

/** Options of the binding. */
export interface DescribeConformanceOptions extends LawSelection {
  /** The suite's title; `timer conformance` when absent. */
  readonly name?: string;
  /** Most milliseconds of host time for one law; 60 000 when absent. Vitest's limit for the test lies 40 s beyond. */
  readonly timeoutMs?: number;
}

/**
 * Vitest's own limit comes this much later, so that the law's deadline is the one that is reported, and a
 * board has time to come back from a fault.
 */
const marginMs = 40_000;

/**
 * Registers one vitest test for each law, titled `STOP-04 …`, against one board: that of a module, by
 * its URL, whose default export is a board or a function that makes one; or what a function makes here.
 *
 * The board of a module lives in a thread: whatever its driver does, it costs one test at most. A board
 * made here shares the test's thread: a driver that does not return is ended there as well, by Node, and
 * so is one that eats its way through the memory, but together with vitest's own process.
 *
 * The board is made before the first law and closed after the last. A law whose capability the
 * board lacks is a skipped test that names it. A broken law fails with what was found and the
 * trace around it; a board or line that fails is distinguished by `infrastructure` and its code.
 * Call it at the top of a test file or inside a `describe`.
 *
 * @throws ConformanceError `unknown-law` when `only` names a law that is not there.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { describeConformance } from "@escapement/conformance/vitest";
 *
 * describeConformance(new URL("./my-board.ts", import.meta.url));
 * describeConformance(() => createSimBoard({ profile: "avr16" }), { name: "made here" });
 * ```
 */
export function describeConformance(
  target: URL | string | (() => Board | Promise<Board>),
  options: DescribeConformanceOptions = {},
): void {
  const laws = selectLaws(options);
  const skip = skippedLaws(options);
  const timeoutMs = options.timeoutMs ?? 60_000;
  const driver = new DriverDeadline(timeoutMs);
  describe(options.name ?? "timer conformance", () => {
    let opened: { readonly board: Board; readonly env: LawEnv; readonly run: BoardRun } | undefined;

    beforeAll(async () => {
      const board = await (typeof target === "function" ? target() : openModule(target));
      const env = lawEnv(describeWithin(board, driver));
      opened = { board, env, run: new BoardRun(board, env, { driver, skip, timeoutMs }) };
    });

    afterAll(async () => {
      await opened?.board.close();
    });

    for (const law of laws) {
      test(`${law.id} ${law.title}`, { timeout: timeoutMs + marginMs }, async (context) => {
        if (opened === undefined) throw conformanceErrors.noBoard();
        const result = await opened.run.law(law, context.signal);
        if (result.verdict === "skip") context.skip(cleanLine(result.reason ?? ""));
        if (result.verdict !== "pass") throw verdictError(law, result, opened.env);
      });
    }
  });
}

/** Vitest prints messages as they are, and a board may have had a say in them: each text is cleaned. */
function verdictError(law: Law, result: LawResult, env: LawEnv): ConformanceError {
  const { board } = env;
  const reason = cleanText(result.reason ?? "");
  const common = { law: law.id, board: cleanText(board.name), reason };
  if (result.verdict === "error") {
    const hint = cleanText(result.hint ?? "");
    const failed = { ...common, advice: hint === "" ? "" : `\n${hint}` };
    return result.code === "law-fault"
      ? conformanceErrors.lawFault(failed)
      : conformanceErrors.noVerdict({ ...failed, hint });
  }
  const about = { description: board };
  const timeline = [...failureProgram(about, result), ...failureTimeline(about, result)];
  return conformanceErrors.lawBroken({
    ...common,
    statement: law.statement,
    timeline: timeline.map((line) => `\n${cleanText(line)}`).join(""),
    origin: law.origin.join("; "),
  });
}
