import { createSimBoard, simProfiles } from "@escapement/board-sim";
import { BoardError } from "@escapement/scenario";
import { lawAddress } from "@escapement/timeline";
import { beforeAll, describe, expect, test } from "vitest";
import { makeBrokenBoard } from "../../../../apps/bug-museum/src/second-hal/boards.js";
import { brokenBoards } from "../../../../apps/bug-museum/src/second-hal/broken-boards.js";
import { elementsOf, type MarkupElement, parseMarkup } from "../../../timeline/test/markup.js";
import {
  type BoardReport,
  htmlReport,
  laws,
  runConformance,
  unopenedReport,
} from "../../src/index.js";
import { catalogue, description, expiries, FakeBoard } from "../fakes.js";
import { exampleReports } from "./reports.js";

const commandFor = (board: string, law: string): string =>
  `escapement conform ${board} --only ${law}`;

function words(elements: readonly MarkupElement[]): readonly string[] {
  return elements.map(({ text }) => text.replaceAll(/\s+/g, " ").trim());
}

/** A HAL with a real bug that STOP-04 owns. */
async function brokenReport(): Promise<BoardReport> {
  const broken = brokenBoards.find(({ owner }) => owner === "STOP-04");
  if (broken === undefined) throw new Error("no broken board for STOP-04");
  return runConformance(makeBrokenBoard(broken), { only: ["STOP"], keepTraces: "all" });
}

describe("the page", () => {
  let html = "";
  let page: MarkupElement;
  beforeAll(async () => {
    html = htmlReport(await exampleReports(), { commandFor, laws: catalogue });
    page = parseMarkup(html, true);
  });

  test("is one file that fetches nothing, in light and dark", () => {
    const visible = html
      .replaceAll('xmlns="http://www.w3.org/2000/svg"', "")
      .replaceAll(/<a href="https:\/\/[^"]+\/laws\/[A-Z]+-\d+\.html">/g, "");
    expect(visible).not.toMatch(/https?:|<link|<img|<iframe|url\(|@import|fetch\(|\ssrc=/);
    expect(html).toContain("Content-Security-Policy");
    expect(html).toContain("default-src 'none'");
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).toContain("@media print");
  });

  test("is well formed, every id once, every link with its target", () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = elementsOf(page, "a").map(({ attributes }) => attributes.href ?? "");
    const targets = links.filter((link) => link.startsWith("#")).map((link) => link.slice(1));
    expect(targets.length).toBeGreaterThan(4);
    for (const target of targets) expect(ids).toContain(decodeURIComponent(target));
    const pages = new Set(links.filter((link) => !link.startsWith("#")));
    expect([...pages].sort()).toEqual(
      ["ARM-01", "READ-01", "STOP-04", "STOP-05"].map((id) => lawAddress(id)),
    );
  });

  test("says the verdict on the whole, then counts, then every law on every board", () => {
    expect(words(elementsOf(page, "p", "headline"))).toEqual([
      "4 laws on 2 boards: 1 law broken on uno; no verdict on some laws of uno.",
    ]);
    const [boards, matrix] = elementsOf(page, "table");
    if (boards === undefined || matrix === undefined) throw new Error("a table is missing");
    expect(words(elementsOf(boards, "tr").slice(1))).toEqual([
      "sim:avr164000" + "16 bits, 1 MHz1 us4 us16",
      "uno0121" + "16 bits, 16 MHz62.5 ns250 ns2",
    ]);
    expect(words(elementsOf(matrix, "tr"))).toEqual([
      "Lawsim:avr16uno",
      "Stopping STOP, 2 laws: 2 pass, 1 fail, 1 skip",
      "STOP-04 stopped by its own handler✓ pass✗ fail",
      "STOP-05 needs nesting✓ pass– skip",
      "Arming ARM, 1 law: 1 pass, 1 skip",
      "ARM-01 needs many timers✓ pass– skip",
      "Reading the time READ, 1 law: 1 pass, 1 error",
      "READ-01 holds✓ pass! error",
    ]);
  });

  test("says why there is no verdict, with the hint, escaped", () => {
    expect(html).toContain("no room\ufffd &lt;640&gt;");
    expect(html).toContain("Less &amp; less.");
  });

  test("shows each law's rule, origin, needs and boards", () => {
    const facts = words(elementsOf(page, "dl"));
    expect(facts[1]).toBe(
      "LawSTOP-05RuleSTOP-04 of the contract (docs/contract.md)Origina testNeedsnesting, maskHolds onsim:avr16Skipped onuno: needs nesting",
    );
  });

  test("without kept traces a failure shows its records as text", () => {
    const article = elementsOf(page, "article")[0];
    if (article === undefined) throw new Error("no failure is shown");
    expect(words(elementsOf(article, "h4"))).toEqual(["STOP-04 fails on uno"]);
    expect(words(elementsOf(article, "li"))).toEqual(["2 expiries, expected exactly 1"]);
    expect(words(elementsOf(article, "code"))).toEqual(["escapement conform uno --only STOP-04"]);
    expect(article.text).toMatch(/> +62\.4 us {2}timer 0 fires/);
    expect(elementsOf(article, "svg")).toHaveLength(0);
    expect(elementsOf(page, "figure")).toHaveLength(0);
  });

  test("is the same for the same reports", async () => {
    expect(htmlReport(await exampleReports(), { commandFor, laws: catalogue })).toBe(html);
  });

  test("opens broken laws, and leaves the others closed", () => {
    const open = elementsOf(page, "details", "law").map(({ attributes }) => "open" in attributes);
    expect(open).toEqual([true, false, false, false]);
  });
});

