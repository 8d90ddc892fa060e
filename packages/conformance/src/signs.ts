import type { ReferenceClock, Trace, TraceRecord } from "@escapement/scenario";
import { modulo } from "./_internal/modulo.js";
import type { LawEnv } from "./law.js";

/** What one law's trace shows of a cause that many laws may share; the basis of what is said of a whole run. */
export interface LawSigns {
  /** Starts that were returned with `armed` or `late`, as far as they are recorded. */
  readonly armed: number;
  /** Handler entries, recorded or counted. */
  readonly entries: number;
  /** Actual minus scheduled time of the handlers that ran in interrupts, in ticks: least and most. */
  readonly lateness?: { readonly least: number; readonly most: number };
  /** Pairs of reads that the reference clock could compare. */
  readonly compared: number;
  /** By how many laps a read was wrong against the one before it; one entry for each that was. */
  readonly lapsOff: readonly number[];
  /** Pairs of reads that were wrong by something else than whole laps. */
  readonly otherwiseOff: number;
}

type Read = Extract<TraceRecord, { readonly kind: "read" }>;

/** Reads the signs off a trace. Pure. */
export function signsOf({ records }: Trace, env: LawEnv): LawSigns {
  const expiries = records.filter((each) => each.kind === "expiry");
  const inInterrupt = expiries.filter((each) => each.context > 0);
  const late = inInterrupt.map((each) => each.at - each.scheduled);
  const calls = records.filter((each) => each.kind === "call");
  const armed = calls.filter(({ result }) => result === "armed" || result === "late").length;
  const counts = calls.filter(({ op }) => op === "count").map(({ value }) => value);
  return {
    armed,
    entries: expiries.length + counts.reduce((sum, count) => sum + count, 0),
    ...(late.length > 0 && { lateness: { least: least(late), most: -least(late.map((x) => -x)) } }),
    ...readSigns(records, env),
  };
}

/** Of many numbers, more than a call takes as arguments. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
}

function readSigns(
  records: readonly TraceRecord[],
  env: LawEnv,
): Pick<LawSigns, "compared" | "lapsOff" | "otherwiseOff"> {
  const clock = env.board.reference;
  const lapsOff: number[] = [];
  let compared = 0;
  let otherwiseOff = 0;
  let before: Read | undefined;
  for (const record of records) {
    if (record.kind === "iteration") before = undefined;
    if (record.kind !== "read") continue;
    const off = clock && before && laps(before, record, clock, env);
    before = record;
    if (off === undefined) continue;
    compared += 1;
    if (off === "other") otherwiseOff += 1;
    else if (off !== 0) lapsOff.push(off);
  }
  return { compared, lapsOff, otherwiseOff };
}

/** By how many whole laps a read is wrong; nothing where the reference clock cannot show it. */
function laps(
  one: Read,
  two: Read,
  { frequencyHz, modulusTicks }: ReferenceClock,
  env: LawEnv,
): number | "other" | undefined {
  if (one.reference === undefined || two.reference === undefined) return undefined;
  const scale = frequencyHz / env.board.frequencyHz;
  const wrapped = (ticks: number) => modulo(ticks, modulusTicks);
  const rounding = Math.max(1, scale);
  const width =
    wrapped(one.reference.return - one.reference.call) +
    wrapped(two.reference.return - two.reference.call) +
    2 * rounding;
  const lap = env.lap * scale;
  // A window as wide as the clock's modulus, or as the difference that laps make in it, shows nothing.
  const seen = Math.min(wrapped(lap), wrapped(-lap));
  if (width >= modulusTicks / 2 || (seen > 0 && width >= seen)) return undefined;
  const from = two.reference.call - one.reference.return - rounding;
  const passed = (two.value - one.value) * scale;
  const fits = (off: number) => wrapped(passed - off * lap - from) <= width;
  if (fits(0)) return 0;
  // Where the clock wraps, few laps can be distinguished; where it does not, all can.
  const off = Math.round((passed - from - width / 2) / lap);
  const turns = modulusTicks < 2 ** 53;
  for (const each of turns ? [1, -1, 2, -2, 3, -3] : [off]) if (fits(each)) return each;
  return "other";
}
