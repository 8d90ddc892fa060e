import { beforeAll, describe, expect, it } from "vitest";
import { exploreUno, type UnoReport, unoCoveragePage } from "../src/index.js";
import { handlersAtOnce, readsAtTurn, stopAtExpiry, withoutRecheck } from "./support.js";

const slackTicks = 300;
// Only the last one leaves the counter's phase to the sweep.
const sweepAll = () =>
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

describe("the page of a sweep", () => {
  let report: UnoReport;
  let page: string;
  beforeAll(async () => {
    report = await sweepAll();
    page = unoCoveragePage(report);
  });

  it("is the same for the same sweep, byte for byte", async () => {
    expect(unoCoveragePage(await sweepAll())).toBe(page);
    expect(page).toMatch(/^# What the sweep of the firmware went through\n\n[^\n]/);
    expect(page).toMatch(/\|\n$/);
    expect(page).not.toMatch(/\n\n\n|[ \t]\n/);
  });

  it("has a row for each case, in their order", () => {
    const names = ["STOP-06 in small", "READ-04 in small", "STOP-07 in small"];
    expect([...page.matchAll(/^\| (\S+ in small) \|/gm)].map(([, name]) => name)).toEqual(names);
    for (const each of report.cases) {
      const { iterations, points, phases, placed, equivalent, addresses } = each;
      const { addressesPlaced, wrapPlaced, matchArmed, matchPlaced, findings } = each;
      const counts = [iterations, points, phases, placed, equivalent, addresses];
      const reached = [addressesPlaced, wrapPlaced, matchArmed, matchPlaced, findings.length];
      expect(row(page, each.name)).toEqual([...counts, ...reached].map(grouped));
    }
  });

  it("adds up the cases, and takes what is told apart by address from the whole", () => {
    const sum = (name: "iterations" | "points" | "placed" | "equivalent" | "phases") =>
      report.cases.reduce((total, each) => total + each[name], 0);
    const totals = {
      laws: 3,
      iterations: sum("iterations"),
      instructions: sum("points"),
      "placements run": sum("placed"),
      "placements pruned": sum("equivalent"),
      phases: sum("phases"),
      addresses: report.addresses,
      "addresses with an event": report.addressesPlaced,
      "addresses with the wrap": report.wrapPlaced,
      "addresses with a timer pending": report.matchArmed,
      "addresses with its match": report.matchPlaced,
      paths: report.paths,
      "paths with the wrap": report.pathsWrapped,
      violations: 0,
      bound: 1,
      "slack, in ticks": slackTicks,
    };
    expect(totals.phases).toBeGreaterThan(0);
    for (const [what, count] of Object.entries(totals)) {
      expect(row(page, what), what).toEqual([grouped(count)]);
    }
    expect(row(page, "emulator")).toEqual(["corrected"]);
  });

  it("names the functions with gaps, and says what is not covered and why", () => {
    const { gaps, addresses, wrapPlaced, matchArmed, matchPlaced } = report;
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) {
      const counts = [gap.addresses, gap.noWrap, gap.unplaced].map(grouped);
      expect(row(page, `\`${gap.function}\``)).toEqual(counts);
    }
    expect(matchPlaced).toBeLessThan(matchArmed);
    const matches = `${grouped(matchArmed - matchPlaced)} of ${grouped(matchArmed)} addresses`;
    expect(page).toContain(`- The match of a pending timer before ${matches}.`);
    const wraps = `${grouped(addresses - wrapPlaced)} of ${grouped(addresses)} addresses`;
    expect(page).toContain(`- The wrap before ${wraps},`);
    expect(page).toContain("- What takes more than one event placed in a run.\n");
  });

  it("leaves out what there is not", () => {
    const { addresses, matchArmed } = report;
    const whole = { addressesPlaced: addresses, wrapPlaced: addresses, matchPlaced: matchArmed };
    const covered = unoCoveragePage({ ...report, ...whole, gaps: [] });
    expect(covered).not.toMatch(/- The |Functions/);
    expect(covered).toContain("What is not covered:\n\n- What takes more");
  });

  it("says so when the sweep was ended early, and how far two placements may reach", () => {
    expect(page).not.toContain("to its end");
    expect(unoCoveragePage({ ...report, finished: false })).toContain("was not done to its end");
    expect(page).toContain(": once in a run, for at most 300 ticks.\n");
    const pairs = unoCoveragePage({ ...report, bound: 2, slackTicks: 1024 });
    expect(pairs).toContain(": once or twice in a run, for at most 1 024 ticks in all.\n");
    expect(row(pairs, "bound")).toEqual(["2"]);
  });

  it("parts thousands by a space, and keeps a name with a bar in its cell", () => {
    const [first] = report.cases;
    const cases = first === undefined ? [] : [{ ...first, name: "a|b", points: 1_234_567 }];
    const long = unoCoveragePage({ ...report, cases, paths: 10_093 });
    expect(row(long, "paths")).toEqual(["10 093"]);
    expect(row(long, "instructions")).toEqual(["1 234 567"]);
    expect(long).toMatch(/^\| a&#124;b \| \d+ \| 1 234 567 \|/m);
  });

  it("counts what a sweep of a broken firmware finds (READ-04)", async () => {
    const broken = await exploreUno([readsAtTurn()], {
      ...withoutRecheck,
      slackTicks,
      stopAfter: 3,
    });
    const findings = broken.cases[0]?.findings.length ?? 0;
    expect(findings).toBe(3);
    const told = unoCoveragePage(broken);
    expect(row(told, "violations")).toEqual(["3"]);
    expect(row(told, "READ-04 in small").at(-1)).toBe("3");
    expect(told).toContain("was not done to its end");
  });
});
