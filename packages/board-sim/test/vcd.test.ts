import { describe, expect, it } from "vitest";
import {
  chipShape,
  FLAG_OVERFLOW,
  SimChip,
  type SimChipOptions,
  VcdRecorder,
} from "../src/index.js";
import { parseVcd } from "./vcd-parser.js";

const tiny: SimChipOptions = {
  counterBits: 4,
  cpuHz: 100_000_000,
  cyclesPerTick: 10,
  startCounter: 14,
  entryCycles: 4,
  exitCycles: 2,
};

function runOnce(vcd: VcdRecorder, name = "sim:tiny"): void {
  const chip = new SimChip(tiny, { probe: vcd.probe(name, chipShape(tiny)) });
  chip.connect({
    overflow: () => {
      chip.markHandler(0, true);
      chip.clearFlags(FLAG_OVERFLOW);
      chip.markHandler(0, false);
    },
    compare: () => {},
  });
  chip.enable(FLAG_OVERFLOW);
  chip.compare = 1;
  const state = chip.saveAndMask();
  chip.clock.advanceTo(25);
  chip.restore(state);
  chip.clock.advanceTo(50);
}

describe("VcdRecorder", () => {
  it("writes the same file for the same run, byte for byte", async () => {
    const vcd = new VcdRecorder();
    runOnce(vcd);
    await expect(vcd.toString()).toMatchFileSnapshot("golden/tiny.vcd");
  });

  it("is well-formed, and shows flag, mask, level and handler in the order they happened", () => {
    const vcd = new VcdRecorder();
    runOnce(vcd);
    const { timescale, widths, changes } = parseVcd(vcd.toString());
    expect(timescale).toBe("1 ns");
    expect(widths.get("sim_tiny.counter")).toBe(4);
    const timesOf = (name: string, value: number) =>
      changes
        .filter((c) => c.name === `sim_tiny.${name}` && c.value === value)
        .map((c) => c.timeNs);
    expect(timesOf("overflow_flag", 1)).toEqual([200]);
    const [unmasked] = timesOf("masked", 0).slice(-1);
    const [entered] = timesOf("interrupt_depth", 1);
    const [handler] = timesOf("timer_0", 1);
    const [cleared] = timesOf("overflow_flag", 0).slice(-1);
    const order = [unmasked, entered, handler, cleared];
    expect(order).toEqual([260, 270, 310, 320]);
    expect(timesOf("compare_flag", 1)).toEqual([300]);
  });

  it("keeps two boards in one file, each in its scope, in time order", () => {
    const vcd = new VcdRecorder();
    runOnce(vcd, "a");
    runOnce(vcd, "b");
    const { changes } = parseVcd(vcd.toString());
    const of = (scope: string) =>
      changes
        .filter((c) => c.name.startsWith(scope))
        .map((c) => [c.timeNs, c.name.slice(2), c.value]);
    expect(of("a.").length).toBeGreaterThan(10);
    expect(of("b.")).toEqual(of("a."));
  });

  it("goes on in time when a board powers up again, and starts again after clear", () => {
    const vcd = new VcdRecorder();
    runOnce(vcd);
    const once = vcd.toString();
    runOnce(vcd);
    const twice = parseVcd(vcd.toString());
    expect(twice.changes.at(-1)?.timeNs).toBe(2 * (parseVcd(once).changes.at(-1)?.timeNs ?? 0));
    vcd.clear();
    runOnce(vcd);
    expect(vcd.toString()).toBe(once);
  });

  it("leaves out timers that do nothing, and shows the others as idle until they run", () => {
    const vcd = new VcdRecorder();
    runOnce(vcd);
    expect(parseVcd(vcd.toString()).widths.has("sim_tiny.timer_0")).toBe(true);
    vcd.clear();
    const chip = new SimChip(tiny, { probe: vcd.probe("sim:tiny", chipShape(tiny)) });
    chip.clock.advanceTo(50);
    chip.markHandler(3, true);
    const { widths, changes } = parseVcd(vcd.toString());
    expect([...widths.keys()].filter((name) => name.includes("timer"))).toEqual([
      "sim_tiny.timer_3",
    ]);
    const timer = changes.filter(({ name }) => name === "sim_tiny.timer_3");
    expect(timer.map(({ timeNs, value }) => [timeNs, value])).toEqual([
      [0, 0],
      [500, 1],
    ]);
    const unknown = changes.filter(({ value }) => value === undefined);
    expect(unknown.filter(({ name }) => !name.endsWith(".counter"))).toEqual([]);
  });

  it("stops at its limit and says so in the file", () => {
    const vcd = new VcdRecorder({ limit: 5 });
    runOnce(vcd);
    expect(vcd.leftOut).toBeGreaterThan(0);
    const text = vcd.toString();
    expect(text).toContain(`$comment ${vcd.leftOut} later changes left out $end`);
    expect(parseVcd(text).changes.filter((c) => c.value !== undefined)).toHaveLength(5);
  });
});
