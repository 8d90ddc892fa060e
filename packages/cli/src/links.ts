import { lawPage } from "@escapement/conformance";
import type { CliIo } from "./cli-io.js";

/**
 * Whether ids of laws are links (OSC 8): on a terminal that is known to show them as such, as others may show
 * the address in the middle of the text. FORCE_HYPERLINK decides for one that is not known here, and against one
 * that is; a pipe has none whatever it says. A multiplexer hides what terminal is behind it.
 */
export function wantsLinks(env: CliIo["env"], isTty: boolean): boolean {
  if (!isTty || env.TERM === "dumb") return false;
  const forced = env.FORCE_HYPERLINK;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  const isBehind = [env.TMUX, env.STY, env.CI].some((value) => (value ?? "") !== "");
  return !isBehind && isKnown(env);
}

/** Terminals by TERM_PROGRAM, with the first version that shows links; any where it is 0. */
const programs: Readonly<Record<string, number>> = {
  "iTerm.app": 3.1,
  WezTerm: 0,
  ghostty: 0,
  vscode: 1.72,
};

/** Terminals by TERM. */
const terminals: readonly string[] = ["xterm-kitty", "xterm-ghostty", "foot", "foot-extra"];

/** The version of VTE, the widget of GNOME's and most other terminals of Linux, from which on it has links. */
const VTE_SINCE = 5_000;

function isKnown(env: CliIo["env"]): boolean {
  if ((env.WT_SESSION ?? "") !== "" || terminals.includes(env.TERM ?? "")) return true;
  if (Number(env.VTE_VERSION ?? "0") >= VTE_SINCE) return true;
  const since = programs[env.TERM_PROGRAM ?? ""];
  return since !== undefined && isAtLeast(env.TERM_PROGRAM_VERSION ?? "", since);
}

/** By the first two numbers of a version, such as `1.85.2`. */
function isAtLeast(version: string, least: number): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = String(least).split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** An id by itself: not in an address, a file's name or another word. */
const idForm = /(?<![\w/.-])[A-Z]+-\d{2,3}(?![\w-]|\.\w)/g;

/** Text in which the id of each known law is a link to its page; what is shown stays the same. */
export function linked(text: string): string {
  return text.replace(idForm, (id) => {
    const address = lawPage(id);
    return address === undefined ? id : `\u001b]8;;${address}\u0007${id}\u001b]8;;\u0007`;
  });
}
