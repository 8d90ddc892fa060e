import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import {
  type ExploreCase,
  type FoundInRun,
  type MovePlace,
  movePlaces,
  parseSchedule,
  type Replay,
  type ReplayStep,
  replay,
  replayTimeline,
  type Schedule,
  type World,
} from "@escapement/explore";
import type { Timeline } from "@escapement/timeline";
import { sharedSteps } from "./race-conflicts.js";
import type { RaceRequest, RaceRun, RaceStep, RaceViolation } from "./race-types.js";
import { choiceOf, choicesOf, doingWords, moveWords, stepWords } from "./race-words.js";

/**
 * Runs a case by a schedule, and makes of it what is shown.
 *
 * @param wanted index of the move that is moved; the last one, or the first to be made, when absent
 * @param notice what is to be said about the way to this run
 * @throws ExploreError `bad-schedule`, `schedule-version` or `schedule-mismatch`.
 */
export function engineRun(
  world: World,
  subject: ExploreCase,
  request: RaceRequest,
  wanted: number | undefined,
  notice: string,
): RaceRun {
  const schedule = parseSchedule(request.schedule);
  // An edit that is half made is no harm yet: it is what comes of it that counts.
  const made = replay(world, subject, schedule, { auditAtEnd: true });
  const active = Math.max(0, Math.min(wanted ?? schedule.length - 1, schedule.length));
  const places = movePlaces(world, subject, schedule.slice(0, active));
  const shared = sharedSteps(made.steps);
  const timeline = replayTimeline(made);
  const { axis } = timeline;
  const operations = threadOperations(made.steps);
  const steps = made.steps.map((step, index): RaceStep => {
    const text = axis.kind === "points" ? (axis.steps[index]?.text ?? "") : "";
    const happens = step.place === undefined ? text : text.replace(`  ${step.place}`, "");
    const isShared = shared.has(index);
    return {
      ...namedStep(step),
      happens,
      shared: isShared,
      operation: operations[index] ?? 0,
      words: stepWords(step, happens, made.steps.length, isShared),
    };
  });
  return {
    ...request,
    schedule: made.schedule,
    steps,
    notice,
    timeline: withShared(timeline, shared),
    moves: schedule.map((move) => ({
      point: move.point,
      choice: choiceOf(move),
      words: moveWords(move),
    })),
    active,
    places: places.map(({ point }) => point),
    choices: choicesHere(places, schedule, active),
    violations: distinct(made.findings.map(violationOf)),
    focus: focusOf(made, schedule),
  };
}

function choicesHere(places: readonly MovePlace[], schedule: Schedule, active: number) {
  const point = schedule[active]?.point;
  const here = places.find((place) => place.point === point);
  return here === undefined ? [] : choicesOf(here.moves);
}

/** Marks every access to a cell that an interrupt and what it interrupted both use. */
function withShared(timeline: Timeline, shared: ReadonlySet<number>): Timeline {
  const rows = timeline.rows.map((row) => ({
    ...row,
    events: row.events.map((event) =>
      shared.has(Math.floor(event.at)) ? ({ ...event, look: "conflict" } as const) : event,
    ),
  }));
  return { ...timeline, rows };
}

/** By step: which operation of the thread is under way. */
function threadOperations(steps: readonly ReplayStep[]): readonly number[] {
  let now: ReplayStep["activities"][number] | undefined;
  let count = -1;
  return steps.map(({ activities }) => {
    const [outermost] = activities.filter(({ context }) => context === 0).slice(-1);
    if (count < 0 || outermost !== now) count += 1;
    now = outermost;
    return count;
  });
}

function namedStep(step: ReplayStep): Omit<RaceStep, "happens" | "shared" | "operation" | "words"> {
  return {
    level: step.level,
    doing: doingWords(step),
    held: step.moves.map(moveWords).join(", then "),
    counter: step.counter,
    overflow: (step.flags & FLAG_OVERFLOW) !== 0,
    match: (step.flags & FLAG_COMPARE) !== 0,
    state: step.state ?? "",
    place: step.place ?? "",
    cell: step.cell ?? "",
    masked: step.masked,
  };
}

const kindWords: Readonly<Record<FoundInRun["kind"], string>> = {
  law: "",
  race: "Unprotected access",
  registry: "The registry is not whole",
  deadlock: "The program waits for ever",
  livelock: "The program never ends",
  masked: "Masked for too long",
  fault: "The HAL failed",
};

function violationOf({ kind, name, message }: FoundInRun): RaceViolation {
  return { what: kindWords[kind] === "" ? name : kindWords[kind], message };
}

/** A law may say the same of several places. */
function distinct(violations: readonly RaceViolation[]): RaceViolation[] {
  const byText = new Map(violations.map((each) => [`${each.what} ${each.message}`, each]));
  return [...byText.values()];
}

/** The last move; of a plain run the first interrupt, since nothing goes wrong before it. */
function focusOf({ steps }: Replay, schedule: Schedule): number {
  const last = schedule.at(-1)?.point ?? steps.findIndex(({ level }) => level > 0);
  return Math.max(0, Math.min(last, steps.length - 1));
}
