import { findLaw, type Law, lawEnv, timelineSvg } from "@escapement/conformance";
import { lawCases, parseSchedule, replay, replaySvg, World } from "@escapement/explore";
import { bugTarget, type MuseumBug, makeBugBoard, searchForBug } from "@escapement/museum";

/** Moves at most while a bug is looked for: all that have a schedule are found with one. */
const BOUND = 1;

/** Points at most in a run that the player shows: more would take it too long to hand over. */
const PLAYED_MAX = 5_000;

const POINTS_MAX = 60_000;

/** How a bug is seen. */
export interface BugRun {
  /** The drawing. */
  readonly svg: string;
  /** What is violated there. */
  readonly message: string;
  /** The shortest schedule; absent where only a processor that takes time shows the bug. */
  readonly schedule?: string;
  /** Value of the sweep variable. */
  readonly value: number;
  /** Whether the player can show it. */
  readonly played: boolean;
}

/**
 * Looks for the shortest schedule with which a bug's law does not hold, and draws that run; where
 * there is none, the law's plain run on the simulated board.
 *
 * @throws Error for a bug that its law does not see at all.
 */
export async function bugRun(bug: MuseumBug): Promise<BugRun> {
  const law = findLaw(bug.owner);
  const target = await bugTarget(bug);
  const { finding } = searchForBug(target, bug, { bound: BOUND });
  const subject = lawCases(law, target).find(({ value }) => value === finding?.value);
  if (finding === undefined || subject === undefined) return plainRun(bug, law);
  const world = new World(target, POINTS_MAX);
  const schedule = parseSchedule(finding.schedule);
  const made = replay(world, subject, schedule, { auditAtEnd: true });
  const title = `${law.id} with ${bug.name}`;
  return {
    svg: replaySvg(made, { title, style: false, finding, width: 880 }),
    ...{ message: finding.message, schedule: finding.schedule, value: finding.value },
    played: made.steps.length <= PLAYED_MAX,
  };
}

async function plainRun(bug: MuseumBug, law: Law): Promise<BugRun> {
  const board = await makeBugBoard(bug);
  try {
    const description = board.describe();
    const env = lawEnv(description);
    const trace = await board.run(law.program(env));
    const found = law.check(trace, env);
    const [first] = found;
    if (first === undefined) throw new Error(`${law.id} does not see ${bug.name}`);
    const highlight = found.flatMap(({ record }) => (record === undefined ? [] : [record]));
    const view = { records: trace.records, frequencyHz: description.frequencyHz };
    const title = `${law.id} with ${bug.name}`;
    const svg = timelineSvg(view, { title, highlight, style: false, width: 880 });
    return { svg, message: first.message, value: 0, played: false };
  } finally {
    await board.close();
  }
}
