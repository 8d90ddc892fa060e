import { BoardError, cleanLine } from "@escapement/scenario";
import { cliErrors } from "../cli-errors.js";
import type { CommandContext } from "../command.js";
import type { driverOptions } from "../commands/compile-options.js";
import { shownText } from "../error-text.js";
import type { OptionValues } from "../option.js";
import type { ProgressLine } from "../progress-line.js";
import { type RunEnd, unlessEnded, withinGrace } from "../run-end.js";
import { type BoardTarget, boardTargets } from "./board-target.js";
import type { OpenedBoard } from "./board-world.js";
import { isCName, withProfiles } from "./c-target.js";

/** How boards are opened; each option is of some kinds of board only. */
interface OpenRequest {
  /** Seed of simulated hardware. */
  readonly seed?: number | undefined;
  /** Rate of a serial line. */
  readonly baud?: number | undefined;
  /** The emulated Uno without the corrections of its emulator. */
  readonly stock: boolean;
  /** How late a callback of a MicroPython board may come, in microseconds. */
  readonly late?: number | undefined;
  /** A MicroPython board without the soft reset before the first program. */
  readonly resume?: boolean;
  /** The emulated Uno without a tty: quicker, and it repeats itself. */
  readonly inProcess?: boolean;
  /** How C is compiled. */
  readonly compile?: CompileAsked;
  /** Whether simulated boards record waveforms. */
  readonly record?: boolean;
  /** Most time of the whole run, in milliseconds, where there is a limit. */
  readonly runMs?: number | undefined;
}

/** The options of a command that compiles C. */
type CompileAsked = OptionValues<typeof driverOptions>;

/** A run that opens boards one after another. */
export interface BoardsRun {
  /** The command's context. */
  readonly context: Omit<CommandContext, "words">;
  /** How boards are opened. */
  readonly request: OpenRequest;
  /** What may end the run. */
  readonly end: RunEnd;
  /** Where it shows how far it is. */
  readonly progress: ProgressLine;
}

/** What came of a board: what `work` returned, or why it could not be opened, or not be worked with. */
export type Opening<T> = { readonly opened: true; readonly value: T } | NotOpened;

interface NotOpened {
  readonly opened: false;
  readonly error: BoardError;
}

/** For a command that takes no options for the compiler. */
const compileUsual: CompileAsked = {
  include: [],
  define: [],
  optimize: "0",
  device: [],
  cc: undefined,
};

/** Silence after which the driver of a module's board is taken for caught in a loop; less with a short run. */
const SILENCE_MS = 10_000;
const SILENCE_LEAST_MS = 1_000;

/**
 * The boards that the words of a command line name, or the one of ESCAPEMENT_PORT.
 *
 * @param chosen - the profiles of `--profile`, for drivers in C
 * @throws {@link CliError} `no-board-named` or `unknown-board`.
 */
export async function namedTargets(
  { io, world, words }: CommandContext,
  chosen: readonly string[] = [],
): Promise<readonly BoardTarget[]> {
  const port = (io.env.ESCAPEMENT_PORT ?? "").trim();
  const names = words.length > 0 ? words : [port];
  if (names.every((name) => name === "")) throw cliErrors.noBoardNamed();
  const profiles = (await world.profiles()).map(({ name }) => name);
  return boardTargets(withProfiles(names, chosen, profiles), profiles);
}

/**
 * Opens a board, works with it, and closes it. A board that does not open, or describes itself as no
 * board can be, is shown on stderr and is returned as its error, so that those after it have their
 * turn; anything else that goes wrong is thrown.
 */
export async function withBoard<T>(
  run: BoardsRun,
  target: BoardTarget,
  work: (opened: OpenedBoard) => Promise<T>,
): Promise<Opening<T>> {
  const { context, end, progress } = run;
  const { stderr } = context.io;
  progress.show(`${target.name}  opening`);
  let opened: OpenedBoard;
  try {
    opened = await unlessEnded(open(run, target), end.signal, ({ board }) => {
      withinGrace(board.close()).catch(() => {});
    });
  } catch (error) {
    return refused(run, target, error);
  }
  if (opened.note !== undefined) {
    progress.clear();
    stderr.write(`${cleanLine(`${target.name}: ${opened.note}`)}\n`);
  }
  try {
    return { opened: true, value: await work(opened) };
  } catch (error) {
    return refused(run, target, error);
  } finally {
    await withinGrace(opened.board.close());
  }
}

/** Only a board's own errors belong into a report; anything else is ours, and ends the run. */
function refused({ context, progress }: BoardsRun, target: BoardTarget, error: unknown): NotOpened {
  if (!(error instanceof BoardError)) throw error;
  progress.clear();
  const { code, message, hint } = error;
  context.io.stderr.write(shownText({ code, message: named(target.name, message), hint }));
  return { opened: false, error };
}

/** Most messages name the port; where one does not, the board goes before it. */
export function named(board: string, message: string): string {
  return message.includes(board) ? message : `${board}: ${message}`;
}

/** Whether a board of that name is subject to the seed of simulated hardware. */
export function isSeeded(board: string): boolean {
  return /^sim:|\.[cm]?[jt]s$/.test(board) || isCName(board);
}

function open(
  { context, request, progress }: BoardsRun,
  target: BoardTarget,
): Promise<OpenedBoard> {
  const { world, io } = context;
  const { seed, baud, stock, inProcess = false, record = false, runMs } = request;
  const seeded = seed === undefined ? {} : { seed };
  switch (target.kind) {
    case "sim":
      return world.openSim({ profile: target.profile, record, ...seeded });
    case "uno":
      return world.openUno({ stock, inProcess });
    case "c": {
      const { name, files, profile } = target;
      const { include, define, optimize, device, cc } = request.compile ?? compileUsual;
      return world.openC({
        ...{ files, name, record, include, define, optimize, device, env: io.env },
        ...(cc !== undefined && { cc }),
        ...(profile !== undefined && { profile }),
        onProgress: (text) => progress.show(`${name}  ${text}`),
        ...seeded,
      });
    }
    case "micropython": {
      const { path, isSoft } = target;
      return world.openMicroPython({
        ...{ path, soft: isSoft, resume: request.resume === true },
        ...(request.late !== undefined && { lateUs: request.late }),
        ...(baud !== undefined && { baudRate: baud }),
      });
    }
    case "module":
      return world.openModule({ file: target.name, ...seeded, ...silenceOf(runMs) });
    case "port":
      return world.openPort(target.name, baud);
  }
}

/** A loop must not use up the time that what comes behind it has. */
function silenceOf(runMs: number | undefined): { readonly silenceMs?: number } {
  if (runMs === undefined) return {};
  return { silenceMs: Math.max(SILENCE_LEAST_MS, Math.min(SILENCE_MS, runMs / 4)) };
}
