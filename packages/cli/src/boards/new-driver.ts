import { existsSync } from "node:fs";
import { join } from "node:path";
import { driverTemplate } from "@escapement/board-c";
import { thrownText } from "@escapement/scenario";
import { cliErrors } from "../cli-errors.js";
import { usageOf } from "../command.js";
import { type NewContext, newForm } from "../commands/new.js";
import { exitCodes } from "../exit-codes.js";

/** Writes a driver in C that works as it is; no file that is there is written over. */
export async function newDriver({ io, words }: NewContext): Promise<number> {
  const [kind, language, folder] = words;
  if (kind !== "driver" || language !== "c" || folder === undefined) {
    throw cliErrors.nothingNew({ usage: usageOf(newForm) });
  }
  const files = [...driverTemplate()].map(([name, text]) => ({ file: join(folder, name), text }));
  const there = files.find(({ file }) => existsSync(file));
  if (there !== undefined) throw cliErrors.fileThere({ file: there.file });
  for (const { file, text } of files) {
    try {
      io.prepareFile(file);
      io.writeFile(file, text);
    } catch (cause) {
      throw cliErrors.cannotWrite({ file, reason: thrownText(cause) }, { cause });
    }
    io.stdout.write(`${file}\n`);
  }
  const driver = files[0]?.file ?? folder;
  io.stdout.write(`Try \`escapement conform ${driver}\`.\n`);
  return exitCodes.ok;
}
