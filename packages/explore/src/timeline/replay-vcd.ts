import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import type { ExploreFinding, FoundInRun } from "../finding.js";
import type { Replay, ReplayStep } from "../replay.js";
import { focusOf } from "./focus.js";
import { levelsOf } from "./replay-spans.js";

/** What a dump is told. */
export interface ReplayVcdOptions {
  /** What `finding` and `conflict` mark; default the replay's first finding. */
  readonly finding?: FoundInRun | ExploreFinding;
}

interface Signal {
  readonly name: string;
  readonly bits: number;
  /** The value at a step. */
  readonly value: (step: ReplayStep, index: number) => number;
}

/** Characters that name signals: all that the format allows. */
const CODES = 94;
const FIRST_CODE = 33;

/**
 * Writes a replay as a Value Change Dump (IEEE 1364), which GTKWave and Surfer open.
 *
 * Accesses take no time in an exploration, so that each point gets a nanosecond of its own: the time
 * of the waveform is the number of the point, and the ticks are a signal. Besides the counter, the
 * compare register, flags, enabled interrupts, mask and level there are `move` (a move was made just
 * before), `conflict` and `finding` (see `focusOf`), a wire for each timer's handler,
 * and the operation under way in each context, numbered by the list in the file's comment (0: none).
 * The text is the same for the same replay.
 *
 * @example
 * ```ts
 * import { type ExploreCase, parseSchedule, replay, replayVcd, type World } from "@escapement/explore";
 *
 * export function dump(world: World, subject: ExploreCase, schedule: string): string {
 *   return replayVcd(replay(world, subject, parseSchedule(schedule))); // write this to a .vcd file
 * }
 * ```
 */
export function replayVcd(replay: Replay, options: ReplayVcdOptions = {}): string {
  const operations = new Operations(replay);
  const signals = signalsOf(replay, operations, options.finding ?? replay.findings[0]);
  const lines = [
    "$version escapement $end",
    comment(
      `${replay.name} with value ${replay.value} on ${replay.target}, schedule ${replay.schedule}`,
      "time is the number of the point; the signal ticks has the time on the board",
      `operations: ${operations.names.map((name, index) => `${index + 1} ${name}`).join(", ")}`,
    ),
    "$timescale 1 ns $end",
    "$scope module replay $end",
    ...signals.map(({ bits, name }, index) => `$var wire ${bits} ${code(index)} ${name} $end`),
    "$upscope $end",
    "$enddefinitions $end",
  ];
  const last = signals.map(() => -1);
  for (const [index, step] of replay.steps.entries()) {
    const changes = signals.flatMap(({ bits, value }, place) => {
      const now = value(step, index);
      if (now === last[place]) return [];
      last[place] = now;
      return [valueText(now, bits, code(place))];
    });
    if (index === 0) lines.push("#0", "$dumpvars", ...changes, "$end");
    else if (changes.length > 0) lines.push(`#${step.point}`, ...changes);
  }
  // The last point lasts, too.
  lines.push(`#${(replay.steps.at(-1)?.point ?? 0) + 1}`);
  return `${lines.join("\n")}\n`;
}

function signalsOf(
  replay: Replay,
  operations: Operations,
  finding: ReplayVcdOptions["finding"],
): readonly Signal[] {
  const { counterBits, steps } = replay;
  const { steps: ranked, findingStep } = focusOf(replay, finding);
  const bit = (name: string, isSet: (step: ReplayStep, index: number) => boolean): Signal => ({
    ...{ name, bits: 1 },
    value: (step, index) => (isSet(step, index) ? 1 : 0),
  });
  const levels = levelsOf(replay);
  const timers = operations.timers;
  return [
    { name: "ticks", bits: 53, value: ({ at }) => at - (steps[0]?.at ?? 0) },
    { name: "counter", bits: counterBits, value: ({ counter }) => counter },
    { name: "compare", bits: bitsOf(steps, counterBits), value: ({ compare }) => compare },
    bit("overflow_flag", ({ flags }) => (flags & FLAG_OVERFLOW) !== 0),
    bit("compare_flag", ({ flags }) => (flags & FLAG_COMPARE) !== 0),
    bit("overflow_enabled", ({ enabled }) => (enabled & FLAG_OVERFLOW) !== 0),
    bit("compare_enabled", ({ enabled }) => (enabled & FLAG_COMPARE) !== 0),
    bit("masked", ({ masked }) => masked),
    { name: "interrupt_depth", bits: 6, value: ({ level }) => level },
    ...Array.from({ length: levels + 1 }, (_, level) => ({
      name: level === 0 ? "thread_operation" : `level_${level}_operation`,
      bits: 16,
      value: (step: ReplayStep) => operations.at(step, level),
    })),
    ...timers.map((timer) =>
      bit(`timer_${timer}`, ({ activities }) =>
        activities.some(({ doing }) => doing.op === "handler" && doing.timer === timer),
      ),
    ),
    bit("move", ({ moves }) => moves.length > 0),
    bit("conflict", (_, index) => ranked[index]?.roles.includes("conflict") === true),
    bit("finding", (_, index) => index === findingStep),
  ];
}

/** The operations of a replay by number. */
class Operations {
  readonly names: readonly string[];
  readonly timers: readonly number[];
  readonly #numbers = new Map<string, number>();

  constructor({ steps }: Replay) {
    const timers = new Set<number>();
    for (const { activities } of steps) {
      for (const { doing } of activities) {
        if (doing.op === "handler") timers.add(doing.timer);
        const name = nameOf(doing);
        if (!this.#numbers.has(name)) this.#numbers.set(name, this.#numbers.size + 1);
      }
    }
    this.names = [...this.#numbers.keys()];
    this.timers = [...timers].sort((a, b) => a - b);
  }

  /** The number of the innermost one that was begun at a level; 0 when there is none. */
  at({ activities }: ReplayStep, level: number): number {
    const own = activities.findLast(({ context }) => context === level);
    return own === undefined ? 0 : (this.#numbers.get(nameOf(own.doing)) ?? 0);
  }
}

/** How many bits the compare register takes: it may be wider than the counter. */
function bitsOf(steps: readonly ReplayStep[], least: number): number {
  return steps.reduce((most, { compare }) => Math.max(most, compare.toString(2).length), least);
}

function nameOf(doing: ReplayStep["activities"][number]["doing"]): string {
  if ("timer" in doing) return `${doing.op}(${doing.timer})`;
  return "interrupt" in doing ? `${doing.op}(${doing.interrupt})` : doing.op;
}

function comment(...lines: readonly string[]): string {
  // A dollar sign would end the comment.
  return `$comment\n${lines.map((line) => `  ${line.replace(/[^ -#%-~]/g, "?")}`).join("\n")}\n$end`;
}

function valueText(value: number, bits: number, id: string): string {
  return bits === 1 ? `${value}${id}` : `b${value.toString(2)} ${id}`;
}

function code(index: number): string {
  const digit = String.fromCharCode(FIRST_CODE + (index % CODES));
  return index < CODES ? digit : digit + code(Math.floor(index / CODES) - 1);
}
