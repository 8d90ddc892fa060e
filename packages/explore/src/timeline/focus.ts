import type { StepRole } from "@escapement/timeline";
import type { ExploreFinding, FindingKind, FoundInRun } from "../finding.js";
import type { Replay } from "../replay.js";
import { type Conflict, conflictsOf } from "./conflicts.js";
import {
  type ActivitySpan,
  type Interruption,
  interruptionsOf,
  spansOf,
  stepOfRecord,
} from "./replay-spans.js";
import { accessWords } from "./step-words.js";

/** A step, and how much it matters. */
export interface FocusStep {
  /** Index into the replay's steps. */
  readonly index: number;
  /** The greater, the more it shows; 0 to 100. */
  readonly rank: number;
  /** What it is; none is `access` alone. */
  readonly roles: readonly StepRole[];
  /** What happens there, in words. */
  readonly text: string;
}

/** A replay, seen with an eye on what went wrong in it. */
export interface ReplayFocus {
  /** One for each step of the replay, in order. */
  readonly steps: readonly FocusStep[];
  /** The cells over which an interrupt that a move let in and the interrupted code meet, worst first. */
  readonly conflicts: readonly Conflict[];
  /** What is shown: the finding that was given, or the first of the replay. */
  readonly finding?: FoundInRun | ExploreFinding;
  /** Index of the step that it names, or the last one. */
  readonly findingStep?: number;
}

/** Conflicts shown of one interrupt; a HAL's interrupt and its calls share a dozen cells. */
const CONFLICTS_SHOWN = 2;

/** Operations that let time pass: their begins and ends say little. */
const waits: ReadonlySet<string> = new Set(["sleep", "spin", "phase"]);

/** Findings that leave an operation without an end. */
const endless: ReadonlySet<FindingKind> = new Set<FindingKind>(["deadlock", "livelock", "fault"]);

/**
 * Ranks the steps of a replay by how much they show of what went wrong: the finding's own place, the
 * moves and what they let in, the cells that both sides use, then begins and ends of operations
 * and handlers, the nearer to a move or to the finding the higher.
 *
 * Pure. `finding` is what a search found, which may be more than a single run shows (a race).
 */
export function focusOf(
  replay: Replay,
  finding: FoundInRun | ExploreFinding | undefined = replay.findings[0],
): ReplayFocus {
  const marks = new Marks(replay);
  const spans = spansOf(replay);
  const interruptions = interruptionsOf(replay);
  markSpans(marks, spans, finding !== undefined && endless.has(finding.kind));
  for (const interruption of interruptions) {
    const { from, to, name } = interruption;
    marks.add(from, 50, "entry", name);
    if (to < replay.steps.length) marks.add(to, 25, "return");
  }
  const findingStep = finding === undefined ? undefined : placeOf(replay, finding, interruptions);
  if (findingStep !== undefined) marks.add(findingStep, 100, "finding");
  marks.name(replay.steps.length - 1, "the program's end");
  const cell = findingStep === undefined ? undefined : replay.steps[findingStep]?.cell;
  const conflicts = replay.steps.flatMap(({ moves }, index) =>
    moves.length === 0 ? [] : markMove(marks, index, interruptions, spans, cell),
  );
  if (findingStep !== undefined && conflicts.some((conflict) => conflict.cell === cell)) {
    marks.add(findingStep, 100, "conflict");
  }
  return {
    steps: marks.list(findingStep),
    conflicts,
    ...(finding !== undefined && { finding }),
    ...(findingStep !== undefined && { findingStep }),
  };
}

function placeOf(
  replay: Replay,
  { kind, point, record }: FoundInRun,
  interruptions: readonly Interruption[],
): number {
  const last = Math.max(0, replay.steps.length - 1);
  if (point !== undefined) {
    // A race is the access that an interrupt came before: in this run it follows the interrupt.
    const landed = interruptions.find(({ from }) => kind === "race" && from === point);
    return Math.min(landed?.to ?? point, last);
  }
  return record === undefined ? last : stepOfRecord(replay, record);
}

function markSpans(marks: Marks, spans: readonly ActivitySpan[], isEndless: boolean): void {
  for (const { activity, from, last, name, result, ended } of spans) {
    const { op } = activity.doing;
    if (op === "init" || op === "second-interrupt") continue;
    if (op === "handler") {
      marks.add(from, 48, "begin", name);
      continue;
    }
    const isWait = waits.has(op);
    marks.add(from, isWait ? 12 : 34, "begin", isWait ? name : `${name} begins`);
    if (isWait && !(isEndless && !ended)) continue;
    if (result !== undefined) marks.add(last, 38, "end", `${name} returns ${result}`);
    else if (!ended && isEndless) marks.add(last, 60, "end", `${name} does not end`);
    else if (last > from) marks.add(last, 8, "end", `${name} ends`);
  }
}

