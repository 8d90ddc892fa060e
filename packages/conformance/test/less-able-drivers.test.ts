import { readFileSync } from "node:fs";
import { type Board, createBoard, program } from "@escapement/scenario";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { makeListBoard } from "../../../apps/bug-museum/src/second-hal/boards.js";
import { type BoardReport, laws, runConformance } from "../src/index.js";
import { PlainWorld, type PlainWorldOptions } from "./plain-world.js";

function plainBoard(name: string, options: PlainWorldOptions = {}, counterBits = 24): Board {
  return createBoard({
    name,
    counterBits,
    frequencyHz: 1_000,
    latencies: { lateTicks: 1, minDeltaTicks: 1, opTicks: 1 },
    fastForward: true,
    exceptions: false,
    boot: () => new PlainWorld(options),
  });
}

/** The driver of the scenario package's README, as it stands there. */
async function readmeBoard(): Promise<Board> {
  const page = readFileSync(new URL("../../scenario/README.md", import.meta.url), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const whole = example.replace(/import \{[\s\S]*?\} from "@escapement\/scenario";/, "");
  const { outputText } = ts.transpileModule(whole, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const body = `return (async () => { ${outputText}\nreturn board; })();`;
  const run = new Function("createBoard", "program", "console", body);
  return (await run(createBoard, program, { log: () => {} })) as Board;
}

const bad = ({ laws: results }: BoardReport) =>
  results
    .filter(({ verdict }) => verdict === "fail" || verdict === "error")
    .map(({ id, reason }) => `${id}: ${reason}`);

/** The reasons of a report's skips that speak of this. */
const skips = ({ laws: results }: BoardReport, of: RegExp) =>
  results
    .filter(({ verdict, reason }) => verdict === "skip" && of.test(reason ?? ""))
    .map(({ id }) => id as string);

const anyOrder = { semantics: { equalDeadlines: { is: "any", source: "its list" } } } as const;

const withPeriods = laws.filter((law) => law.needs.includes("periodic"));

describe("a sound driver that can do less breaks no law, and its skips name the reason", () => {
  it("with all that this one can have", async () => {
    const report = await runConformance(plainBoard("plain"));
    expect(bad(report)).toEqual([]);
    expect(report.summary.pass).toBeGreaterThan(40);
    expect(skips(report, /periodic|delays|equal/)).toEqual([]);
  });

  it.each([undefined, false])("with one-shots only, stated as %s", async (periodic) => {
    const stated = periodic === undefined ? {} : { periodic };
    const report = await runConformance(plainBoard("one-shot", { oneShotOnly: true, ...stated }));
    expect(bad(report)).toEqual([]);
    expect(skips(report, /\bperiodic\b/)).toEqual(withPeriods.map(({ id }) => id));
    expect(report.summary.pass).toBeGreaterThan(20);
  });

  it.each([2 ** 24 - 1, 2 ** 24 - 3, 2 ** 23, 5_000, 255])(
    "with a longest delay of %i",
    async (maxDelayTicks) => {
      const report = await runConformance(plainBoard("short", { maxDelayTicks }));
      expect(bad(report)).toEqual([]);
      const lacking = skips(report, /^needs delays of \d+ ticks \(the longest here is \d+\)$/);
      expect(lacking).toContain("ARM-09");
      expect(lacking).toContain("PER-12");
      if (maxDelayTicks >= 2 ** 23) {
        expect(lacking).toEqual(["ARM-09", "PER-12"]);
        // What still means something is asked: the longest there is, and not a lap.
        const passed = report.laws.filter(({ verdict }) => verdict === "pass").map(({ id }) => id);
        expect(passed).toEqual(expect.arrayContaining(["ARM-10", "PER-11"]));
      }
    },
  );

  it("with equal deadlines in any order, where it says so", async () => {
    for (const profile of ["avr16", "prescaled8", "stm32"] as const) {
      const board = makeListBoard(profile, ["equal-deadlines-reversed"], anyOrder);
      const report = await runConformance(board);
      expect(bad(report)).toEqual([]);
      expect(skips(report, /^differs: equalDeadlines is any$/)).toEqual([
        "STOP-30",
        "STOP-31",
        "PER-22",
      ]);
    }
  });

  it("with whole ticks, where a start is at the edge of a tick", async () => {
    const report = await runConformance(plainBoard("whole", { partialTicks: 0 }, 32));
    expect(bad(report)).toEqual([]);
  });

  it("the README's own, as small as it gets", async () => {
    const report = await runConformance(await readmeBoard());
    expect(bad(report)).toEqual([]);
    expect(report.summary.pass).toBeGreaterThan(40);
  });
});

describe("what is asked of the less able is not nothing", () => {
  it("equal deadlines are held to the order of arming where nothing else is stated", async () => {
    const board = makeListBoard("avr16", ["equal-deadlines-reversed"]);
    const report = await runConformance(board, { only: ["ARM-14"] });
    expect(report.laws[0]?.verdict).toBe("fail");
  });

  it.each(["STOP-12", "ARM-27", "CALL-11"] as const)(
    "%s still rejects its own bug where the order is open",
    async (id) => {
      const bugs = { "STOP-12": "due-beats-stop", "ARM-27": "late-compare-unnoticed" } as const;
      const bug = id === "CALL-11" ? "free-leaves-it-queued" : bugs[id];
      const board = makeListBoard("avr16", ["equal-deadlines-reversed", bug], anyOrder);
      const report = await runConformance(board, { only: [id] });
      expect(report.laws[0]?.verdict).toBe("fail");
    },
  );

  it("no law asks a one-shot-only board for a period", async () => {
    const board = plainBoard("one-shot", { oneShotOnly: true });
    const report = await runConformance(board);
    const asked = report.laws.filter(({ verdict, id }) => {
      const { needs } = laws.find((law) => law.id === id) ?? { needs: [] };
      return verdict === "skip" && !needs.some((need) => need !== "periodic");
    });
    for (const { reason } of asked) expect(reason).toBe("needs periodic");
  });
});
