import { findBug, type MuseumBug, museum } from "@escapement/bug-museum";
import { jsonText } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import { BugHunt, type HuntedBug } from "../exploring/bug-hunt.js";
import { bugOnBoard } from "../exploring/bug-on-board.js";
import { foundCases } from "../exploring/case-finder.js";
import { timelineText } from "../exploring/finding-text.js";
import { caseOfValue, printReplay, replayCase } from "../exploring/schedule-replay.js";
import { valueOption, wholeOption } from "../numbers.js";
import { watchRunEnd } from "../run-end.js";
import { atMostWords, type Command, type CommandContext } from "./command.js";

const usage = "escapement bugs [name] [--value <n> --schedule <s>]";

/** `escapement bugs [name]`: the museum's list, or one of its bugs, live. */
export const bugsCommand: Command = async (context) => {
  const { args } = context;
  atMostWords(args, 1, usage);
  const [name] = args.words;
  if (name === undefined) return listBugs(context);
  const bug = findBug(name);
  const schedule = args.text("schedule");
  if (schedule !== undefined) return replayBug(context, bug, schedule);
  if (args.text("value") !== undefined) {
    throw new CliError("invalid-option", "--value is of a replay", `Usage: ${usage}`);
  }
  return showBug(context, bug);
};

function listBugs({ io, args }: CommandContext): number {
  if (args.flag("json")) {
    const rows = museum.map(
      ({ name, title, system, happened, reference, where, owner, profile }) => ({
        ...{ name, title, system, happened, reference, where, owner, profile },
      }),
    );
    io.stdout.write(`${jsonText(rows, 2)}\n`);
    return exitCodes.ok;
  }
  const width = Math.max(...museum.map(({ name }) => name.length));
  const titleWidth = Math.max(...museum.map(({ title }) => title.length));
  for (const { name, title, system, owner } of museum) {
    const row = `${name.padEnd(width)}  ${owner.padEnd(7)}  ${title.padEnd(titleWidth)}  ${system}`;
    io.stdout.write(`${row.trimEnd()}\n`);
  }
  io.stdout.write(
    `\n${museum.length} bugs. \`escapement bugs <name>\` brings one back and finds it.\n`,
  );
  return exitCodes.ok;
}

async function showBug(context: CommandContext, bug: MuseumBug): Promise<number> {
  const { io, args } = context;
  const hint = "For instance --bound 2.";
  const bound = wholeOption("bound", args.text("bound"), [0, 4], hint) ?? 2;
  tellStory(context, bug);
  const end = watchRunEnd(io, undefined);
  try {
    const hunt = new BugHunt(bug, end.signal);
    const found = await hunt.find(bound);
    if (end.reason() !== undefined) return exitCodes.interrupted;
    if (found === undefined) return await showOnBoard(context, bug, bound);
    tellFound(context, bug, found);
    const { cases, schedules, findings } = await hunt.control(bound);
    if (end.reason() !== undefined) return exitCodes.interrupted;
    io.stdout.write(
      `Without it, ${counted(schedules, "schedule")} of ${counted(cases, "case")} within bound ${bound}: ${counted(findings, "violation")}\n`,
    );
    return findings === 0 ? exitCodes.ok : exitCodes.broken;
  } finally {
    end.dispose();
  }
}

function tellStory({ io }: CommandContext, bug: MuseumBug): void {
  const style = io.stdout.style;
  const { name, title, system, happened, reference } = bug;
  const url = reference.url === undefined ? "" : `  ${reference.url}`;
  io.stdout.write(
    `${style("title", `${name}: ${title}`)}\n${wrapped(`${system}. ${happened}`, io.stdout.columns)}  ${reference.label}${url}\n\n`,
  );
}

function tellFound({ io }: CommandContext, bug: MuseumBug, found: HuntedBug): void {
  const { name, owner, profile } = bug;
  const { finding, replayed, moves, schedules } = found;
  const how = moves === 0 ? "in the plain run" : `by one with ${counted(moves, "move")}`;
  io.stdout.write(
    `With the bug, ${owner} on ${profile} fails after ${counted(schedules, "schedule")}, ${how}: ${finding.schedule}\n`,
  );
  io.stdout.write(
    replayed === undefined ? `  ${finding.message}\n` : timelineText(io, replayed, finding),
  );
  io.stdout.write(
    `  again: escapement bugs ${name} --value ${finding.value} --schedule ${finding.schedule}\n\n`,
  );
}

/** For a bug that no schedule shows, because in a search accesses take no time. */
async function showOnBoard({ io }: CommandContext, bug: MuseumBug, bound: number): Promise<number> {
  const { owner, profile } = bug;
  io.stdout.write(
    `No schedule within bound ${bound} shows it: in a search, accesses take no time. On the board, where they do:\n\n`,
  );
  const { fails, holdsWithout, text } = await bugOnBoard(io, bug);
  const verdict = holdsWithout ? "holds" : "fails, too";
  io.stdout.write(`${text}\nWithout the bug, ${owner} on sim:${profile} ${verdict}\n`);
  return fails && holdsWithout ? exitCodes.ok : exitCodes.broken;
}

async function replayBug(
  context: CommandContext,
  bug: MuseumBug,
  schedule: string,
): Promise<number> {
  const { args } = context;
  const { target, cases } = await new BugHunt(bug).job();
  const value = valueOption(args.text("value"));
  const found = caseOfValue(foundCases(target, cases), bug.owner, value);
  const shows = printReplay(context, replayCase(found, schedule, true)) !== exitCodes.ok;
  // As without a schedule: what is asked is whether the bug is found.
  return shows ? exitCodes.ok : exitCodes.broken;
}

/** Text in lines that fit the terminal, indented. */
function wrapped(text: string, columns: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + 3 > Math.min(100, columns)) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => `  ${line}\n`).join("");
}
