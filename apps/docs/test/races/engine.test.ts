import { describe, expect, it } from "vitest";
import { RaceEngine } from "../../races/race-engine.js";
import type { RaceRun } from "../../races/race-types.js";
import { seeds } from "../../scripts/races/seeds.js";

interface First {
  readonly engine: RaceEngine;
  readonly run: RaceRun;
}

const known = new Map<string, Promise<First>>();

/** The first run of a seed's page, looked for once. */
function firstRun(slug: string): Promise<First> {
  const first = known.get(slug) ?? lookFor(slug);
  known.set(slug, first);
  return first;
}

async function lookFor(slug: string): Promise<First> {
  const seed = seeds.find((each) => each.slug === slug);
  if (seed === undefined) throw new Error(`no seed ${slug}`);
  const engine = await RaceEngine.open(seed);
  const { shortest } = await engine.search(true, { bound: 2 });
  if (shortest === undefined) throw new Error(`${slug} shows nothing`);
  return { engine, run: engine.run({ bugOn: true, ...shortest }) };
}

describe.each(seeds)("the race $slug, $law", ({ slug, law }) => {
  it(`violates ${law} with the bug, and nothing at the same time without it`, async () => {
    const { engine, run } = await firstRun(slug);
    expect(run.violations[0]?.what).toBe(law);
    const off = engine.carry(run, { bugOn: false, value: run.value });
    expect(off.violations).toEqual([]);
    expect(off.moves.length).toBe(run.moves.length);
  });

  it("has no violation in any schedule without the bug", async () => {
    const { engine } = await firstRun(slug);
    const result = await engine.search(false, { bound: 1 });
    expect(result).toMatchObject({ whole: true, violations: 0, bound: 1 });
    expect(result.schedules).toBeGreaterThan(0);
    expect(result.shortest).toBeUndefined();
  });

  it("gives the same run for the same schedule", async () => {
    const { engine, run } = await firstRun(slug);
    expect(engine.run(run)).toEqual({ ...run, notice: "" });
  });
});

describe("moving the interrupt", () => {
  it("REG-08: one place of many is fatal, and it is between the thread's read and its write", async () => {
    const { engine, run } = await firstRun("micropython-18728");
    const fatal = run.places.filter(
      (point) => engine.move(run, run.active, { point }).violations.length > 0,
    );
    expect(run.places.length).toBeGreaterThan(20);
    expect(fatal).toEqual([run.moves[0]?.point]);
    const before = run.steps[run.focus - 1];
    expect(before?.level).toBe(0);
    expect(before?.words).toMatch(/load retired list.*both use it/);
    const back = run.steps.findIndex(({ level }, index) => index > run.focus && level === 0);
    expect(run.steps[back]?.words).toMatch(/store retired list := .*both use it/);
    const conflicts = run.timeline.rows.flatMap(({ events }) =>
      events.filter(({ look }) => look === "conflict").map(({ at }) => at),
    );
    expect(conflicts).toEqual(expect.arrayContaining([run.focus - 0.5, back + 0.5]));
  });

  it("goes one place on and back", async () => {
    const { engine, run } = await firstRun("ganssle-asynchronicity");
    const on = engine.move(run, run.active, { places: 1 });
    expect(on.moves[0]?.point).toBeGreaterThan(run.moves[0]?.point ?? 0);
    expect(engine.move(on, on.active, { places: -1 }).schedule).toBe(run.schedule);
  });

  it("takes the interrupt out before the first place, and makes it again", async () => {
    const { engine, run } = await firstRun("ganssle-asynchronicity");
    const first = engine.move(run, 0, { point: run.places[0] ?? -1 });
    const none = engine.move(first, 0, { places: -1 });
    expect(none.schedule).toBe("e1:");
    expect(none.violations).toEqual([]);
    expect(engine.move(none, 0, { places: 1 }).moves[0]?.point).toBe(run.places[0]);
    expect(engine.move(run, 0, { none: true }).schedule).toBe("e1:");
  });

  it("snaps to the nearest place, and says so", async () => {
    const { engine, run } = await firstRun("micropython-18728");
    const snapped = engine.move(run, 0, { point: 0 });
    expect(snapped.moves[0]?.point).toBe(run.places[0]);
    expect(snapped.notice).toMatch(
      /no event is within reach; the nearest place is before point \d+/,
    );
    expect(engine.move(run, 0, { point: run.places[2] ?? -1 }).notice).toBe("");
  });

  it("says where there is no place at all", async () => {
    const { engine, run } = await firstRun("micropython-2971");
    const off = engine.carry(run, { bugOn: false, value: run.value });
    expect(off.places).toEqual([]);
    expect(engine.move(off, 0, { point: 10 })).toMatchObject({
      schedule: "e1:",
      notice: "No event is within reach anywhere in this run.",
    });
  });

  it("waits for another event at the same place", async () => {
    const { engine, run } = await firstRun("ganssle-asynchronicity");
    expect(run.choices.map(({ choice }) => choice)).toContain("w+");
    const later = engine.move(run, 0, { choice: "w+" });
    expect(later.moves[0]).toMatchObject({ point: run.moves[0]?.point, choice: "w+" });
  });

  it("leaves out a second move that no longer fits, and says so", async () => {
    const { engine, run } = await firstRun("ganssle-asynchronicity");
    const one = engine.move(run, 0, { choice: "w-" });
    const two = engine.move(one, 1, { point: one.focus + 1 });
    expect(two.moves.map(({ choice }) => choice)).toEqual(["w-", "w"]);
    const kept = engine.move(two, 0, { places: -1 });
    expect(kept).toMatchObject({ moves: { length: 2 }, active: 0, notice: "" });
    const moved = engine.move(two, 0, { point: two.places.at(-1) ?? 0 });
    expect(moved.moves).toHaveLength(1);
    expect(moved.notice).toContain("no longer fits");
  });
});

describe("what cannot be run", () => {
  it.each([
    ["hello", "bad-schedule"],
    ["e9:1c", "schedule-version"],
    ["e1:1w", "schedule-mismatch"],
    ["e1:99999c", "schedule-mismatch"],
  ])("%s is refused with %s and a hint", async (schedule, code) => {
    const { engine, run } = await firstRun("micropython-18728");
    const attempt = () => engine.run({ ...run, schedule });
    expect(attempt).toThrow(expect.objectContaining({ code, hint: expect.stringMatching(/\w/) }));
  });

  it("a value that the program does not have is refused with its range", async () => {
    const { engine, run } = await firstRun("micropython-18728");
    expect(() => engine.run({ ...run, value: 1e6 })).toThrow(
      expect.objectContaining({ code: "invalid-argument", hint: expect.stringContaining("0 to") }),
    );
  });

  it("an unknown bug and an unknown law are refused", async () => {
    const setup = { bug: "zephyr-18728", law: "REG-08", profile: "avr16" } as const;
    await expect(RaceEngine.open({ ...setup, bug: "zephyr-1872" })).rejects.toMatchObject({
      code: "unknown-bug",
    });
    await expect(RaceEngine.open({ ...setup, law: "REG-99" })).rejects.toMatchObject({
      code: "unknown-law",
    });
  });
});

describe("searching", () => {
  it("reports how far it is, and stops on request", async () => {
    const { engine } = await firstRun("linux-del-timer");
    const seen: number[] = [];
    const result = await engine.search(false, {
      bound: 2,
      onProgress: ({ done }) => seen.push(done),
      isCancelled: () => seen.length >= 3,
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(result.whole).toBe(false);
  });
});
