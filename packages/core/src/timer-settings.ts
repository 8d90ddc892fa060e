import { ticksFromUs } from "./conversion.js";
import { Flag } from "./slot.js";
import { timerErrors } from "./timer-errors.js";
import type { TimerCallback, TimerMode, TimerOptions } from "./timer-types.js";
import { checkTicks, MAX_DELAY_TICKS, show } from "./validation.js";

/** A timer's options, checked: its flags in the slot's word, its period and its callback. */
export interface TimerSettings {
  /** The flags that say how it behaves. */
  readonly flags: number;
  /** Period or delay. */
  readonly periodTicks: number;
  /** Runs at each expiry. */
  readonly callback: TimerCallback;
}

/** The flags of a word that settings decide. */
export const SETTING_FLAGS =
  Flag.Periodic | Flag.Soft | Flag.Burst | Flag.Skip | Flag.Refuse | Flag.AutoRelease;

const MODES: Record<TimerMode, number> = { "one-shot": 0, periodic: Flag.Periodic };
const DISPATCHES = { hard: 0, soft: Flag.Soft };
const OVERRUNS = { coalesce: 0, burst: Flag.Burst, skip: Flag.Skip };
const LATES = { fire: 0, refuse: Flag.Refuse };

/** Checks options; where one is missing and there are settings `before`, that one stays. */
export function settingsFrom(
  options: Partial<TimerOptions>,
  frequencyHz: number,
  before?: TimerSettings,
): TimerSettings {
  if (typeof options !== "object" || options === null) {
    throw timerErrors.options({ value: show(options) });
  }
  const old = before?.flags ?? 0;
  if (options.mode === undefined && before === undefined) {
    throw timerErrors.modeMissing();
  }
  const callback = options.callback === undefined ? before?.callback : options.callback;
  if (typeof callback !== "function") {
    throw timerErrors.callback({ value: show(callback) });
  }
  const flags =
    choice("mode", MODES, options.mode, old & Flag.Periodic) |
    choice("dispatch", DISPATCHES, options.dispatch, old & Flag.Soft) |
    choice("overrun", OVERRUNS, options.overrun, old & (Flag.Burst | Flag.Skip)) |
    choice("late", LATES, options.late, old & Flag.Refuse) |
    autoRelease(options.autoRelease, old & Flag.AutoRelease);
  if ((flags & Flag.AutoRelease) !== 0 && (flags & Flag.Periodic) !== 0) {
    throw timerErrors.autoReleasePeriodic();
  }
  return { flags, periodTicks: periodFrom(options, frequencyHz, before?.periodTicks), callback };
}

function choice(
  name: string,
  choices: Readonly<Record<string, number>>,
  value: string | undefined,
  old: number,
): number {
  if (value === undefined) {
    return old;
  }
  const chosen = Object.hasOwn(choices, value) ? choices[value] : undefined;
  if (chosen === undefined) {
    const known = Object.keys(choices).map(show).join(" or ");
    throw timerErrors.choice({ name, value: show(value), known });
  }
  return chosen;
}

function autoRelease(value: unknown, old: number): number {
  if (value === undefined) {
    return old;
  }
  if (typeof value !== "boolean") {
    throw timerErrors.autoRelease({ value: show(value) });
  }
  return value ? Flag.AutoRelease : 0;
}

function periodFrom(
  options: Partial<TimerOptions>,
  frequencyHz: number,
  old: number | undefined,
): number {
  const { periodTicks, periodUs, frequencyHz: rateHz } = options;
  const count =
    (periodTicks === undefined ? 0 : 1) +
    (periodUs === undefined ? 0 : 1) +
    (rateHz === undefined ? 0 : 1);
  if (count === 0 && old !== undefined) {
    return old;
  }
  if (count !== 1) {
    throw timerErrors.periods({ count });
  }
  if (periodTicks !== undefined) {
    return checkTicks("periodTicks", periodTicks, 1);
  }
  if (periodUs !== undefined) {
    return inRange("periodUs", periodUs, (us) => ticksFromUs(us, frequencyHz));
  }
  return inRange("frequencyHz", rateHz, (rate) => Math.round(frequencyHz / rate));
}

/** Converts a positive, finite number to ticks, and refuses what is below 1 or beyond range. */
function inRange(name: string, value: unknown, convert: (value: number) => number): number {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) {
    const ticks = convert(value);
    if (ticks >= 1 && ticks <= MAX_DELAY_TICKS) {
      return ticks;
    }
  }
  throw timerErrors.periodRange({ name, value: show(value), most: MAX_DELAY_TICKS });
}
