import { jsonText } from "@escapement/scenario";
import { boardErrors, cliErrors } from "../cli-errors.js";
import { defineCommand, usageOf } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { choice, flag } from "../option.js";

/** `escapement serve uno`: until Ctrl-C, which is its ordinary end. */
export const serveCommand = defineCommand({
  name: "serve",
  summary: "puts the emulated Arduino Uno on a tty, until Ctrl-C",
  words: { usage: "uno", most: 1 },
  options: {
    json: flag('prints {"path": ...} instead of a sentence'),
    pace: choice({
      values: ["free", "real-time"],
      about: "real-time is no faster than the real chip",
      example: "real-time",
      default: "free",
    }),
    stock: flag("the emulator without its corrections"),
  },

  async run({ io, world, words: [board], options: { json, pace, stock } }) {
    if (board !== "uno") {
      const usage = usageOf(serveCommand);
      throw board === undefined
        ? cliErrors.nothingServed({ usage })
        : cliErrors.notServed({ board, usage });
    }
    const interrupted = new Promise<"interrupted">((resolve) => {
      io.onInterrupt(() => resolve("interrupted"));
    });
    const served = await world.serveUno({ stock, realTime: pace === "real-time" });
    io.stdout.write(
      json
        ? `${jsonText({ path: served.path })}\n`
        : `uno is at ${served.path}\nTry \`escapement conform ${served.path}\` in another terminal; Ctrl-C ends it.\n`,
    );
    const end = await Promise.race([interrupted, served.closed]);
    await served.close();
    if (end === "interrupted") return exitCodes.ok;
    throw boardErrors.ttyGone({ path: served.path });
  },
});
