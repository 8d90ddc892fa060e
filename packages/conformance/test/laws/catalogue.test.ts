import { readdirSync, readFileSync } from "node:fs";
import { createSimBoard } from "@escapement/board-sim";
import { type BoardDescription, encodeProgram, encodeTrace } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";
import { missingNeeds } from "../../src/missing-needs.js";
import { missing, profileNames, runLaw } from "./support.js";

interface Rule {
  readonly id: string;
  readonly judgedBy: readonly string[];
  readonly origin: string;
}

const contract = readFileSync(new URL("../../../../docs/contract.md", import.meta.url), "utf8");

/** The rows of the contract's tables. */
const rules: readonly Rule[] = contract.split("\n").flatMap((line) => {
  const cells = line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim());
  const [id = "", , , judgedBy = "", origin = ""] = cells;
  return /^[A-Z]+-\d\d$/.test(id) ? [{ id, judgedBy: judgedBy.split(", "), origin }] : [];
});

/** A board as small as the catalogue has to fit on: a 16-bit chip with 2 KB of memory. */
function smallBoard(): BoardDescription {
  const lacks = ["nesting", "exceptions", "fast-forward"];
  const board = createSimBoard({ profile: "systick24" }).describe();
  return {
    ...board,
    name: "small",
    counterBits: 16,
    frequencyHz: 16_000_000,
    timers: 8,
    maxDelayTicks: 2 ** 31 - 2 ** 16,
    capabilities: board.capabilities.filter((each) => !lacks.includes(each)),
    latencies: { lateTicks: 1500, minDeltaTicks: 48, opTicks: 2500 },
    reference: { frequencyHz: 16_000_000, modulusTicks: 64_256 },
  };
}

describe("the catalogue", () => {
  it("has one law for each rule that the contract says a law judges, in the contract's order", () => {
    const judged = rules.filter((rule) => rule.judgedBy.includes("law")).map((rule) => rule.id);
    expect(judged).toContain("STOP-04");
    expect(laws.map((law) => law.id)).toEqual(judged);
    expect(laws.flatMap((law) => law.rules)).toEqual(judged);
  });

  it("keeps each law in the file that its id names", () => {
    const folder = new URL("../../src/laws/", import.meta.url);
    const found: string[] = [];
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const text = path.endsWith(".ts") ? readFileSync(new URL(path, folder), "utf8") : "";
      const ids = [...text.matchAll(/^ {4}id: "([A-Z]+-\d\d)",$/gm)].map(([, id = ""]) => id);
      const [, family = "", first = "", last = first] =
        /([a-z]+)-(\d\d)(?:-to-(\d\d))?-[a-z-]+\.ts$/.exec(path) ?? [];
      const range = [`${family}-${first}`.toUpperCase(), `${family}-${last}`.toUpperCase()];
      if (ids.length > 0) expect([ids[0], ids.at(-1)], path).toEqual(range);
      found.push(...ids);
    }
    expect(found.sort()).toEqual(laws.map((law) => law.id).sort());
  });

  it("gives each law the contract's origin, a title and a one-sentence statement", () => {
    for (const law of laws) {
      const rule = rules.find((each) => each.id === law.id);
      const origin = rule?.origin.replace(/[`*]/g, "").split("; ");
      expect(law.origin, law.id).toEqual(origin);
      expect(law.title.length, law.id).toBeLessThanOrEqual(48);
      expect(law.statement, law.id).toMatch(/^\S[^\n]*[^.]\.$/);
    }
  });

  it("builds equal programs for equal boards", () => {
    const env = lawEnv(smallBoard());
    for (const law of laws) expect(law.program(env), law.id).toEqual(law.program(env));
  });

  it("fits a small board: 352 bytes of program, 8 timers, delays that it has", () => {
    const small = smallBoard();
    const env = lawEnv(small);
    for (const law of laws) {
      const program = law.program(env);
      expect(encodeProgram(program).length, law.id).toBeLessThanOrEqual(352);
      expect(program.timers.length, law.id).toBeLessThanOrEqual(8);
      for (const { period } of program.timers) {
        const ticks = typeof period === "number" ? period : period.offset;
        expect(ticks, law.id).toBeLessThanOrEqual(small.maxDelayTicks);
      }
    }
  });

  it("skips at most one law in twenty on a chip without nesting, exceptions and fast-forward", () => {
    const skipped = laws.filter((law) => missingNeeds(law, smallBoard()).length > 0);
    expect(skipped.length * 20).toBeLessThanOrEqual(laws.length);
  });
});

for (const profile of profileNames) {
  describe(`sim:${profile} keeps every law`, () => {
    const board = createSimBoard({ profile });
    for (const law of laws) {
      it(`${law.id} ${law.title}`, async (context) => {
        const lacks = missing(law, board);
        context.skip(lacks.length > 0, `needs ${lacks.join(", ")}`);
        const { findings, trace } = await runLaw(law, board);
        expect(findings).toEqual([]);
        expect(encodeTrace(trace).length).toBeGreaterThan(0);
      });
    }
  });
}

describe("other seeds", () => {
  // The seed decides where inside a tick things fall.
  for (const seed of [2, 3, 5, 8]) {
    it(`no law depends on the seed: sim --seed ${seed}`, async () => {
      for (const profile of profileNames) {
        const board = createSimBoard({ profile, seed });
        for (const law of laws) {
          if (missing(law, board).length > 0) continue;
          const { findings } = await runLaw(law, board);
          const replay = `escapement conform sim:${profile} --seed ${seed} --only ${law.id}`;
          expect(findings, replay).toEqual([]);
        }
      }
    });
  }
});

describe("hardware that is less than ideal", () => {
  it("jitter and stalls that the board states break no law", async () => {
    const models = {
      latency: { maxCycles: 40 },
      stall: { everyCycles: 5_000, maxCycles: 50 },
    };
    for (const profile of profileNames) {
      const board = createSimBoard({ profile, models });
      for (const law of laws) {
        if (missing(law, board).length > 0) continue;
        const { findings } = await runLaw(law, board);
        expect(findings, `${law.id} on ${profile}`).toEqual([]);
      }
    }
  });
});
