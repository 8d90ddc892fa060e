import { unoImage } from "@escapement/firmware";
import { Bench, type MeasuredCall } from "./bench.js";

/** What the shipped firmware takes of the chip, exactly. */
export interface UnoFigures {
  /** Bytes of flash, agent and HAL together. */
  readonly flashBytes: number;
  /** Bytes of RAM, without the stack. */
  readonly ramBytes: number;
  /** The longest of all stretches with interrupts off, over everything in `cycles`. */
  readonly longestMaskedCycles: number;
  /** Cycles of calls and interrupts. */
  readonly cycles: readonly CycleFigure[];
}

/** What one thing costs in CPU cycles, exactly. */
export interface CycleFigure {
  /** A name that stays. */
  readonly id: string;
  /** What was done, for a person. */
  readonly what: string;
  /**
   * Of a call: from its first instruction to the end of its return. Of an interrupt: from the
   * chip's acceptance to the end of RETI.
   */
  readonly cycles: number;
  /** Interrupts were off for this long at a stretch. */
  readonly maskedCycles: number;
}

/** Timers that the shipped firmware has. */
const TIMERS = 8;
const ESC_PERIODIC = 1;
/** Far enough that nothing fires while other calls are measured. */
const PERIOD_TICKS = 1_000_000;
const NEAR_TICKS = 20_000;
const WAIT_CYCLES = 200_000;

/**
 * Measures the shipped firmware by running its machine code on the corrected emulator: reads,
 * starts, stops, the interrupts, with one timer and in the worst case of eight. The same image
 * gives the same numbers, always and everywhere.
 *
 * @throws BoardError `board-fault` when the image lacks a function that is measured.
 *
 * @example
 * ```ts
 * import { measureFigures } from "@escapement/board-uno";
 *
 * for (const { what, cycles } of measureFigures().cycles) console.log(what, cycles);
 * ```
 */
export function measureFigures(): UnoFigures {
  const { flashBytes = 0, ramBytes = 0 } = unoImage().figures;
  const cycles = [...reads(), ...callsOnOne(), ...callsOnEight(), ...interrupts()];
  const longestMaskedCycles = Math.max(...cycles.map(({ maskedCycles }) => maskedCycles));
  return { flashBytes, ramBytes, longestMaskedCycles, cycles };
}

/** The figures as a page of Markdown, the one that is kept as `docs/figures.md`. */
export function figuresPage(figures: UnoFigures): string {
  const { flashBytes, ramBytes, longestMaskedCycles, cycles } = figures;
  const rows = cycles.map(
    ({ id, what, cycles: total, maskedCycles }) =>
      `| \`${id}\` | ${what} | ${total} | ${maskedCycles} |`,
  );
  return `# Figures of the Uno firmware

Exact, not estimated: the shipped image runs on the cycle-exact emulator, and a test measures it
again and compares. They change only on purpose, by \`node scripts/measure.mjs --write\` in
\`packages/board-uno\` after a build. A cycle is 62.5 ns at 16 MHz.

A call counts from its first instruction to the end of its return; the \`call\` itself (4 cycles) is
the caller's. An interrupt counts from the chip's response (4 cycles to the vector) to the end of
\`reti\`. Handlers are empty, so what a handler does comes on top.

| id | what | cycles | of them masked at a stretch |
| --- | --- | ---: | ---: |
${rows.join("\n")}

Longest time with interrupts off: ${longestMaskedCycles} cycles (${longestMaskedCycles / 16} µs).

Flash ${flashBytes} of 32768 bytes, RAM ${ramBytes} of 2048 bytes without the stack; agent and HAL
together, for 8 timers.
`;
}

function figure(id: string, what: string, measured: MeasuredCall): CycleFigure {
  return { id, what, cycles: measured.cycles, maskedCycles: measured.maskedCycles };
}

