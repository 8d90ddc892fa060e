import { unoImage } from "@escapement/firmware";
import { describe, expect, it } from "vitest";
import { Bench } from "../src/bench.js";
import { type Code, cli, in_, lds, out, reg, ret } from "./support/assemble.js";

/** An unused part of flash, as a word address. */
const SPARE = 0x3e00;
const LAPS = unoImage().symbols.esc_wraps ?? 0;
const SREG_IO = 0x3f;

/** What goes wrong where: `k` is how many cycles before the wrap the function was called. */
interface Failure {
  readonly k: number;
  readonly error: number;
}

/**
 * Calls a read function at every phase around the wrap. A result is right when it lies between the
 * true time at the call and the true time at the return, counted by the emulator's own cycles.
 */
function sweep(bench: Bench, target: string | number, interrupts: boolean): Failure[] {
  const { emulator } = bench;
  const failures: Failure[] = [];
  for (let k = 1; k <= 400; k += 1) {
    const laps = emulator.cpu.dataView.getUint32(LAPS, true);
    bench.setCounter(0x10000 - k);
    const { result32, cycles } = emulator.callFunction(target, { interrupts });
    const atCall = laps * 0x10000 + 0x10000 - k;
    if (result32 < atCall) failures.push({ k, error: result32 - atCall });
    if (result32 > atCall + cycles) failures.push({ k, error: result32 - atCall - cycles });
  }
  return failures;
}

/** A bench with a function of a test's own in its flash; returns the function's byte address. */
function withFunction(stock: boolean, code: readonly Code[]): { bench: Bench; address: number } {
  const bench = new Bench({ stock });
  const { progMem } = bench.emulator.cpu;
  expect(progMem[SPARE], "the spare flash is used by now").toBe(0xffff);
  progMem.set(code.flat(), SPARE);
  return { bench, address: SPARE * 2 };
}

/** (laps << 16) | TCNT1, with nothing done about the wrap between the two. */
const naive: readonly Code[] = [
  lds(24, LAPS),
  lds(25, LAPS + 1),
  lds(22, reg.TCNT1L),
  lds(23, reg.TCNT1H),
  ret,
];

/** The same with interrupts masked, which is what a first repair looks like. */
const masked: readonly Code[] = [
  in_(18, SREG_IO),
  cli,
  ...naive.slice(0, -1),
  out(SREG_IO, 18),
  ret,
];

describe.each([
  ["corrected", false],
  ["stock", true],
] as const)("a read at 400 phases before the wrap, %s emulator", (_name, stock) => {
  it.each([true, false])("READ-01 esc_now() is never off, interrupts enabled: %s", (interrupts) => {
    expect(sweep(new Bench({ stock }), "esc_now", interrupts)).toEqual([]);
  });

  it.each([true, false])(
    "the control: a naive read is off by a lap, interrupts enabled: %s",
    (interrupts) => {
      const { bench, address } = withFunction(stock, naive);
      const failures = sweep(bench, address, interrupts);
      expect(failures.length).toBeGreaterThan(0);
      for (const { error } of failures) expect(Math.abs(error)).toBeGreaterThan(60_000);
    },
  );

  it("the control: masking alone does not help", () => {
    const { bench, address } = withFunction(stock, masked);
    expect(sweep(bench, address, true).length).toBeGreaterThan(0);
  });
});
