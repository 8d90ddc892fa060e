import { cliErrors } from "../cli-errors.js";
import { type CommandHelp, usageOf } from "../command.js";
import { type CompletionContext, completionForm } from "../commands/completion.js";
import { exitCodes } from "../exit-codes.js";
import { bashScript } from "./bash.js";
import { completionData } from "./completion-data.js";
import { fishScript } from "./fish.js";
import { zshScript } from "./zsh.js";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Runs `escapement completion`. */
export async function completion(
  { io, world, words: [shell] }: CompletionContext,
  commands: readonly CommandHelp[],
): Promise<number> {
  const script = Object.entries(scripts).find(([name]) => name === shell)?.[1];
  if (script === undefined) throw cliErrors.noShell({ usage: usageOf(completionForm) });
  const profiles = (await world.profiles()).map(({ name }) => name);
  io.stdout.writeData(script(completionData(commands, { profiles })));
  return exitCodes.ok;
}
