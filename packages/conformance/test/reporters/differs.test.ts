import type { StatedSemantics } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  htmlReport,
  jsonReport,
  junitReport,
  type RandomReport,
  randomHtmlReport,
  randomJsonReport,
  randomTerminal,
  runConformance,
  terminalTable,
} from "../../src/index.js";
import { randomJunitReport } from "../../src/reporters/random/random-junit.js";
import { catalogue, description, expiries, FakeBoard } from "../fakes.js";

const semantics: StatedSemantics = {
  equalDeadlines: { is: "lifo", source: "chvt.c <insert>\u0007" },
  maxOverruns: { is: 65_535, source: "esc_hal.h" },
  partialTick: { is: "waited", source: "as the contract" },
};

const plain = description({ name: "chibios" });
const capabilities = [...plain.capabilities, "overrun-policy"] as const;
const about = (stated?: StatedSemantics) => ({
  ...plain,
  capabilities,
  ...(stated && { semantics: stated }),
});

async function reportOf(stated?: StatedSemantics) {
  return runConformance(new FakeBoard(() => expiries(500), about(stated)), { laws: catalogue });
}

const random = (stated?: StatedSemantics): RandomReport => ({
  board: "chibios",
  description: about(stated),
  generatorVersion: 1,
  seed: 1,
  programs: 10,
  durationMs: 1,
  failures: [],
});

describe("what a board states otherwise stands once in each report, with its source", () => {
  it("terminal", async () => {
    const rows = [
      "chibios states that it differs from the contract:",
      "  what differs                                 here      contract  rules   source",
      "  order of equal deadlines (equalDeadlines)    lifo      fifo      ARM-14  chvt.c <insert>",
      "  where counting overruns ends (maxOverruns)   2^16 - 1  2^32 - 1  PER-16  esc_hal.h",
    ];
    for (const text of [
      terminalTable([await reportOf(semantics)]),
      randomTerminal([random(semantics)]),
    ]) {
      const lines = text.split("\n").map((line) => line.replace(/\s+/g, " "));
      for (const row of rows) expect(lines.join("\n")).toContain(row.replace(/\s+/g, " "));
      expect(text).not.toContain("\u0007");
      expect(text).not.toContain("partialTick");
    }
  });

  it("JSON", async () => {
    for (const text of [
      jsonReport([await reportOf(semantics)]),
      randomJsonReport([random(semantics)]),
    ]) {
      const [board] = (JSON.parse(text) as { boards: { differs?: unknown[] }[] }).boards;
      expect(board?.differs).toEqual([
        {
          member: "equalDeadlines",
          about: "order of equal deadlines",
          board: "lifo",
          contract: "fifo",
          rules: ["ARM-14"],
          source: "chvt.c <insert>\u0007",
        },
        expect.objectContaining({ member: "maxOverruns", board: 65_535 }),
      ]);
    }
  });

  it("JUnit", async () => {
    for (const text of [
      junitReport([await reportOf(semantics)]),
      randomJunitReport([random(semantics)]),
    ]) {
      expect(text).toContain(
        'name="differs.equalDeadlines" value="lifo, in the contract fifo (chvt.c',
      );
      expect(text).toContain('name="differs.maxOverruns"');
      expect(text).not.toContain("differs.partialTick");
    }
  });

  it("HTML", async () => {
    for (const text of [
      htmlReport([await reportOf(semantics)]),
      randomHtmlReport([random(semantics)]),
    ]) {
      expect(text).toContain("What boards state otherwise");
      expect(text).toContain(
        "<td>order of equal deadlines (equalDeadlines)</td><td>lifo</td><td>fifo</td>",
      );
      expect(text).toContain("chvt.c &lt;insert&gt;");
    }
  });

  it("and nowhere where it states nothing", async () => {
    const report = await reportOf();
    const texts = [
      terminalTable([report]),
      jsonReport([report]),
      junitReport([report]),
      htmlReport([report]),
      randomTerminal([random()]),
      randomJsonReport([random()]),
      randomHtmlReport([random()]),
    ];
    for (const text of texts) expect(text).not.toMatch(/differs|otherwise/);
  });
});
