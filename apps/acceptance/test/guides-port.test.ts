import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, differences, mistakesOf } from "../src/guides.js";
import { makeProject, runExample, runNode, stepsOf } from "../src/guides-run.js";
import type { Scratch } from "../src/pack.js";

const portGuide = "docs/guides/port-a-chip-typescript.md";
const driverGuide = "docs/guides/bring-your-own-driver.md";

let project: Scratch;

beforeAll(() => {
  project = makeProject("guide-port");
});

afterAll(() => project.remove());

function exampleOf(guide: string, mark: string): string {
  const block = blocksOf(guide).find(
    ({ language, marks }) => language === "ts" && marks.includes(mark),
  );
  if (block === undefined) throw new Error(`${guide} has no block marked "${mark}"`);
  return block.code;
}

/** Puts a mistake into an example, in its first place. */
function withMistake(code: string, right: string, wrong: string): string {
  expect(code).toContain(right);
  return code.replace(right, () => wrong);
}

describe("the port of the TypeScript guide", () => {
  const code = exampleOf(portGuide, "vitest");

  it("passes under vitest, and prints what the guide shows", () => {
    writeFileSync(join(project.path, "ts24.test.ts"), code);
    const { status, output } = runNode(project.path, ["node_modules/vitest/vitest.mjs", "run"]);
    expect(status, output).toBe(0);
    const session = blocksOf(portGuide).find(
      ({ language, marks }) => language === "console" && marks.includes("vitest"),
    );
    const [step] = stepsOf(session?.code ?? "");
    expect(differences(step?.shown ?? "", output), output).toEqual([]);
  });

  it("fails as the guide shows, with the first mistake", () => {
    const [first] = mistakesOf(portGuide);
    const shown = blocksOf(portGuide).find(({ marks }) => marks.includes("fails"))?.code ?? "";
    expect(shown).toContain("law: ");
    const file = "mistaken.test.ts";
    writeFileSync(
      join(project.path, file),
      withMistake(code, first?.right ?? "", first?.wrong ?? ""),
    );
    const args = ["node_modules/vitest/vitest.mjs", "run", file, "-t", "READ-02"];
    const { status, output } = runNode(project.path, args);
    rmSync(join(project.path, file));
    expect(status).toBe(1);
    expect(differences(shown, output), output).toEqual([]);
  });

  /** The same board with the laws run by hand, so that one quick process shows what falls. */
  function byHand(test: string, only: readonly string[] = []): string {
    const own = test
      .replace('import { describeConformance } from "@escapement/conformance/vitest";', "")
      .replace("describeConformance(() =>", "const board = opened(() =>");
    return `import { runConformance } from "@escapement/conformance";
const opened = (make) => make();
${own}
const report = await runConformance(board${only.length > 0 ? `, { only: ${JSON.stringify(only)} }` : ""});
for (const { id, verdict } of report.laws) if (verdict !== "pass") console.log(id, verdict);
`;
  }

  it.each(mistakesOf(portGuide))("$right, as $wrong: $falls fall", ({ right, wrong, falls }) => {
    expect(falls.length).toBeGreaterThan(0);
    const mistaken = byHand(withMistake(code, right, wrong), falls);
    const { output } = runExample(project.path, "mistake", mistaken);
    for (const id of falls) expect(output).toContain(`${id} fail`);
  });

  it("is not caught with a compare that is 4 ticks late, as the guide warns", () => {
    const late = "chip.compare = (ticks + 4) % 2 ** 24";
    const { status, output } = runExample(
      project.path,
      "late",
      byHand(withMistake(code, "chip.compare = ticks", late)),
    );
    expect(status, output).toBe(0);
    expect(output).not.toContain("fail");
  });
});

describe("the down-counter of the TypeScript guide", () => {
  const code = exampleOf(portGuide, "run").replace(
    "console.log(report.summary);",
    'for (const { id, verdict } of report.laws) if (verdict === "fail") console.log(id, verdict);',
  );
  const rule = "(LAP - value) % LAP";
  const flag = 'overflowAt: "zero"';

  it.each([
    { place: flag, turned: rule, falls: false },
    { place: flag, turned: "LAP - 1 - value", falls: true },
    { place: 'overflowAt: "reload"', turned: rule, falls: true },
    { place: 'overflowAt: "reload"', turned: "LAP - 1 - value", falls: false },
  ])("$place, turned by $turned: falls is $falls", ({ place, turned, falls }) => {
    const changed = withMistake(withMistake(code, flag, place), rule, turned);
    const { status, output } = runExample(project.path, "down", changed);
    expect(status, output).toBe(0);
    const fallen = output.match(/^[A-Z]+-\d+ fail$/gm) ?? [];
    if (falls) expect(fallen).toContain("READ-02 fail");
    else expect(fallen).toEqual([]);
  });
});

describe("the driver of the driver guide", () => {
  const code = exampleOf(driverGuide, "run");

  it.each(mistakesOf(driverGuide))("$right, as $wrong: $falls fall", ({ right, wrong, falls }) => {
    expect(falls.length).toBeGreaterThan(0);
    const { output } = runExample(project.path, "driver", withMistake(code, right, wrong));
    for (const id of falls) expect(output).toMatch(new RegExp(`^${id} `, "m"));
  });
});
