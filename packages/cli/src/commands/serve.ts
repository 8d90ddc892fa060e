import { jsonText } from "@escapement/scenario";
import type { ServedTty } from "../boards/board-world.js";
import { boardErrors, cliErrors } from "../cli-errors.js";
import { type CommandContext, defineCommand, usageOf } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { choice, flag, whole } from "../option.js";

const options = {
  json: flag('prints {"path": ...} instead of a sentence'),
  pace: choice({
    values: ["free", "real-time"],
    about: "uno: real-time is no faster than the real chip",
    example: "real-time",
    default: "free",
  }),
  stock: flag("uno: the emulator without its corrections"),
  tcp: whole({
    value: "<port>",
    about:
      "micropython: behind this TCP port of this computer in place of a tty; 0 takes a free one",
    example: 4000,
    range: [0, 65_535],
  }),
};

/** `escapement serve`: until Ctrl-C, which is its ordinary end. */
export const serveCommand = defineCommand({
  name: "serve",
  summary: "puts a board without hardware on a tty, until Ctrl-C",
  topic: "Set something up",
  words: { usage: "uno|micropython", most: 1 },
  options,

  async run({ io, world, words: [board], options: { json, pace, stock, tcp } }) {
    const serve = serverOf(world, board, { stock, realTime: pace === "real-time", tcp });
    if (serve === undefined) {
      const usage = usageOf(serveCommand);
      throw board === undefined
        ? cliErrors.nothingServed({ usage })
        : cliErrors.notServed({ board, usage });
    }
    const interrupted = new Promise<"interrupted">((resolve) => {
      io.onInterrupt(() => resolve("interrupted"));
    });
    const served = await serve();
    const { path } = served;
    const name = board === "uno" ? path : `mpy:${path}`;
    io.stdout.write(
      json
        ? `${jsonText({ path })}\n`
        : `${board} is at ${path}\nTry \`escapement conform ${name}\` in another terminal; Ctrl-C ends it.\n`,
    );
    const end = await Promise.race([interrupted, served.closed]);
    await served.close();
    if (end === "interrupted") return exitCodes.ok;
    throw boardErrors.ttyGone({ path });
  },
});

interface ServeOptions {
  readonly stock: boolean;
  readonly realTime: boolean;
  readonly tcp: number | undefined;
}

/** What serves the board of that name; nothing where none does. */
function serverOf(
  world: CommandContext["world"],
  board: string | undefined,
  { stock, realTime, tcp }: ServeOptions,
): (() => Promise<ServedTty>) | undefined {
  if (board === "uno") return () => world.serveUno({ stock, realTime });
  if (board !== "micropython") return undefined;
  return () => world.serveMicroPython(tcp === undefined ? {} : { tcpPort: tcp });
}
