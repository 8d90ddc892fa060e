import { bugLimits, bugTarget, type MuseumBug, makeBugBoard } from "@escapement/bug-museum";
import { findLaw, type Law, lawEnv } from "@escapement/conformance";
import { lawCases, parseSchedule, replay, replayTimeline, World } from "@escapement/explore";
import { grouped, type Timeline, timelineSvg, traceTimeline } from "@escapement/timeline";

/** The most points of a run that the player shows: more take it too long to load. */
const PLAYED_MAX = 5_000;

/** A run in which a bug shows. */
export interface BugRun {
  /** The drawing. */
  readonly svg: string;
  /** What is violated there. */
  readonly message: string;
  /** Why the player cannot show it; empty where it can. */
  readonly noPlayer: string;
}

/**
 * Draws the run of the bug's shortest schedule; where it has none, the law's plain run on the
 * simulated board.
 *
 * @throws Error for a bug that its law does not see in that run.
 */
export async function bugRun(bug: MuseumBug): Promise<BugRun> {
  const law = findLaw(bug.owner);
  if (bug.schedule === "") return plainRun(bug, law);
  const target = await bugTarget(bug);
  const subject = lawCases(law, target).find(({ value }) => value === bug.value);
  if (subject === undefined) throw new Error(`${law.id} has no case ${bug.value}`);
  const world = new World(target, bugLimits.pointsMax);
  const made = replay(world, subject, parseSchedule(bug.schedule), { auditAtEnd: true });
  const [finding] = made.findings;
  if (finding === undefined) throw unseen(bug, law);
  const svg = drawn({ ...replayTimeline(made, finding), title: titleOf(bug, law) });
  const { length } = made.steps;
  const noPlayer =
    length <= PLAYED_MAX
      ? ""
      : `the run has ${grouped(length)} points, and the player shows at most ${grouped(PLAYED_MAX)}.`;
  return { svg, message: finding.message, noPlayer };
}

async function plainRun(bug: MuseumBug, law: Law): Promise<BugRun> {
  const board = await makeBugBoard(bug);
  try {
    const description = board.describe();
    const env = lawEnv(description);
    const trace = await board.run(law.program(env));
    const found = law.check(trace, env);
    const [first] = found;
    if (first === undefined) throw unseen(bug, law);
    const highlight = found.flatMap(({ record }) => (record === undefined ? [] : [record]));
    const { frequencyHz } = description;
    const title = titleOf(bug, law);
    const timeline = traceTimeline({ records: trace.records, frequencyHz, title, highlight });
    const noPlayer =
      "the bug takes a processor whose accesses take time, as those of the simulated board do. In the player they take none.";
    return { svg: drawn(timeline), message: first.message, noPlayer };
  } finally {
    await board.close();
  }
}

function drawn(timeline: Timeline): string {
  return timelineSvg(timeline, { style: false, width: 880 });
}

function titleOf({ name }: MuseumBug, { id }: Law): string {
  return `${id} with ${name}`;
}

function unseen({ name, schedule }: MuseumBug, { id }: Law): Error {
  return new Error(`${id} does not see ${name} by ${schedule || "a plain run"}`);
}
