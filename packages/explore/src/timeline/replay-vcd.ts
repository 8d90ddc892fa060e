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
  /** Its width; `string` for a text, which is GTKWave's extension. */
  readonly bits: number | "string";
  /** The value at a step. */
  readonly value: (step: ReplayStep, index: number) => number | string;
}

/** Characters that name signals: all that the format allows. */
const CODES = 94;
const FIRST_CODE = 33;

/** What a context does that does nothing of its own; an empty text would end the line too early. */
const IDLE = "-";

/**
 * Writes a replay as a Value Change Dump (IEEE 1364), which GTKWave and Surfer open.
 *
 * Accesses take no time in an exploration, so that each point gets a nanosecond of its own: the time
 * of the waveform is the number of the point, and the ticks are a signal. Besides the counter, the
 * compare register, flags, enabled interrupts, mask and level there are `move` (a move was made just
 * before), `conflict` and `finding` (see `focusOf`), a wire for each timer whose handler runs,
 * and the operation under way in each context as a string, `-` for none: `$var string` is an extension that
 * GTKWave reads. The text is the same for the same replay.
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
  const signals = signalsOf(replay, options.finding ?? replay.findings[0]);
  const lines = [
    "$version escapement $end",
    comment(
      `${replay.name} with value ${replay.value} on ${replay.target}, schedule ${replay.schedule}`,
      "time is the number of the point; the signal ticks has the time on the board",
    ),
    "$timescale 1 ns $end",
    "$scope module replay $end",
    ...signals.map(({ bits, name }, index) => `$var ${kindOf(bits)} ${code(index)} ${name} $end`),
    "$upscope $end",
    "$enddefinitions $end",
  ];
  const last: (number | string)[] = signals.map(() => -1);
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

function signalsOf(replay: Replay, finding: ReplayVcdOptions["finding"]): readonly Signal[] {
  const { counterBits, steps } = replay;
  const { steps: ranked, findingStep } = focusOf(replay, finding);
  const bit = (name: string, isSet: (step: ReplayStep, index: number) => boolean): Signal => ({
    ...{ name, bits: 1 },
    value: (step, index) => (isSet(step, index) ? 1 : 0),
  });
  const levels = levelsOf(replay);
  const timers = timersOf(replay);
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
      bits: "string" as const,
      value: (step: ReplayStep) => operationAt(step, level),
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

/** The timers whose handlers run in a replay. */
function timersOf({ steps }: Replay): readonly number[] {
  const doings = steps.flatMap(({ activities }) => activities.map(({ doing }) => doing));
  const timers = doings.flatMap((doing) => (doing.op === "handler" ? [doing.timer] : []));
  return [...new Set(timers)].sort((a, b) => a - b);
}

/** The innermost operation that was begun at a level. */
function operationAt({ activities }: ReplayStep, level: number): string {
  const own = activities.findLast(({ context }) => context === level);
  return own === undefined ? IDLE : nameOf(own.doing);
}

/** How many bits the compare register takes: it may be wider than the counter. */
function bitsOf(steps: readonly ReplayStep[], least: number): number {
  return steps.reduce((most, { compare }) => Math.max(most, compare.toString(2).length), least);
}

function nameOf(doing: ReplayStep["activities"][number]["doing"]): string {
  if ("timer" in doing) return `${doing.op}(${doing.timer})`;
  return "interrupt" in doing ? `${doing.op}(${doing.interrupt})` : doing.op;
}

function kindOf(bits: Signal["bits"]): string {
  return bits === "string" ? "string 1" : `wire ${bits}`;
}

function comment(...lines: readonly string[]): string {
  // A dollar sign would end the comment.
  return `$comment\n${lines.map((line) => `  ${line.replace(/[^ -#%-~]/g, "?")}`).join("\n")}\n$end`;
}

function valueText(value: number | string, bits: Signal["bits"], id: string): string {
  // A blank would end the text; a backslash begins an escape.
  if (typeof value === "string") return `s${value.replace(/[^!-[\]-~]/g, "?") || IDLE} ${id}`;
  return bits === 1 ? `${value}${id}` : `b${value.toString(2)} ${id}`;
}

function code(index: number): string {
  const digit = String.fromCharCode(FIRST_CODE + (index % CODES));
  return index < CODES ? digit : digit + code(Math.floor(index / CODES) - 1);
}