/** A move with the interrupt that it let in, what that interrupted, and where the two meet. */
function markMove(
  marks: Marks,
  index: number,
  interruptions: readonly Interruption[],
  spans: readonly ActivitySpan[],
  cellFirst: string | undefined,
): readonly Conflict[] {
  const { steps } = marks.replay;
  marks.add(index, 97, "move");
  marks.centres.push(index);
  if (index > 0) marks.add(index - 1, 80, "access");
  const entered = interruptions.find(({ from }) => from === index);
  if (entered === undefined) return [];
  const interrupted = spans.findLast(
    ({ activity, from, last }) =>
      activity.context === entered.level - 1 && from < entered.from && last >= entered.from - 1,
  );
  marks.add(entered.to, 82, "return");
  if (interrupted !== undefined && interrupted.last >= entered.to) {
    marks.name(entered.to, `back in ${interrupted.name}`);
  }
  const outermost = steps[index - 1]?.activities.find(
    ({ context }) => context === entered.level - 1,
  );
  for (const span of spans) {
    if (span === interrupted || span.activity === outermost) {
      const isWait = waits.has(span.activity.doing.op);
      marks.add(span.from, isWait ? 40 : 84, "begin");
      if (!isWait) marks.add(span.last, 76, "end");
    } else if (span.from >= entered.from && span.from < entered.to) {
      marks.add(span.from, 66, "begin");
    }
  }
  const conflicts = conflictsOf(marks.replay, entered, interrupted).toSorted(
    (a, b) => Number(b.cell === cellFirst) - Number(a.cell === cellFirst),
  );
  for (const [place, { cell, before, during, after, weight, open }] of conflicts.entries()) {
    const isShown = place < CONFLICTS_SHOWN && (open || weight > 1 || cell === cellFirst);
    const rank = isShown ? 92 - 4 * place : 28;
    for (const step of [before, during, after]) {
      if (step !== undefined) marks.add(step, rank, "conflict");
    }
    if (weight === 3 && after !== undefined && isShown) {
      marks.add(after, rank, "conflict", "a lost update");
    }
  }
  return conflicts;
}

/** Words before those of the access, after them, and in place of a look at the clock. */
interface StepWords {
  readonly before: string[];
  readonly after: string[];
  instead: string | undefined;
}

/** What is known of each step so far. */
class Marks {
  readonly replay: Replay;
  /** Steps that nearness is measured from. */
  readonly centres: number[] = [];
  readonly #ranks: number[];
  readonly #roles = new Map<number, Set<StepRole>>();
  readonly #words = new Map<number, StepWords>();

  constructor(replay: Replay) {
    this.replay = replay;
    this.#ranks = replay.steps.map(({ access, cell }) => {
      if (access === "record" || access === "pass time") return 0;
      return cell === undefined ? 8 : access === "store" ? 6 : 2;
    });
  }

  /** A step is at least of this rank, has this role, and this happens there. */
  add(index: number, rank: number, role: StepRole, text?: string): void {
    if (index >= this.#ranks.length) return;
    this.#ranks[index] = Math.max(this.#ranks[index] ?? 0, rank);
    const roles = this.#roles.get(index) ?? new Set();
    this.#roles.set(index, roles.add(role));
    if (text === undefined) return;
    const words = this.#wordsOf(index);
    if (role === "begin" || role === "entry") words.before.push(text);
    else words.after.push(text);
  }

  /** Words for a step that has none of its own. */
  name(index: number, text: string): void {
    this.#wordsOf(index).instead = text;
  }

  #wordsOf(index: number): StepWords {
    const known = this.#words.get(index);
    if (known !== undefined) return known;
    const made: StepWords = { before: [], after: [], instead: undefined };
    this.#words.set(index, made);
    return made;
  }

  list(findingStep: number | undefined): readonly FocusStep[] {
    const centres = [...this.centres, ...(findingStep === undefined ? [] : [findingStep])];
    const words = accessWords(this.replay);
    return this.replay.steps.map(({ access }, index) => {
      const rank = this.#ranks[index] ?? 0;
      const distance = Math.min(...centres.map((centre) => Math.abs(centre - index)));
      const near = rank < 60 && Number.isFinite(distance) ? 18 / (1 + distance / 6) : 0;
      const { before = [], after = [], instead } = this.#words.get(index) ?? {};
      const isBare = access === "record" || access === "pass time";
      const isNamed = before.length + after.length > 0;
      const own = isBare ? (isNamed ? undefined : instead) : words[index];
      const said = [...before, ...(own === undefined ? [] : [own]), ...after];
      return {
        index,
        rank: Math.min(100, rank + near),
        roles: [...(this.#roles.get(index) ?? ["access" as const])],
        text: said.length === 0 ? (words[index] ?? access) : said.join("; "),
      };
    });
  }
}
