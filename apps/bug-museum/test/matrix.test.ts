import type { LawId, Verdict } from "@escapement/conformance";
import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import {
  faultsOf,
  findBug,
  type KillBackend,
  keptLaws,
  killersOf,
  killJson,
  killMatrix,
  killPage,
  lawsWithoutKill,
  plainBackend,
  survivorsOf,
} from "../src/index.js";
import { programsToNotice } from "../src/programs-to-notice.js";

const pico = findBug("pico-1953");
const samd = findBug("samd-ed86fdb");

function backend(name: string, verdicts: Record<string, [LawId, Verdict][]>): KillBackend {
  return { name, run: async (bug) => new Map(verdicts[bug.name] ?? []) };
}

const some = () =>
  killMatrix(
    [pico, samd],
    [
      backend("one", { [pico.name]: [["ARM-16", "pass"]], [samd.name]: [["READ-05", "error"]] }),
      backend("two", {
        [pico.name]: [
          ["ARM-06", "fail"],
          ["ARM-16", "fail"],
        ],
      }),
    ],
    { laws: ["READ-05", "ARM-06", "ARM-16"] },
  );

describe("the matrix", () => {
  it("counts a bug as killed where its owner fails on any backend; an error kills nothing", async () => {
    const matrix = await some();
    expect(matrix.rows.map((row) => killersOf(row))).toEqual([["ARM-06", "ARM-16"], []]);
    expect(matrix.rows.map((row) => killersOf(row, 0))).toEqual([[], []]);
    expect(survivorsOf(matrix).map(({ bug }) => bug)).toEqual([samd.name]);
    expect(lawsWithoutKill(matrix)).toEqual(["READ-05"]);
  });

  it("names each fault: a survivor, an idle law without a mark, a mark without need", async () => {
    const matrix = await some();
    expect(faultsOf(matrix, {})).toEqual([
      "samd-ed86fdb survives READ-05, the law that owns it",
      "READ-05 kills no bug and is not marked with why it stays",
    ]);
    expect(faultsOf(matrix, { "READ-05": "because", "ARM-06": "because" })).toEqual([
      "samd-ed86fdb survives READ-05, the law that owns it",
      "ARM-06 is marked as killing no bug, and it does kill one",
    ]);
  });

  it("becomes the same page each time, with the owner first", async () => {
    const page = killPage(await some(), [pico, samd], {});
    expect(page).toBe(killPage(await some(), [pico, samd], {}));
    const how = `\`${pico.schedule}\` at ${pico.value}`;
    const programs = programsToNotice["sim pico-1953"] ?? "–";
    expect(page).toContain(`| avr16 | ARM-16 | ${how} | ${programs} | – | 2: **ARM-16** ARM-06 |`);
    expect(page).toContain("| READ-05 | 0 | **not marked** |");
    expect(page).toContain("| ARM-06 | 1 | `pico-1953` | 2 |");
    expect(JSON.parse(killJson(await some()))).toEqual({
      laws: 3,
      bugs: [
        { bug: "pico-1953", owner: "ARM-16", killers: { one: [], two: ["ARM-06", "ARM-16"] } },
        { bug: "samd-ed86fdb", owner: "READ-05", killers: { one: [], two: [] } },
      ],
    });
  });

  it("is filled by plain conformance", async () => {
    const matrix = await killMatrix([samd], [plainBackend({ only: ["READ-05", "READ-03"] })]);
    expect(matrix.rows.map((row) => killersOf(row))).toEqual([["READ-05"]]);
    expect(matrix.laws).toHaveLength(laws.length);
  });

  it("marks only laws of the catalogue, each with a reason", () => {
    const ids: readonly string[] = laws.map(({ id }) => id);
    for (const [law, reason] of Object.entries(keptLaws)) {
      expect(ids).toContain(law);
      expect(reason).toMatch(/\S/);
    }
  });
});
