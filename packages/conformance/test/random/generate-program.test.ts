import { createHash } from "node:crypto";
import { createSimBoard } from "@escapement/board-sim";
import {
  type BoardDescription,
  encodeProgram,
  type Op,
  opSchemas,
  type Program,
} from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { scaleOfSeed } from "../../src/random/generate-program.js";
import { generateProgram, generatorVersion, randomScales } from "../../src/random/index.js";
import { profileNames } from "../laws/support.js";

const seeds = Array.from({ length: 2_000 }, (_, index) => index + 1);
const nested = createSimBoard({ profile: "systick24" }).describe();

/** A 16-bit board with little memory and none of the rarer abilities. */
const small: BoardDescription = {
  ...nested,
  name: "small",
  counterBits: 16,
  frequencyHz: 16_000_000,
  timers: 4,
  maxDelayTicks: 2 ** 31 - 2 ** 16,
  maxProgramBytes: 120,
  maxTraceBytes: 640,
  capabilities: ["mask", "start-at", "second-interrupt", "soft"],
  lacks: ["periodic"],
  latencies: { lateTicks: 1_500, minDeltaTicks: 48, opTicks: 2_500 },
};

/** Every operation of every list of a program. */
function opsOf({ main, timers, interrupts }: Program): readonly Op[] {
  const repeated = main.flatMap((op) => (op.op === "repeat" ? op.body : []));
  return [...main, ...repeated, ...timers.flatMap(({ handler }) => handler), ...interrupts.flat()];
}

describe("random programs", () => {
  it("make every operation, every setting of a timer and every scale of time", () => {
    const programs = seeds.map((seed) => generateProgram(seed, nested));
    const names = new Set(programs.flatMap(opsOf).map(({ op }) => op));
    expect([...names].sort()).toEqual(opSchemas.map(({ op }) => op).sort());
    const specs = programs.flatMap(({ timers }) => timers);
    const values = (member: "mode" | "dispatch" | "overrun" | "late" | "quiet") =>
      [...new Set(specs.map((spec) => String(spec[member])))].sort();
    expect(values("mode")).toEqual(["one-shot", "periodic"]);
    expect(values("dispatch")).toEqual(["hard", "soft"]);
    expect(values("overrun")).toEqual(["burst", "coalesce", "skip"]);
    expect(values("late")).toEqual(["fire", "refuse"]);
    expect(values("quiet")).toEqual(["false", "true"]);
    expect(new Set(seeds.map(scaleOfSeed))).toEqual(new Set(randomScales));
    expect(programs.some(({ sweep }) => sweep !== undefined)).toBe(true);
    const mostTimers = Math.max(...programs.map(({ timers }) => timers.length));
    expect(mostTimers).toBeGreaterThanOrEqual(12);
  });

  it.each(profileNames)("are of a kind on %s: valid, and soon over", async (profile) => {
    const board = createSimBoard({ profile });
    const description = board.describe();
    for (const seed of seeds.slice(0, 150)) {
      await board.reset();
      // The builder of each has checked it; what it needs is there, or it would be refused.
      const { records } = await board.run(generateProgram(seed, description));
      const refused = records.filter(
        (record) => record.kind === "call" && record.result === "not-supported",
      );
      expect(refused, `seed ${seed}`).toEqual([]);
      expect(records.length, `seed ${seed}`).toBeLessThan(4_000);
    }
  });

  it("keep to the limits of a board that has little", () => {
    for (const seed of seeds) {
      const program = generateProgram(seed, small);
      expect(encodeProgram(program).length).toBeLessThanOrEqual(120);
      expect(program.timers.length).toBeLessThanOrEqual(4);
      expect(program.timers.every(({ mode }) => mode === "one-shot")).toBe(true);
      const needs = opsOf(program).map(({ op }) => opSchemas.find((each) => each.op === op)?.needs);
      const missing = needs.filter(
        (need) => need !== undefined && !small.capabilities.includes(need),
      );
      expect(missing, `seed ${seed}`).toEqual([]);
    }
  });

  it("of a group are of that group's operations", () => {
    const wanted = ["start", "sleep", "spin", "init", "deinit", "deinitAll", "collect", "stats"];
    const allowed = new Set([...wanted, "spawn", "stop", "when", "phase", "mask", "restore"]);
    const made = new Set<string>();
    for (const seed of seeds.slice(0, 300)) {
      const program = generateProgram(seed, nested, { groups: ["REG"] });
      for (const { op } of opsOf(program)) made.add(op);
    }
    // The opening and the end of a program are the same in all groups.
    const ending = ["read", "service", "pending", "interrupt"];
    expect([...made].filter((op) => !allowed.has(op) && !ending.includes(op))).toEqual([]);
    expect(wanted.filter((op) => !made.has(op))).toEqual([]);
  });

  // Where handlers take the whole processor, each operation of the thread lets many in.
  it.each([
    ["stm32", 1_305],
    ["stm32", 5_421],
    ["stm32", 810_007_105],
    ["rp2040", 810_006_928],
    ["rtc24", 810_016_125],
    ["rtc24", 810_016_918],
    ["systick24", 810_008_917],
    // An interrupt asks for itself all through a handler that lasts for much of a lap.
    ["rp2040", 21_632],
  ] as const)("come to an end soon on %s: seed %i", async (profile, seed) => {
    const board = createSimBoard({ profile });
    const { records } = await board.run(generateProgram(seed, board.describe()));
    expect(records.length).toBeLessThan(10_000);
  });

  it("are the same for the same seed: whoever changes them counts generatorVersion up", () => {
    const hash = createHash("sha256");
    for (const seed of seeds.slice(0, 300)) {
      for (const board of [nested, small]) {
        hash.update(JSON.stringify(generateProgram(seed, board)));
      }
    }
    const made = { version: generatorVersion, hash: hash.digest("hex").slice(0, 16) };
    expect(made).toMatchInlineSnapshot(`
      {
        "hash": "5c72f4969325909f",
        "version": 4,
      }
    `);
  });
});
