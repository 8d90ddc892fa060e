import { beforeAll, describe, expect, it } from "vitest";
import {
  exploreUno,
  type FreshCoverage,
  summarizeUno,
  type UnoReport,
  type UnoUnitReport,
  unoCoveragePage,
} from "../src/index.js";
import { handlersAtOnce, readsAtTurn, stopAtExpiry, withoutRecheck } from "./support.js";

const slackTicks = 300;
// Only the last one does not set the counter's phase.
const searchAll = () =>
  exploreUno([stopAtExpiry(3), readsAtTurn(2), handlersAtOnce()], { slackTicks });
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, " ");

/** The cells of the row that begins with a name. */
function row(page: string, name: string): readonly string[] {
  const line = page.split("\n").find((each) => each.startsWith(`| ${name} |`));
  return (
    line
      ?.split("|")
      .slice(2, -1)
      .map((cell) => cell.trim()) ?? []
  );
}

function withFresh(fresh: FreshCoverage) {
  return (unit: UnoUnitReport): UnoUnitReport => ({
    ...unit,
    coverage: { ...unit.coverage, fresh },
  });
}

describe("the page of a search of the Uno", () => {
  let report: UnoReport;
  let page: string;
  beforeAll(async () => {
    report = await searchAll();
    page = unoCoveragePage(report);
  });

  it("is the same for the same search, byte for byte", async () => {
    expect(unoCoveragePage(await searchAll())).toBe(page);
    expect(page).toMatch(/^# What the search of the firmware covered\n\n[^\n]/);
    expect(page).toMatch(/\|\n$/);
    expect(page).not.toMatch(/\n\n\n|[ \t]\n/);
  });

  it("has a row for each program, in their order", () => {
    const names = ["STOP-06 in small", "READ-04 in small", "STOP-07 in small"];
    expect([...page.matchAll(/^\| (\S+ in small) \|/gm)].map(([, name]) => name)).toEqual(names);
    for (const { name, coverage, findings } of report.units) {
      const { cases, points, holds, schedules, pruned, addresses } = coverage;
      const { withEvent, withWrap, armed, withMatch } = coverage;
      const counts = [cases, points, holds, schedules, pruned, addresses];
      const reached = [withEvent, withWrap, armed, withMatch, findings.length];
      expect(row(page, name)).toEqual([...counts, ...reached].map(grouped));
    }
  });

  it("adds up the programs, and counts an address of several of them once", () => {
    const summary = summarizeUno(report);
    const sum = (name: "cases" | "points" | "schedules" | "pruned" | "holds" | "addresses") =>
      report.units.reduce((total, { coverage }) => total + coverage[name], 0);
    const totals = {
      laws: 3,
      cases: sum("cases"),
      points: sum("points"),
      "schedules run": sum("schedules"),
      "schedules pruned": sum("pruned"),
      holds: sum("holds"),
      addresses: summary.addresses,
      "addresses with an event": summary.withEvent,
      "addresses with the wrap": summary.withWrap,
      "addresses with a timer pending": summary.armed,
      "addresses with its match": summary.withMatch,
      paths: summary.paths,
      "paths with the wrap": summary.pathsWithWrap,
      findings: 0,
      bound: 1,
      "slack, in ticks": slackTicks,
    };
    expect(totals.holds).toBeGreaterThan(0);
    expect(totals.addresses).toBeLessThan(sum("addresses"));
    for (const [what, count] of Object.entries(totals)) {
      expect(row(page, what), what).toEqual([grouped(count)]);
    }
    expect(row(page, "emulator")).toEqual(["corrected"]);
  });

  it("names the functions with gaps, and says what is not covered and why", () => {
    const { gaps, addresses, withWrap, armed, withMatch } = summarizeUno(report);
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) {
      const counts = [gap.addresses, gap.withoutWrap, gap.withoutEvent].map(grouped);
      expect(row(page, `\`${gap.function}\``)).toEqual(counts);
    }
    expect(withMatch).toBeLessThan(armed);
    const matches = `${grouped(armed - withMatch)} of ${grouped(armed)} addresses`;
    expect(page).toContain(`- The match of a pending timer before ${matches}.`);
    const wraps = `${grouped(addresses - withWrap)} of ${grouped(addresses)} addresses`;
    expect(page).toContain(`- The wrap before ${wraps},`);
    expect(page).toContain("- What takes more than one move in a run.\n");
  });

  it("leaves out what there is not", () => {
    const functions = { esc_now: [[0x100, 31] as const] };
    const fresh = { functions, contexts: [], reached: [], wrapped: [] };
    const covered = unoCoveragePage({ ...report, units: report.units.map(withFresh(fresh)) });
    expect(covered).not.toMatch(/- The |Functions/);
    expect(covered).toContain("What is not covered:\n\n- What takes more");
  });

  it("says so when the search was ended early, and how far two moves may reach", () => {
    expect(page).not.toContain("to its end");
    const ended = { ...report, units: report.units.slice(1) };
    expect(unoCoveragePage(ended)).toContain("did not come to its end");
    expect(page).toContain(": once in a run, for at most 300 ticks.\n");
    const limits = { ...report.limits, bound: 2 } as const;
    const pairs = unoCoveragePage({ ...report, limits, slackTicks: 1024 });
    expect(pairs).toContain(": once or twice in a run, for at most 1 024 ticks in all.\n");
    expect(row(pairs, "bound")).toEqual(["2"]);
  });

  it("separates thousands by a space, and keeps a name with a bar in its cell", () => {
    const units = report.units.slice(0, 1).map((unit) => ({
      ...unit,
      name: "a|b",
      coverage: { ...unit.coverage, points: 1_234_567 },
    }));
    const long = unoCoveragePage({ ...report, units });
    expect(row(long, "points")).toEqual(["1 234 567"]);
    expect(long).toMatch(/^\| a&#124;b \| \d+ \| 1 234 567 \|/m);
  });

  it("counts what a search of a broken firmware finds (READ-04)", async () => {
    const broken = await exploreUno([readsAtTurn()], {
      ...withoutRecheck,
      slackTicks,
      limits: { findingsMax: 3 },
    });
    const findings = broken.units[0]?.findings.length ?? 0;
    expect(findings).toBe(3);
    const written = unoCoveragePage(broken);
    expect(row(written, "findings")).toEqual(["3"]);
    expect(row(written, "READ-04 in small").at(-1)).toBe("3");
    expect(written).toContain("did not come to its end");
  });
});
