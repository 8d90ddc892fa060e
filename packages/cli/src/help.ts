import { type CommandHelp, type HelpRow, usageOf } from "./command.js";
import { commands } from "./commands/index.js";
import { exitCodeRows } from "./exit-codes.js";
import { wrapped } from "./wrapped.js";

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
    ["ESCAPEMENT_DEBUG=1", "adds the stack to an error"],
  ],
};

/** Every command with its options, as the help has them. */
export const commandHelp: readonly CommandHelp[] = commands;

/** The sections of `escapement --help`. */
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
    { title: "Exit codes", rows: exitCodeRows },
  ];
}

/** The sections of one command's help. */
export function commandSections(command: CommandHelp): readonly HelpSection[] {
  const options = Object.entries(command.options).map(([name, option]): HelpRow => {
    const { value, about, short } = option;
    const absent = option.default === undefined ? "" : `; ${option.default} when absent`;
    const also = short === undefined ? "" : `; -${short} for short`;
    return [value === undefined ? `--${name}` : `--${name} ${value}`, about + absent + also];
  });
  const sections: readonly HelpSection[] = [
    { title: "Usage", rows: [[usageOf(command), ""]] },
    { title: "Options", rows: options },
    { title: "Examples", rows: command.examples ?? [] },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** The help as text: a sentence, then each section in two columns. */
export function helpText(
  sentence: string,
  sections: readonly HelpSection[],
  columns: number,
): string {
  const texts = sections.map((each) => sectionText(each, columns));
  return `${[sentence, ...texts].join("\n\n")}\n`;
}

/** Written forms wider than this have their meaning on the next line. */
const WRITTEN_MAX = 32;

function sectionText({ title, rows }: HelpSection, columns: number): string {
  const widths = rows.map(([written]) => written.length).filter((width) => width <= WRITTEN_MAX);
  const indent = 2 + Math.max(0, ...widths) + 2;
  const lines = rows.flatMap(([written, about]) => {
    const [first = "", ...more] = wrapped(about, Math.min(columns, 100) - indent);
    const head = `  ${written}`;
    const rest = more.map((line) => " ".repeat(indent) + line);
    return written.length > WRITTEN_MAX && first !== ""
      ? [head, " ".repeat(indent) + first, ...rest]
      : [(head.padEnd(indent) + first).trimEnd(), ...rest];
  });
  return [title, ...lines].join("\n");
}
