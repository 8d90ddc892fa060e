import { findBug, type MuseumBug, museum } from "@escapement/bug-museum";
import { reportHead } from "@escapement/conformance";
import { jsonText } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { cliErrors } from "../cli-errors.js";
import { commandLine, type HelpRow } from "../command.js";
import { type BugsContext, bugsForm } from "../commands/bugs.js";
import { exitCodes } from "../exit-codes.js";
import { watchRunEnd } from "../run-end.js";
import { twoColumns } from "../two-columns.js";
import { wrapped } from "../wrapped.js";
import { BugHunt, type HuntedBug } from "./bug-hunt.js";
import { bugOnBoard } from "./bug-on-board.js";
import { foundCases } from "./case-finder.js";
import { replayText } from "./finding-text.js";
import { caseOfValue, printReplay, replayCase } from "./schedule-replay.js";

/** Runs `escapement bugs`. */
export async function bugs(context: BugsContext): Promise<number> {
  const { words, options } = context;
  const [name] = words;
  if (name === undefined) return listBugs(context);
  const bug = findBug(name);
  if (options.schedule !== undefined) return replayBug(context, bug, options.schedule);
  if (options.value !== undefined) throw cliErrors.valueWithoutSchedule();
  return showBug(context, bug);
}

function listBugs({ io, options }: BugsContext): number {
  if (options.json) {
    const rows = museum.map(
      ({ name, title, system, happened, reference, where, owner, profile }) => ({
        name,
        title,
        system,
        happened,
        reference,
        where,
        owner,
        profile,
      }),
    );
    io.stdout.writeData(`${jsonText({ ...reportHead("bugs"), bugs: rows }, 2)}\n`);
    return exitCodes.ok;
  }
  const { columns } = io.stdout;
  const rows = museum.map(({ name, title, owner }): HelpRow => {
    return [name, `${owner.padEnd(7)}  ${title}`];
  });
  io.stdout.write(`${twoColumns(rows, { columns, indent: 0 }).join("\n")}\n`);
  io.stdout.write(
    `\n${museum.length} bugs. \`escapement bugs <name>\` brings one back and finds it.\n`,
  );
  return exitCodes.ok;
}

async function showBug(context: BugsContext, bug: MuseumBug): Promise<number> {
  const { io, options } = context;
  const { bound } = options;
  showStory(context, bug);
  const end = watchRunEnd(io, undefined);
  try {
    const hunt = new BugHunt(bug, end.signal);
    const found = await hunt.find(bound);
    if (end.reason() !== undefined) return exitCodes.interrupted;
    if (found === undefined) return await showOnBoard(context, bug, bound);
    showFound(context, bug, found);
    const { cases, schedules, findings } = await hunt.control(bound);
    if (end.reason() !== undefined) return exitCodes.interrupted;
    io.stdout.write(
      `Without it, ${counted(schedules, "schedule")} of ${counted(cases, "case")} within bound ${bound}: ${counted(findings, "finding")}\n`,
    );
    return findings === 0 ? exitCodes.ok : exitCodes.broken;
  } finally {
    end.dispose();
  }
}

function showStory({ io }: BugsContext, bug: MuseumBug): void {
  const style = io.stdout.style;
  const { name, title, system, happened, reference } = bug;
  const url = reference.url === undefined ? "" : `  ${reference.url}`;
  const width = Math.min(100, io.stdout.columns) - 2;
  const story = wrapped(`${system}. ${happened}`, width).map((line) => `  ${line}\n`);
  io.stdout.write(
    `${style("title", `${name}: ${title}`)}\n${story.join("")}  ${reference.label}${url}\n\n`,
  );
}

function showFound({ io }: BugsContext, bug: MuseumBug, found: HuntedBug): void {
  const { name, owner, profile } = bug;
  const { finding, replayed, moves, schedules } = found;
  const how = moves === 0 ? "in the plain run" : `by one with ${counted(moves, "move")}`;
  io.stdout.write(
    `With the bug, ${owner} on ${profile} fails after ${counted(schedules, "schedule")}, ${how}: ${finding.schedule}\n`,
  );
  io.stdout.write(
    replayed === undefined ? `  ${finding.message}\n` : replayText(io, replayed, finding),
  );
  const { value, schedule } = finding;
  io.stdout.write(`  again: ${commandLine(bugsForm, [name], { value, schedule })}\n\n`);
}

/** For a bug that no schedule shows, because in a search accesses take no time. */
async function showOnBoard({ io }: BugsContext, bug: MuseumBug, bound: number): Promise<number> {
  const { owner, profile } = bug;
  io.stdout.write(
    `No schedule within bound ${bound} shows it: in a search, accesses take no time. On the board, where they do:\n\n`,
  );
  const { fails, holdsWithout, text } = await bugOnBoard(io, bug);
  const verdict = holdsWithout ? "holds" : "fails, too";
  io.stdout.write(`${text}\nWithout the bug, ${owner} on sim:${profile} ${verdict}\n`);
  return fails && holdsWithout ? exitCodes.ok : exitCodes.broken;
}

async function replayBug(context: BugsContext, bug: MuseumBug, schedule: string): Promise<number> {
  const { target, cases } = await new BugHunt(bug).job();
  const found = caseOfValue(foundCases(target, cases), bug.owner, context.options.value);
  const shows = printReplay(context, replayCase(found, schedule, true)) !== exitCodes.ok;
  // As without a schedule: what is asked is whether the bug is found.
  return shows ? exitCodes.ok : exitCodes.broken;
}
