import {
  laws as catalogue,
  jsonReport,
  REPORT_VERSION,
  unopenedReport,
} from "@escapement/conformance";
import { BoardError } from "@escapement/scenario";
import { schemaAddress } from "@escapement/timeline";
import { describe, expect, test } from "vitest";
import type { BoardWorld } from "../src/index.js";
import { runBuilt } from "./child.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";
import forgetful from "./fixtures/forgetful-board.mjs";
import { schemaProblems, schemas } from "./schemas.js";

const path = (relative: string): string => new URL(relative, import.meta.url).pathname;
const racy = path("../../explore-c/test/programs/rww-lost-update.c");
const clean = path("../../explore-c/test/programs/rww-masked.c");
const alarms = path("../../explore-c/test/drivers/alarms.c");
const naive = path("../../explore/examples/naive-hal.mjs");

/** A board that states that it differs, and on which no handler ever runs. */
class SilentBoard extends FakeBoard {
  override describe() {
    return {
      ...super.describe(),
      capabilities: ["mask" as const, "nesting" as const],
      semantics: { equalDeadlines: { is: "lifo" as const, source: "a test" } },
    };
  }
}

const silent: BoardWorld = fakeWorld({
  openSim: async () => ({ board: new SilentBoard(async () => ({ records: [] })) }),
});
const forgetting: BoardWorld = fakeWorld({ openSim: async () => ({ board: forgetful() }) });
const withPorts: BoardWorld = fakeWorld({
  listPorts: async () => [
    {
      ...{ path: "/dev/ttyACM0", manufacturer: "Arduino", serialNumber: "A1" },
      ...{ vendorId: "2341", productId: "0043" },
    },
    { path: "/dev/ttyS0" },
  ],
});
const explore = "explore --workers 0 --only STOP-04 --bound 1";
const uno = "explore uno --only READ-13 --slack 64";

/** A command line that writes a document: its schema, its exit code, the line, boards other than the system's. */
type Row = readonly [kind: string, exit: number, line: string, world?: BoardWorld];

const documents: readonly Row[] = [
  ["conform", 0, "conform sim:avr16 --only STOP,READ"],
  ["conform", 1, "conform sim:avr16 --only ARM,PER --bug pico-1953"],
  ["conform", 1, "conform sim:one --only STOP,ARM,PER", silent],
  ["conform", 3, "conform ./no-such-board.mjs --only READ"],
  ["fuzz", 0, "fuzz sim:avr16 --seed 1 --runs 20"],
  ["fuzz", 1, "fuzz sim:one --seed 1 --runs 60", forgetting],
  ["explore", 0, `${explore} --profile avr16`],
  ["explore", 1, `${explore} --hal ${naive}`],
  ["explore", 0, "explore --workers 0 --only STOP-04 --profile avr16 --random 5 --seed 2"],
  ["explore", 1, `explore --workers 0 ${alarms} -D RACY --only STOP-06 --profile avr16`],
  ["explore-replay", 0, "explore --only STOP-06 --profile avr16 --value 70 --schedule e1:76c"],
  ["explore-uno", 0, uno],
  ["explore-uno-replay", 0, "explore uno --only READ-13 --schedule u1:"],
  ["race", 1, `race ${racy}`],
  ["race", 0, `race ${clean}`],
  ["race-replay", 1, `race ${racy} --schedule c1:1h1`],
  ["laws", 0, "laws"],
  ["laws", 0, "laws STOP"],
  ["bugs", 0, "bugs"],
  ["devs", 0, "devs"],
  ["devs", 0, "devs", withPorts],
];

const written = new Map<string, string>();

/** What the command writes: in a process of its own where the boards are those of the system. */
async function documentOf(line: string, world: BoardWorld | undefined) {
  const env = { GITHUB_SHA: "0123456789abcdef" };
  return world === undefined
    ? runBuilt(line.split(" "), env)
    : run(line, world, new FakeIo(env), catalogue);
}

describe("a document fits the schema that it names", () => {
  const rows = documents.map(([kind, exit, line, world]) => ({ kind, exit, line, world }));
  test.each(rows)("$kind, exit $exit: `$line`", { timeout: 60_000 }, async (row) => {
    const { kind, exit, line, world } = row;
    const { code, out, err } = await documentOf(`${line} --json`, world);
    expect({ code, err }).toEqual({ code: exit, err: expect.any(String) });
    expect(JSON.parse(out).$schema).toBe(schemaAddress(kind, REPORT_VERSION));
    expect(schemaProblems(out)).toEqual([]);
    written.set(`${kind} ${exit}`, out);
  });
});

test("what only some documents have is held against its schema, too", () => {
  const { boards } = JSON.parse(written.get("conform 1") ?? "");
  expect(boards[0].differs).toMatchObject([{ source: "a test" }]);
  const [failed] = JSON.parse(written.get("fuzz 1") ?? "").boards;
  expect(failed.failures.length).toBeGreaterThan(0);
  const lost = unopenedReport("a0", new BoardError("no-reply", "no reply", "Look."), {
    laws: catalogue,
  });
  const diagnosis = {
    kind: "differs",
    message: "it is late",
    hint: "Look there.",
    laws: ["READ-01"],
    semantics: { equalDeadlines: "lifo" },
  } as const;
  expect(schemaProblems(jsonReport([{ ...lost, diagnosis }]))).toEqual([]);
});

test("every schema has a document that was held against it", () => {
  const kinds = new Set(documents.map(([kind]) => `${kind}-${REPORT_VERSION}.schema.json`));
  expect([...schemas.keys()].sort()).toEqual([...kinds].sort());
});

/** Lists, which are of no run. */
const lists = ["laws", "bugs", "devs"].map((kind) => `${kind}-${REPORT_VERSION}.schema.json`);

test("every schema has the address that documents name, and those of reports say the same of the run", () => {
  const runs = [...schemas].map(([name, schema]) => {
    const { $id, $defs } = schema as { $id: string; $defs?: { run: object } };
    expect($id.endsWith(`/schema/${name}`)).toBe(true);
    expect($defs?.run === undefined, name).toBe(lists.includes(name));
    return JSON.stringify($defs?.run);
  });
  expect(new Set(runs.filter(Boolean)).size).toBe(1);
});

/** A copy of a document in which something is otherwise. */
function changed(kind: string, change: (document: Record<string, unknown>) => void): string {
  const document = JSON.parse(written.get(kind) ?? "");
  change(document);
  return JSON.stringify(document);
}

/** Members that a document may be without. */
const optional: Readonly<Record<string, readonly string[]>> = {
  explore: ["random"],
  race: ["cut"],
  "explore-uno-replay": ["place", "point", "record", "rule", "violation", "trace"],
};

test("a document that is otherwise does not fit: what is missing, of another kind or version", () => {
  for (const key of written.keys()) {
    const [kind = ""] = key.split(" ");
    for (const name of Object.keys(JSON.parse(written.get(key) ?? ""))) {
      if (name === "$schema") continue;
      const without = changed(key, (document) => delete document[name]);
      const isFree = name === "run" || optional[kind]?.includes(name) === true;
      expect(schemaProblems(without).length === 0, `${key} without ${name}`).toBe(isFree);
      const otherwise = changed(key, (document) => {
        document[name] = [[]];
      });
      expect(schemaProblems(otherwise), `${key} with another ${name}`).not.toEqual([]);
    }
  }
});

test("a reader may meet members of a later Escapement: the published schema lets them pass", () => {
  const later = changed("race 1", (document) => {
    document.later = true;
  });
  expect(schemaProblems(later)).not.toEqual([]);
  expect(schemaProblems(later, false)).toEqual([]);
});
