import { existsSync, readdirSync, readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type * as boardSim from "@escapement/board-sim";
import { createSimBoard, type SimProfile } from "@escapement/board-sim";
import { findLaw, type LawId, runConformance } from "@escapement/conformance";
import { halTarget, lawCases, parseSchedule, replay, World } from "@escapement/explore";
import type { Board } from "@escapement/scenario";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import {
  type BugPlace,
  bugLimits,
  bugParts,
  type MuseumBug,
  makeBugBoard,
  museum,
} from "../src/index.js";
import { patchedSources } from "../src/source-patch.js";

/*
 * A bug of a port or a chip is a function, so that it can be put on any chip. What people read is a patch of the
 * simulated chip's own sources, and that it is the same bug is what is tested here.
 */
const packages = fileURLToPath(new URL("../../../packages/", import.meta.url));
const sources = `${packages}board-sim/src/`;
const patches = new URL("../patches/", import.meta.url);

function changedBy(place: string, name: string): ReadonlyMap<string, string> {
  const patch = readFileSync(new URL(`${place}/${name}.patch`, patches), "utf8");
  return patchedSources(name, patch, (file) =>
    existsSync(sources + file) ? readFileSync(sources + file, "utf8") : undefined,
  );
}

/** The package of the simulated chips, from its sources, with some of them replaced. */
async function boardSimWith(changed: ReadonlyMap<string, string>): Promise<typeof boardSim> {
  const { outputFiles } = await build({
    entryPoints: [`${sources}index.ts`],
    alias: Object.fromEntries(
      ["core", "scenario", "timeline"].map((name) => [
        `@escapement/${name}`,
        `${packages}${name}/src/index.ts`,
      ]),
    ),
    ...{ bundle: true, write: false, format: "esm", platform: "neutral", logLevel: "error" },
    plugins: [
      {
        name: "patches",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = changed.get(relative(sources, path).split(sep).join("/"));
            return contents === undefined ? undefined : { contents, loader: "ts" };
          }),
      },
    ],
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}

/** What the owner says of a plain run. */
async function verdictOf(board: Board, owner: LawId) {
  const { laws } = await runConformance(board, { only: [owner], shrinkRuns: 0 });
  await board.close();
  return laws.map(({ verdict, reason }) => ({ verdict, reason }));
}

/** What the search finds at a bug's own schedule, on a chip with a port. */
function foundBy({ owner, schedule, value }: MuseumBug, profile: SimProfile): readonly string[] {
  if (schedule === "") return [];
  const target = halTarget({ profile });
  const subject = lawCases(findLaw(owner), target).find((each) => each.value === value);
  if (subject === undefined) throw new Error(`${owner} has no case ${value}`);
  const world = new World(target, bugLimits.pointsMax);
  const { findings } = replay(world, subject, parseSchedule(schedule), { auditAtEnd: true });
  return findings.map(({ message }) => message);
}

/** A chip and its port of the sources with a patch; the search brings its own chip. */
async function patchedProfile({ where, name, profile }: MuseumBug): Promise<SimProfile> {
  return (await boardSimWith(changedBy(where, name))).simProfiles[profile];
}

const rows = (place: BugPlace) =>
  museum.filter(({ where }) => where === place).map((bug) => [bug.name, bug] as const);

describe("a patch of the simulated chip", () => {
  it.each(["port", "chip"] as const)("is there for each bug of a %s, and no other", (place) => {
    const names = rows(place).map(([name]) => `${name}.patch`);
    expect(names.length).toBeGreaterThan(0);
    expect(readdirSync(new URL(`${place}/`, patches)).sort()).toEqual(names.sort());
  });

  it.each(rows("port"))(
    "%s: a port by the patch and by the function fail alike",
    async (_, bug) => {
      const profile = await patchedProfile(bug);
      const { profile: changed } = await bugParts(bug);
      const found = foundBy(bug, profile);
      expect(found).toEqual(foundBy(bug, changed));
      const plain = await verdictOf(createSimBoard({ profile }), bug.owner);
      expect(plain).toEqual(await verdictOf(createSimBoard({ profile: changed }), bug.owner));
      expect(found.length > 0 || plain.some(({ verdict }) => verdict === "fail")).toBe(true);
    },
  );

  it.each(rows("chip"))("%s: its owner rejects the patched chip, too", async (_, bug) => {
    const { createSimBoard: create } = await boardSimWith(changedBy(bug.where, bug.name));
    for (const board of [create({ profile: bug.profile }), await makeBugBoard(bug)])
      expect(await verdictOf(board, bug.owner)).toMatchObject([{ verdict: "fail" }]);
  });

  it("is what is rejected: the same sources without one are not", async () => {
    const { createSimBoard: create, simProfiles } = await boardSimWith(new Map());
    for (const [, bug] of [...rows("port"), ...rows("chip")]) {
      const { owner, profile } = bug;
      expect(foundBy(bug, simProfiles[profile])).toEqual([]);
      expect(await verdictOf(create({ profile }), owner)).toMatchObject([{ verdict: "pass" }]);
    }
  });
});
