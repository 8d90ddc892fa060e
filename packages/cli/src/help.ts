import { siteAddress } from "@escapement/timeline";
import {
  type CommandHelp,
  commandTopics,
  type HelpRow,
  type OptionGroup,
  usageOf,
} from "./command.js";
import { commands } from "./commands/index.js";
import { exitCodeRows } from "./exit-codes.js";
import { COLUMNS_MAX, twoColumns } from "./two-columns.js";
import { fitted } from "./wrapped.js";

/** A part of the help: rows of two columns under a heading. */
export interface HelpSection {
  /** Its heading. */
  readonly title: string;
  /** Its rows. */
  readonly rows: readonly HelpRow[];
}

/** Every form of a board's name. */
const boards: HelpSection = {
  title: "Boards",
  rows: [
    ["sim", "every simulated board"],
    ["sim:<profile>", "one of them, such as sim:avr16"],
    ["uno", "emulated ATmega328P running the shipped firmware, behind a tty"],
    [
      "/dev/ttyACM0, COM3",
      "a board on a serial port; a0 u0 c0 are short for /dev/ttyACM0, /dev/ttyUSB0 and COM0",
    ],
    ["id:<usb serial>", "the board with this USB serial number"],
    ["tcp://<host>:<port>", "a board behind a TCP bridge"],
    ["exec:<program>", "a board that is a program of this computer, over its standard streams"],
    ["mpy:<port>", "a MicroPython board behind a port; with ?soft for scheduled callbacks"],
    ["./my_timer.c ...", "a timer driver in C with its adapter, on the chips of --profile"],
    [
      "./my-board.mjs",
      "a module whose default export is a board, a function that makes one, or a target of `explore`; it runs in a thread of its own",
    ],
  ],
};

/** The environment variables that are read. */
const environment: HelpSection = {
  title: "Environment",
  rows: [
    ["ESCAPEMENT_PORT", "the board of `conform` and `fuzz` where none is named"],
    ["NO_COLOR, FORCE_COLOR", "no colours; colours also where nobody is at a terminal"],
    [
      "FORCE_HYPERLINK",
      "1 for laws as links on a terminal that is not known to have them; 0 for none",
    ],
    ["GITHUB_ACTIONS", "true on GitHub: `conform` annotates broken laws, and sums up the step"],
    ["ESCAPEMENT_DEBUG=1", "adds the stack to an error"],
  ],
};

const exitCodeSection: HelpSection = { title: "Exit codes", rows: exitCodeRows };

/** A page that `escapement help <name>` prints besides the help of commands. */
interface HelpTopic {
  /** What the list of these pages says of it. */
  readonly about: string;
  readonly section: HelpSection;
}

const topics: Readonly<Record<string, HelpTopic>> = {
  boards: { about: "every form of a board's name", section: boards },
  environment: { about: "the variables that are read", section: environment },
  "exit-codes": { about: "what the process ends with", section: exitCodeSection },
};

/** The names of those pages. */
export const topicNames: readonly string[] = Object.keys(topics);

/** Every command with its options, as the help has them. */
export const commandHelp: readonly CommandHelp[] = commands;

/** All sections of the help, for a page that has the room: commands, boards, environment, exit codes. */
export function helpSections(): readonly HelpSection[] {
  const usage = commandHelp.map((each): HelpRow => [usageOf(each, ""), each.summary]);
  return [
    {
      title: "Usage",
      rows: [
        ...usage,
        ["escapement <command> --help", "what a command takes"],
        ["escapement --version", "the version"],
      ],
    },
    boards,
    environment,
    exitCodeSection,
  ];
}

/** All sections of one command's help: its usage, its options by what they are about, its examples. */
export function commandSections(command: CommandHelp): readonly HelpSection[] {
  return [
    { title: "Usage", rows: [[usageOf(command), ""] as const] },
    ...groupsOf(command).map((group) => optionSection(command, group)),
    { title: "Examples", rows: command.examples ?? [] },
  ].filter(({ rows }) => rows.length > 0);
}

function groupsOf({ options, groups }: CommandHelp): readonly OptionGroup[] {
  return groups ?? [{ title: "Options", options: Object.keys(options) }];
}

function optionSection({ options }: CommandHelp, group: OptionGroup): HelpSection {
  const rows = group.options.flatMap((name): readonly HelpRow[] => {
    const option = options[name];
    if (option === undefined) return [];
    const { value, about, short } = option;
    const absent = option.default === undefined ? "" : `; ${option.default} when absent`;
    const also = short === undefined ? "" : `; -${short} for short`;
    return [[value === undefined ? `--${name}` : `--${name} ${value}`, about + absent + also]];
  });
  return { title: group.title, rows };
}

/** `escapement --help`: the commands by what they are for, and where more is said. */
export function overviewText(columns: number): string {
  const byTopic = commandTopics.map((title) => ({
    title,
    rows: commandHelp
      .filter(({ topic }) => topic === title)
      .map(({ name, words, summary }): HelpRow => {
        return [`${name} ${words?.usage ?? ""}`.trimEnd(), summary];
      }),
  }));
  const more: HelpSection = {
    title: "Further help",
    rows: [
      ["escapement <command> --help", "what a command takes"],
      ...Object.entries(topics).map(([name, { about }]): HelpRow => {
        return [`escapement help ${name}`, about];
      }),
    ],
  };
  return pageText(
    [
      "Usage: escapement <command> [options]",
      ...sectionTexts(byTopic, columns),
      ...sectionTexts([more], columns),
      `Guides, laws and bugs: ${siteAddress}`,
    ],
    columns,
  );
}

/** `escapement help <topic>`; nothing where there is no such page. */
export function topicText(name: string, columns: number): string | undefined {
  const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
  return topic === undefined
    ? undefined
    : pageText(sectionTexts([topic.section], columns), columns);
}

/** `escapement <command> --help`; `all` is with the options that few need. */
export function commandText(command: CommandHelp, columns: number, all: boolean): string {
  const { summary, examples = [] } = command;
  const groups = groupsOf(command);
  const shown = groups.filter(({ isFurther }) => all || isFurther !== true);
  const further = groups
    .filter((group) => !shown.includes(group))
    .flatMap(({ options }) => options.map((name) => `--${name}`));
  const sections = shown.map((group) => optionSection(command, group));
  return pageText(
    [
      `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
      `Usage: ${usageOf(command)}`,
      ...sectionTexts(sections, columns),
      ...(further.length === 0 ? [] : [`Further options (--help --all)\n  ${further.join(" ")}`]),
      ...(examples.length === 0
        ? []
        : sectionTexts([{ title: "Examples", rows: examples }], columns)),
    ],
    columns,
  );
}

/** Each section in two columns, which are the same in all of them. */
function sectionTexts(sections: readonly HelpSection[], columns: number): readonly string[] {
  const besideAll = sections.flatMap(({ rows }) => rows);
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => [title, ...twoColumns(rows, { columns, besideAll })].join("\n"));
}

/** Blocks with an empty line between them, in lines that are easy to read. */
function pageText(blocks: readonly string[], columns: number): string {
  const most = Math.min(columns, COLUMNS_MAX);
  return `${fitted(blocks.filter((block) => block !== "").join("\n\n"), most)}\n`;
}