describe("a broken board with kept traces", () => {
  let page: MarkupElement;
  beforeAll(async () => {
    const good = await runConformance(createSimBoard({ profile: "avr16" }), {
      only: ["STOP"],
      keepTraces: "all",
    });
    const reports = [good, { ...(await brokenReport()), board: "mine" }];
    page = parseMarkup(htmlReport(reports, { commandFor }), true);
  });

  test("STOP-04 shows findings, command, timeline, program, times, and the run that holds", () => {
    const law = elementsOf(page, "details", "law").find(({ text }) => text.includes("STOP-04"));
    const article = elementsOf(law ?? page, "article")[0];
    if (law === undefined || article === undefined) throw new Error("STOP-04 is not shown");
    expect(words(elementsOf(article, "li"))[0]).toContain(
      "13 expiries of timer 0, expected exactly 1",
    );
    expect(words(elementsOf(article, "code"))).toEqual(["escapement conform mine --only STOP-04"]);
    expect(elementsOf(article, "svg")).toHaveLength(1);
    expect(elementsOf(article, "path", "e-hl")).toHaveLength(1);
    expect(words(elementsOf(article, "pre"))[0]).toContain("thread: start 0 sleep 10 000 ticks");
    expect(words(elementsOf(article, "tr", "here"))).toEqual(["timer 01 001.01 003.02 us4"]);
    expect(words(elementsOf(law, "summary"))).toContain("Where it holds: sim:avr16");
    expect(elementsOf(law, "svg")).toHaveLength(2);
  });

  test("a law that holds is drawn once, for the first board", () => {
    const law = elementsOf(page, "details", "law").find(({ text }) => text.includes("STOP-01"));
    if (law === undefined) throw new Error("STOP-01 is not shown");
    expect(words(elementsOf(law, "figcaption"))).toEqual([
      "On sim:avr16, iteration 1 of 8 with v = 0",
    ]);
    expect(elementsOf(law, "article")).toHaveLength(0);
  });

  test("each board has its histogram of lateness, with the stated bound", () => {
    const titles = elementsOf(page, "svg").map((svg) => svg.children[0]?.text);
    expect(titles.slice(0, 2)).toEqual(["Lateness on sim:avr16", "Lateness on mine"]);
    expect(elementsOf(page, "path", "e-bound")).toHaveLength(2);
  });
});

test("hostile names stay text, wherever they are shown", async () => {
  const name = `"><script>alert(1)</script><b a='`;
  const hostile = new FakeBoard(() => expiries(500, 998), description({ name }));
  const report = await runConformance(hostile, { laws: catalogue, keepTraces: "all" });
  const lost = unopenedReport(name, new BoardError("port-failed", name, name), { laws: catalogue });
  const html = htmlReport([report, lost], { title: name, commandFor, laws: catalogue });
  const page = parseMarkup(html, true);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(elementsOf(page, "b")).toHaveLength(0);
  expect(words(elementsOf(page, "h1"))).toEqual([name]);
});

test("a lost board does not hide what holds on the others", async () => {
  const [good] = await exampleReports();
  if (good === undefined) throw new Error("no example");
  const lost = unopenedReport("a0", new BoardError("port-not-found", "no a0", "Plug it in."), {
    laws: catalogue,
  });
  const page = parseMarkup(htmlReport([good, lost], { laws: catalogue }), true);
  expect(elementsOf(page, "details", "allpass")).toHaveLength(4);
});

test("no reports and no laws still make a page", () => {
  expect(words(elementsOf(parseMarkup(htmlReport([]), true), "p", "headline"))).toEqual([
    "0 laws on 0 boards: every law that could be asked holds.",
  ]);
});

test("every law on seven boards stays well under 5 MB, even where a quarter is broken", async () => {
  const good: BoardReport[] = [];
  for (const profile of Object.keys(simProfiles) as (keyof typeof simProfiles)[]) {
    good.push(await runConformance(createSimBoard({ profile }), { keepTraces: "all" }));
  }
  const findings = [{ message: "came late", record: 2 }];
  const bad = good.slice(0, 1).map((report) => ({
    ...report,
    board: "bad",
    laws: report.laws.map((law, nth) =>
      nth % 4 === 0 ? { ...law, verdict: "fail" as const, reason: "came late", findings } : law,
    ),
  }));
  const html = htmlReport([...good, ...bad], { commandFor });
  expect(html.length).toBeLessThan(2_500_000);
  const drawn = elementsOf(parseMarkup(html, true), "svg").length;
  expect(drawn).toBeGreaterThan(laws.length);
});
