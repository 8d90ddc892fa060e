import { shellLine } from "@escapement/scenario";
import type { ExploreFinding } from "../finding.js";
import { randomCaseName } from "../random-case.js";
import type { Replay } from "../replay.js";

/** What {@link replayCommand} has to know besides the finding. */
export interface ReplayCommandOptions {
  /** The profile; default the replay's target. A finding does not know its target. */
  readonly profile?: string;
  /** The module of a timer implementation of your own. */
  readonly hal?: string;
  /** Files of a driver in C, and the options that they are compiled with. */
  readonly words?: readonly string[];
  /** The slack of the search, where it was not the target's own. */
  readonly slackTicks?: number;
}

/**
 * The command line that runs a law, or a random program, by one schedule again.
 *
 * `escapement explore --only STOP-04 --profile avr16 --value 12 --schedule e1:12c`, or with
 * `--programs 1 --seed 7` in place of the law and the value; with `hal`,
 * `--hal` and the module. Words that a shell would read otherwise are in single quotes, as POSIX
 * shells read them.
 *
 * @example
 * ```ts
 * import { type ExploreFinding, replayCommand } from "@escapement/explore";
 *
 * export const again = (finding: ExploreFinding): string => replayCommand(finding, { profile: "avr16" });
 * ```
 */
export function replayCommand(
  subject: ExploreFinding | Replay,
  options: ReplayCommandOptions = {},
): string {
  const { name, value, schedule } = subject;
  const profile = options.profile ?? ("target" in subject ? subject.target : undefined);
  const { hal, slackTicks, words = [] } = options;
  const isRandom = name === randomCaseName;
  return shellLine([
    ...["escapement", "explore", ...words],
    ...(isRandom ? ["--programs", "1", "--seed", String(value)] : ["--only", name]),
    ...(profile === undefined ? [] : ["--profile", profile]),
    ...(hal === undefined ? [] : ["--hal", hal]),
    ...(isRandom ? [] : ["--value", String(value)]),
    ...["--schedule", schedule],
    ...(slackTicks === undefined ? [] : ["--slack", String(slackTicks)]),
  ]);
}
