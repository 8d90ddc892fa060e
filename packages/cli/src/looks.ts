import type { CliIo } from "./cli-io.js";

/** Whether to use colours: FORCE_COLOR wins over NO_COLOR, and both over the terminal, as in Node itself. */
export function wantsColour(env: CliIo["env"], isTty: boolean): boolean {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env.NO_COLOR ?? "") !== "") return false;
  return isTty && env.TERM !== "dumb";
}
