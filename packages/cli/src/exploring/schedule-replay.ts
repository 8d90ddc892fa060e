import { parseSchedule, type Replay, replay } from "@escapement/explore";
import { CallNotReturned, cleanLine } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { cliErrors } from "../cli-errors.js";
import type { CommandContext } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import type { FoundCase } from "./case-finder.js";
import { guarded, replayText } from "./finding-text.js";

/**
 * The case of that value; of no value where there is only one.
 *
 * @throws {@link CliError} `invalid-option`, naming the values there are.
 */
export function caseOfValue(
  cases: readonly FoundCase[],
  law: string,
  value: number | undefined,
): FoundCase {
  const fitting = cases.filter(({ subject }) => value === undefined || subject.value === value);
  const [found, other] = fitting;
  if (found !== undefined && other === undefined) return found;
  const all = [...new Set(cases.map(({ subject }) => subject.value))];
  if (all.length === 0) throw cliErrors.noCase({ law });
  const values = `${all.slice(0, 40).join(", ")}${all.length > 40 ? ", …" : ""}`;
  throw value === undefined
    ? cliErrors.manyCases({ law, cases: counted(cases.length, "case"), values })
    : cliErrors.noCaseOfValue({ law, value, values });
}

/**
 * Replays a case by a schedule.
 *
 * @throws ExploreError `bad-schedule`, `schedule-version` or `schedule-mismatch`; {@link CliError}
 * `endless-replay` for a run that does not return.
 */
export function replayCase(
  { world, subject }: FoundCase,
  schedule: string,
  auditAtEnd = false,
): Replay {
  const moves = parseSchedule(schedule);
  try {
    return guarded(() => replay(world, subject, moves, { auditAtEnd }));
  } catch (cause) {
    if (!(cause instanceof CallNotReturned)) throw cause;
    throw cliErrors.endlessReplay({ law: subject.name }, { cause });
  }
}

/** Prints a replay with its verdict, and returns the exit code. */
export function printReplay({ io }: CommandContext, replayed: Replay): number {
  const style = io.stdout.style;
  const { findings, fingerprint, name } = replayed;
  io.stdout.write(`${replayText(io, replayed)}\nfingerprint ${fingerprint}\n`);
  if (findings.length === 0) {
    io.stdout.write(`${style("pass", cleanLine(`✓ ${name} holds in this run`))}\n`);
    return exitCodes.ok;
  }
  for (const { kind, message } of findings) {
    io.stdout.write(`${style("fail", cleanLine(`✗ ${kind}: ${message}`))}\n`);
  }
  return exitCodes.broken;
}
