import { homeRace } from "../first-page/home-race.js";
import { readSource } from "../site/page.js";
import { raceSvg } from "./race-svg.js";
import { terminalSvg } from "./terminal-svg.js";
import type { Theme } from "./themes.js";

/** The session that is drawn, in a README whose sessions the tests compare with what the command prints. */
const SESSION = { page: "packages/cli/README.md", command: "npx escapement bugs embassy-3758" };

/** The drawings of the README by their paths in the workspace. */
export async function readmeDrawings(): Promise<ReadonlyMap<string, string>> {
  const race = await homeRace();
  const lines = sessionLines();
  const title = `What ${SESSION.command} prints`;
  const all = (["light", "dark"] as const satisfies readonly Theme[]).flatMap((theme) => [
    [`docs/images/race-${theme}.svg`, raceSvg(race, theme)] as const,
    [`docs/images/terminal-${theme}.svg`, terminalSvg(lines, title, theme)] as const,
  ]);
  return new Map(all);
}

/**
 * The session's lines.
 *
 * @throws Error when the README has no such session.
 */
function sessionLines(): string[] {
  const blocks = [...readSource(SESSION.page).matchAll(/```console\n([\s\S]*?)```/g)];
  const block = blocks.map(([, text = ""]) => text).find((text) => text.includes(SESSION.command));
  if (block === undefined) throw new Error(`${SESSION.page} has no session ${SESSION.command}`);
  return block.trimEnd().split("\n");
}
