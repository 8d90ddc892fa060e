import { program } from "@escapement/scenario";
import {
  CaseSearch,
  type ExploreCase,
  type ExploreFinding,
  type FindingKind,
  parseSchedule,
  programCases,
  type Replay,
  replay,
  World,
} from "../../src/index.js";
import { naiveTarget } from "../fixtures/naive-hal.js";
import { testLimits } from "../fixtures/small-targets.js";

/** A run that went wrong. */
export interface LostEntry {
  readonly world: World;
  readonly subject: ExploreCase;
  readonly finding: ExploreFinding;
  readonly replay: Replay;
}

/** The thread starts timer 1 while timer 0 expires, whose handler starts timer 2. */
function lostEntryCase(): ExploreCase {
  const [subject] = programCases({
    name: "REG-08",
    program: program(({ main, timer }) => {
      const early = timer({ mode: "one-shot", period: 40 });
      const late = timer({ mode: "one-shot", period: 100 });
      const chained = timer({ mode: "one-shot", period: 60 });
      early.handler.start(chained);
      main.start(early).spin(36).start(late).sleep(400);
    }),
    check: ({ records }) => {
      const fired = records.filter((record) => record.kind === "expiry" && record.timer === 2);
      return fired.length === 1 ? [] : [{ message: `timer 2 fired ${fired.length} times` }];
    },
  });
  if (subject === undefined) throw new Error("the program has no case");
  return subject;
}

/** Searches the naive HAL for a finding of that kind and replays its schedule. */
export function findLostEntry(kind: FindingKind): LostEntry {
  const world = new World(naiveTarget(), testLimits.pointsMax);
  const subject = lostEntryCase();
  const { findings } = new CaseSearch(world, subject, { ...testLimits, bound: 1 }).run();
  const finding = findings.find((each) => each.kind === kind);
  if (finding === undefined) {
    throw new Error(`no ${kind} among ${findings.map(({ message }) => message).join("; ")}`);
  }
  return {
    world,
    subject,
    finding,
    replay: replay(world, subject, parseSchedule(finding.schedule)),
  };
}
