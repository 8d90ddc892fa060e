import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimBoard } from "@escapement/board-sim";
import { openUnoBoard } from "@escapement/board-uno";
import { describeViolation, judgeTrace, lawEnv } from "@escapement/conformance";
import { type Board, program } from "@escapement/scenario";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type OpenQuestion,
  openQuestions,
  shownBy,
  unitOf,
} from "../src/evidence/open-questions.js";
import { buildNativeAgent, openNativeAgent } from "../src/native-agent.js";
import { makeListBoard } from "../src/second-hal/boards.js";
import { gccInstall, hasGcc } from "./tools.js";

async function holds(board: Board, question: OpenQuestion): Promise<void> {
  const description = board.describe();
  const made = question.program(unitOf(lawEnv(description)));
  const trace = await board.run(made);
  expect(shownBy(trace)).toEqual(question.shows);
  expect(judgeTrace(made, trace, description).map(describeViolation)).toEqual([]);
}

const cases = openQuestions.map(
  (question) => [`${question.rules.join(", ")}: ${question.title}`, question] as const,
);

const boards: Readonly<Record<string, () => Promise<Board>>> = {
  "the HAL in TypeScript": async () => createSimBoard({ profile: "rp2040" }),
  "the second HAL": async () => makeListBoard("avr16"),
  "the HAL in C on the Uno": () => openUnoBoard(),
};

describe.each(Object.entries(boards))("%s", (_, open) => {
  it.each(cases)("%s", async (_title, question) => {
    const board = await open();
    onTestFinished(() => board.close());
    await holds(board, question);
  });
});

it("the Uno states how late a handler is while service() counts missed periods (ARM-03)", async () => {
  const board = await openUnoBoard();
  onTestFinished(() => board.close());
  const { op, late } = lawEnv(board.describe());
  const made = program(({ main, timer, sweep, variable }) => {
    const soft = timer({ mode: "periodic", period: 1, dispatch: "soft" });
    const hard = timer({ mode: "one-shot", period: variable() });
    sweep({ from: 8 * late, count: 60, step: Math.ceil(op / 20) });
    main
      .start(soft)
      .start(hard)
      .sleep(8 * late)
      .service()
      .sleep(8 * late);
  });
  const trace = await board.run(made);
  expect(trace.records.filter(({ kind }) => kind === "expiry")).toHaveLength(120);
  expect(judgeTrace(made, trace, board.describe()).map(describeViolation)).toEqual([]);
});

describe.skipIf(!hasGcc())(`the HAL in C on this machine (${gccInstall})`, () => {
  it("gives the same outcome for every question", async () => {
    const folder = mkdtempSync(join(tmpdir(), "escapement-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const board = await openNativeAgent(buildNativeAgent(folder));
    onTestFinished(() => board.close());
    for (const [, question] of cases) await holds(board, question);
  });
});
