import { shrinkProgram } from "@escapement/conformance";
import type { Program } from "@escapement/scenario";
import { type Compared, type Comparison, compare } from "./compare.js";
import { isSound, makePlan, type PlanLimits } from "./make-plan.js";
import { sameOutcome } from "./outcome.js";
import { planText } from "./plan-text.js";

/** Which programs are compared. */
export interface SeedsOptions {
  /** The two sides. */
  readonly sides: Comparison;
  /** What programs may hold. */
  readonly limits: PlanLimits;
  /** The first seed. */
  readonly from: number;
  /** Programs to be compared; those that depend on speed do not count. */
  readonly programs: number;
  /** Seeds to be tried for that at the most. */
  readonly seeds: number;
  /** The line that runs a seed again, for the report. */
  readonly replay: (seed: number) => string;
  /** How many questions the shrinker may ask. */
  readonly shrinkRuns: number;
}

/** What the comparison came to. */
export interface SeedsSummary {
  /** How many programs came to what. */
  readonly counts: Readonly<Record<Compared["kind"], number>>;
  /** What was compared, each different line once, without the timer's number. */
  readonly seen: ReadonlySet<string>;
  /** The first difference, shrunk, with the line that shows it again; the run ends there. */
  readonly difference?: string;
}

/** Compares the programs of consecutive seeds until so many were compared, or one differs. */
export async function runSeeds(options: SeedsOptions): Promise<SeedsSummary> {
  const { sides, limits, programs } = options;
  const counts = { same: 0, unsteady: 0, excused: 0, "too-large": 0, different: 0 };
  const seen = new Set<string>();
  const most = options.from + options.seeds;
  for (let seed = options.from; counts.same < programs && seed < most; seed++) {
    const plan = makePlan(seed, limits);
    const compared = await compare(plan, sides);
    counts[compared.kind] += 1;
    if (compared.kind === "same") addLines(seen, compared.lines);
    if (compared.kind === "different") {
      return { counts, seen, difference: await reportOf(seed, plan, options) };
    }
  }
  return { counts, seen };
}

function addLines(seen: Set<string>, lines: readonly string[]): void {
  for (const line of lines) seen.add(line.trim().replace(/ \d+: /, " "));
}

async function reportOf(seed: number, plan: Program, options: SeedsOptions): Promise<string> {
  const { sides, shrinkRuns, replay } = options;
  const differs = async (smaller: Program): Promise<boolean> => {
    if (!isSound(smaller)) return false;
    try {
      return (await compare(smaller, sides)).kind === "different";
    } catch {
      return false;
    }
  };
  const small = await shrinkProgram(plan, differs, { runs: shrinkRuns });
  const compared = await compare(small, sides);
  const lines = compared.kind === "different" ? sideBySide(compared) : ["(seen once only)"];
  return [
    `seed ${seed} differs; times are quarters of a unit:`,
    planText(small),
    "",
    ...lines,
    "",
    `Again: ${replay(seed)}`,
  ].join("\n");
}

function sideBySide({ reference, board }: Extract<Compared, { kind: "different" }>): string[] {
  const length = Math.max(reference.length, board.length);
  return Array.from({ length }, (_, at) => {
    const [left = "(nothing)", right = "(nothing)"] = [reference[at], board[at]];
    return sameOutcome([left], [right])
      ? `    ${left}`
      : `  ! TypeScript: ${left.trim()} | C: ${right.trim()}`;
  });
}
