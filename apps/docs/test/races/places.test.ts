import { findBug, isSimulated, museum } from "@escapement/bug-museum";
import { describe, expect, it } from "vitest";
import { excerptAt } from "../../races/hal-sources.js";
import { RaceEngine } from "../../races/race-engine.js";
import { raceStory } from "../../races/race-story.js";
import type { RaceRun } from "../../races/race-types.js";
import { halSources } from "../../scripts/races/hal-sources.js";
import { seeds } from "../../scripts/races/seeds.js";

const sources = halSources();

/** The run of a bug's shortest schedule, on its own counter. */
async function runOf(name: string, bugOn = true): Promise<RaceRun> {
  const bug = findBug(name);
  const engine = await RaceEngine.open({ bug: name, law: bug.owner, profile: bug.profile });
  const run = engine.run({ bugOn: true, value: bug.value, schedule: bug.schedule });
  return bugOn ? run : engine.carry(run, { bugOn: false, value: bug.value });
}

/** What an access of each sort is called in the sources. */
const calls: readonly (readonly [RegExp, RegExp])[] = [
  [/^load /, /\.load\(/],
  [/^store /, /\.store\(/],
  [/^read counter/, /\.readCounter\(/],
  [/^restore$/, /\.restore\(/],
  [/^write compare/, /\.setCompare\(/],
];

/** Every bug that the player shows; the places of a bug of a port or a chip are those of the HAL as it is. */
const played = museum.filter((bug) => isSimulated(bug) && bug.schedule !== "");

describe.each(played)("the source lines of $name", ({ name, where }) => {
  it.each([true, false])("are those of the accesses, bug in: %s", async (bugOn) => {
    const run = await runOf(name, bugOn);
    const own = { ...sources.get("none"), ...(bugOn && sources.get(name)) };
    let looked = 0;
    for (const { happens, place, words } of run.steps) {
      const call = calls.find(([access]) => access.test(happens))?.[1];
      if (call === undefined) continue;
      looked += 1;
      // A call may go on over several lines; its member stands on the one that is marked.
      const [line] = excerptAt(own, place, 0);
      // A port may look at its chip more than once in a member: the line is the HAL's that calls it.
      const isOfPort = where === "port" && /\bport\.\w+\(/.test(line?.text ?? "");
      if (!isOfPort) expect(line?.text, `${words} at ${place}`).toMatch(call);
    }
    expect(looked).toBeGreaterThan(4);
  });
});

describe("what a bug changed is marked", () => {
  it("in every file that a patch changes, and nowhere in the HAL as it is", () => {
    const whole = Object.values(sources.get("none") ?? {});
    expect(whole.length).toBeGreaterThan(10);
    expect(whole.every(({ changed }) => changed.length === 0)).toBe(true);
    for (const [name, files] of sources) {
      if (name === "none") continue;
      expect(Object.keys(files).length, name).toBeGreaterThan(0);
      for (const { lines, changed } of Object.values(files)) {
        expect(
          changed.every((line) => line >= 1 && line <= lines.length),
          name,
        ).toBe(true);
      }
    }
  });

  it("a line that was put in, and not its neighbours", () => {
    const clock = sources.get("ganssle-high-word")?.["clock.ts"];
    const texts = clock?.changed.map((line) => clock.lines[line - 1]?.trim());
    expect(texts).toEqual(["return state.load(WRAPS) * this.lapTicks + port.readCounter();"]);
  });
});

describe("the story of a run", () => {
  it.each(seeds)("$slug: has both sides, the move, and few rows", async ({ bug }) => {
    const { rows, violation, operation } = raceStory(await runOf(bug));
    expect(violation).not.toBe("");
    expect(violation).not.toMatch(/^variable/);
    expect(operation).not.toBe("");
    expect(rows.some(({ level }) => level === 0)).toBe(true);
    expect(rows.length).toBeLessThan(40);
  });

  it("the first page's: a call returns another time without the bug, and the interrupt waits", async () => {
    const on = raceStory(await runOf("ganssle-high-word"));
    const off = raceStory(await runOf("ganssle-high-word", false));
    expect(on.rows.map(({ look }) => look)).toContain("event");
    expect([on.result, off.result]).toEqual(["0", "65536"]);
    expect(off.violation).toBe("");
    expect(off.rows.find(({ look }) => look === "event")?.text).toContain("waits");
    // The cell that both use is named on both sides.
    const sides = new Set(on.rows.filter(({ cell }) => cell !== "").map(({ level }) => level));
    expect([...sides].sort()).toEqual([0, 1]);
  });
});
