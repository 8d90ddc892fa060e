import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const runFile = promisify(execFile);

/** Whether there is a terminal to be had. With ESCAPEMENT_REQUIRE_TOOLS=1 a missing one is a failure, not a skip. */
export const hasTerminal: boolean =
  process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" || spawnSync("tmux", ["-V"]).status === 0;

/** What a skipped test is called. */
export const terminalNote: string = hasTerminal ? "" : " (needs tmux: apt-get install -y tmux)";

/** What a terminal shows when a command has ended. */
export interface Shown {
  /** The lines as they stand there; one that was wider than the terminal is several. */
  readonly screen: readonly string[];
  /** The lines as they were written. */
  readonly lines: readonly string[];
  /** How the command ended. */
  readonly exit: number;
  /** Whether anything has a colour, or is bold. */
  readonly hasLooks: boolean;
}

/**
 * What runs in the terminal. When the command has ended it asks the terminal where its cursor is, as `ESC [ 6 n`: the
 * reply comes when all that was written before is on the screen, however busy the machine is.
 */
const script = `
"$@"
printf 'exit %s' $?
stty -echo -icanon
printf '\\033[6n'
IFS= read -r -d R _
tmux -S "$ESCAPEMENT_SOCKET" wait-for -S shown
cat
`;

/** Quotes a word for a POSIX shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Runs the built command line in a terminal of its own, of tmux, with a screen of so many columns; without any setting of
 * the user's. Returns when it has ended and everything is on the screen.
 *
 * @param files - what is in the folder that it runs in, by name
 */
export async function shownInTerminal(
  columns: number,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const folder = await mkdtemp(join(tmpdir(), "escapement-"));
  const socket = join(folder, "tmux");
  const tmux = async (...args: readonly string[]): Promise<string> => {
    const all = ["-u", "-S", socket, "-f", join(folder, "tmux.conf"), ...args];
    return (await runFile("tmux", all, { maxBuffer: 2 ** 26 })).stdout;
  };
  try {
    await writeFile(join(folder, "tmux.conf"), "set -g history-limit 50000\n");
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const settings = { ESCAPEMENT_SOCKET: socket, TERM: "screen-256color", ...env };
    const assigned = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
    const command = [process.execPath, main, ...words].map(quoted).join(" ");
    const unset = ["CI", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"].map((name) => `-u ${name}`);
    const line = `exec env ${unset.join(" ")} ${assigned.join(" ")} bash -c ${quoted(script)} bash ${command}`;
    const size = ["-x", String(columns), "-y", "50"];
    // In one call: a terminal that is gone ends it, and is not waited for.
    await tmux("new-session", "-d", ...size, "-c", folder, line, ";", "wait-for", "shown");
    const screen = linesOf(await tmux("capture-pane", "-p", "-S", "-"));
    const lines = linesOf(await tmux("capture-pane", "-p", "-J", "-S", "-"));
    const hasLooks = (await tmux("capture-pane", "-p", "-e", "-S", "-")).includes("\u001b[");
    const exit = Number(/^exit (\d+)$/.exec(lines.at(-1) ?? "")?.[1] ?? Number.NaN);
    return { screen: screen.slice(0, -1), lines: lines.slice(0, -1), exit, hasLooks };
  } finally {
    await tmux("kill-server").catch(() => "");
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without what fills a screen up behind the last line. */
function linesOf(text: string): readonly string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd());
}
