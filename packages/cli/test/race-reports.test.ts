import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { expectedFindings } from "../../explore-c/test/expectation.js";
import { sarifFault } from "../../explore-c/test/sarif-shape.js";
import { FakeIo, run } from "./fakes.js";
import { schemaProblems } from "./schemas.js";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const program = (name: string): string => path(`../../explore-c/test/programs/${name}`);
const tooMany = `${path("fixtures/c/too-many-schedules.c")} --landings 8 --per-isr 8 --occurrences 1000000`;

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number };
  };
}

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly {
      readonly locations: readonly { readonly location: Place }[];
    }[];
  }[];
  readonly stacks?: readonly { readonly frames: readonly { readonly location: Place }[] }[];
}

/** One run, with every report of it. */
async function reports(line: string, io = new FakeIo()) {
  const files = "--json out.json --sarif out.sarif --html out.html --deterministic";
  const { code, out, err } = await run(`race ${line} ${files}`, undefined, io);
  const text = (name: string): string => io.files.get(name) ?? "";
  return {
    code,
    out,
    err,
    io,
    json: text("out.json"),
    sarif: text("out.sarif"),
    page: text("out.html"),
  };
}

function resultsOf(sarif: string): readonly Result[] {
  return JSON.parse(sarif).runs[0].results;
}

function placesOf({ locations, codeFlows = [], stacks = [] }: Result): readonly Place[] {
  const flows = codeFlows.flatMap(({ threadFlows }) =>
    threadFlows.flatMap((flow) => flow.locations),
  );
  const frames = stacks.flatMap(({ frames: all }) => all);
  return [
    ...locations,
    ...flows.map((each) => each.location),
    ...frames.map((each) => each.location),
  ];
}

/** A program for each kind of finding, and for each sort of note. */
const programs = [
  ["atomicity", "rww-lost-update.c"],
  ["atomicity", "torn-long.c"],
  ["assertion", "assertion-fails.c"],
  ["wild-access", "wild-store.c"],
  ["trap", "null-callback.c"],
  ["stack-overflow", "stack-overflow.c"],
  ["hang", "waits-for-nobody.c"],
  ["hang", "handler-never-returns.c"],
  ["atomicity", "handler-of-cpp.cpp"],
] as const;

describe("reports of a search that found something", () => {
  it.each(programs)("%s in %s", async (rule, name) => {
    const file = program(name);
    const word = /^\/\/ options: .*(--word \d)/m.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    const { code, out, json, sarif, page } = await reports(`${file} ${word}`);
    expect(code, out).toBe(1);
    const { findings, notes } = JSON.parse(json);
    expect(findings).toHaveLength(expectedFindings(readFileSync(file, "utf8")).length);
    expect(schemaProblems(json)).toEqual([]);

    expect(sarifFault(sarif)).toBeUndefined();
    const results = resultsOf(sarif);
    expect(results).toHaveLength(findings.length + notes.length);
    expect(results.map(({ ruleId }) => ruleId)).toContain(rule);
    for (const [index, result] of results.entries()) {
      const isSplit = result.ruleId === "atomicity";
      const wanted = index >= findings.length ? "note" : isSplit ? "warning" : "error";
      expect(result.level).toBe(wanted);
      for (const { physicalLocation } of placesOf(result)) {
        const { artifactLocation, region } = physicalLocation;
        const from = resolve(decodeURIComponent(artifactLocation.uri));
        expect(existsSync(from), from).toBe(true);
        const lines = readFileSync(from, "utf8").split("\n").length;
        expect(region.startLine).toBeLessThanOrEqual(lines);
      }
      const steps = result.codeFlows?.[0]?.threadFlows[0]?.locations.length;
      expect(steps).toBe(isSplit ? 3 : undefined);
      if (!isSplit) expect(result.stacks?.[0]?.frames.length).toBeGreaterThan(0);
    }

    expect(page.match(/<svg/g)).toHaveLength(findings.length);
    expect(page).toContain(`${findings.length} finding`);
    // It needs nothing else, wherever it is opened.
    expect(page).not.toMatch(/<(?:script|img|link|iframe)[^>]*(?:src|href)=/);
    for (const { schedule, place } of findings) {
      expect(page).toContain(`<dd><code>${schedule}</code></dd>`);
      expect(page).toContain(`<code>${place.file}:${place.line}</code>`);
    }
  });

  it("notes are in SARIF and JSON, and are no findings", async () => {
    const { code, json, sarif, page } = await reports(program("start-up.c"));
    expect(code).toBe(0);
    expect(JSON.parse(json).notes.length).toBeGreaterThan(0);
    expect(sarifFault(sarif)).toBeUndefined();
    expect(new Set(resultsOf(sarif).map(({ level }) => level))).toEqual(new Set(["note"]));
    expect(page).toContain("0 findings");
  });

  it("the same search writes the same bytes", async () => {
    const first = await reports(program("three-priorities.c"));
    const second = await reports(program("three-priorities.c"));
    for (const name of ["json", "sarif", "page"] as const) expect(second[name]).toBe(first[name]);
  });
});

describe("reports say how far a search went, as its exit code does", () => {
  it("0: complete", async () => {
    const { code, json, sarif, page } = await reports(program("rww-masked.c"));
    expect(code).toBe(0);
    expect(JSON.parse(json)).not.toHaveProperty("cut");
    expect(sarifFault(sarif)).toBeUndefined();
    const [made] = JSON.parse(sarif).runs;
    expect(made.results).toEqual([]);
    expect(made.properties).toMatchObject({ complete: true, landings: 2 });
    expect(page).toContain("0 findings in ");
    expect(page).toContain("complete within its bounds");
  });

  it("5: cut short", async () => {
    const { code, json, sarif, page } = await reports(`${tooMany} --time 1`);
    expect(code).toBe(5);
    expect(schemaProblems(json)).toEqual([]);
    expect(JSON.parse(json).cut).toBe("time");
    expect(sarifFault(sarif)).toBeUndefined();
    expect(JSON.parse(sarif).runs[0].properties).toMatchObject({ complete: false, cut: "time" });
    expect(page).toContain("cut short by time");
  });

  it("130: ended from the keyboard, with what was known by then", async () => {
    class Impatient extends FakeIo {
      override onInterrupt(callback: () => void): () => void {
        setImmediate(callback);
        return super.onInterrupt(callback);
      }
    }
    const { code, json, sarif } = await reports(`${tooMany} --time 600`, new Impatient());
    expect(code).toBe(130);
    expect(JSON.parse(json).cut).toBe("stopped");
    expect(JSON.parse(sarif).runs[0].properties).toMatchObject({ complete: false });
  });

  it("2: nothing was searched, and no report is written", async () => {
    const { code, io, err } = await reports(`${program("rww-masked.c")} --define volatile=nothing`);
    expect(code, err).toBe(2);
    expect(err).toMatch(/rww-masked\.c:\d+:\d+: error: /);
    expect([...io.files.keys()]).toEqual([]);
  });

  it("2: a report that cannot be written is noticed before the search", async () => {
    for (const option of ["--json /nowhere/x.json", "--sarif /nowhere/x", "--html /nowhere/x"]) {
      const { code, out, err } = await run(`race ${program("rww-masked.c")} ${option}`);
      expect([code, out, err]).toEqual([2, "", expect.stringContaining("error[cannot-write]")]);
    }
  });
});