function reads(): CycleFigure[] {
  const bench = new Bench();
  bench.setCounter(0x4000);
  const fast = bench.measure("esc_now");
  const wide = bench.measure("esc_now_wide");
  bench.setCounter(0xffff);
  bench.passMasked(2);
  // The flag is up; masked, so that the interrupt does not count the lap first.
  const pending = bench.emulator.callFunction("esc_now", { interrupts: false });
  return [
    figure("read", "`esc_now()`", fast),
    {
      id: "read-overflow",
      what: "`esc_now()` with an overflow latched and not yet counted",
      cycles: pending.cycles,
      // The same instructions mask; the pending path is longer by the difference.
      maskedCycles: fast.maskedCycles + pending.cycles - fast.cycles,
    },
    figure("read-wide", "`esc_now_wide()`, 48 bits", wide),
  ];
}

function callsOnOne(): CycleFigure[] {
  const bench = new Bench();
  bench.setCounter(0x4000);
  const timer = bench.make(PERIOD_TICKS);
  return [
    figure("start-only", "`esc_start()` of the only timer", bench.measure("esc_start", [timer])),
    figure(
      "restart-only",
      "`esc_start()` of it while it runs",
      bench.measure("esc_start", [timer]),
    ),
    figure("stop-only", "`esc_stop()` of it", bench.measure("esc_stop", [timer])),
    figure("stop-idle", "`esc_stop()` of a timer that is idle", bench.measure("esc_stop", [timer])),
  ];
}

function callsOnEight(): CycleFigure[] {
  const bench = new Bench();
  bench.setCounter(0x4000);
  const timers = Array.from({ length: TIMERS }, (_, index) => bench.make(PERIOD_TICKS + index));
  const [first = 0, second = 0] = timers;
  const last = timers.at(-1) ?? 0;
  for (const timer of timers) if (timer !== last) bench.measure("esc_start", [timer]);
  const startLast = bench.measure("esc_start", [last]);
  const stopLast = bench.measure("esc_stop", [last]);
  bench.measure("esc_start", [last]);
  const stopFirst = bench.measure("esc_stop", [first]);
  const period = (PERIOD_TICKS * 2) >>> 0;
  const setPeriod = bench.measure("esc_set_period", [second, period >>> 16, period & 0xffff]);
  const deinit = bench.measure("esc_deinit", [last]);
  const deinitAll = bench.measure("esc_deinit_all");
  return [
    figure("start-last-of-8", "`esc_start()` behind seven others", startLast),
    figure("stop-last-of-8", "`esc_stop()` of the last of eight", stopLast),
    figure("stop-first-of-8", "`esc_stop()` of the next of eight to expire", stopFirst),
    figure("set-period-of-7", "`esc_set_period()` that moves it from first to last", setPeriod),
    figure("deinit-of-7", "`esc_deinit()` of one of seven", deinit),
    figure("deinit-all", "`esc_deinit_all()`, six pending", deinitAll),
  ];
}

function interrupts(): CycleFigure[] {
  const overflow = new Bench();
  overflow.setCounter(0xfff0);
  const { cycles } = overflow.interrupt(WAIT_CYCLES);
  return [
    {
      id: "interrupt-overflow",
      what: "the overflow interrupt",
      cycles,
      maskedCycles: cycles,
    },
    compare("interrupt-compare-1", "the compare interrupt, one one-shot due", 1, 0),
    compare("interrupt-compare-1-periodic", "the same, a periodic timer", 1, ESC_PERIODIC),
    compare("interrupt-compare-8", "the same, eight one-shots due at once", TIMERS, 0),
    compare(
      "interrupt-compare-8-periodic",
      "the same, eight periodic timers",
      TIMERS,
      ESC_PERIODIC,
    ),
  ];
}

function compare(id: string, what: string, count: number, flags: number): CycleFigure {
  const bench = new Bench();
  bench.setCounter(0x4000);
  const timers = Array.from({ length: count }, () => bench.make(PERIOD_TICKS, flags));
  bench.startTogether(timers, NEAR_TICKS);
  const { cycles } = bench.interrupt(WAIT_CYCLES);
  return { id, what, cycles, maskedCycles: cycles };
}
