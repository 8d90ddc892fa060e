import { BoardError, jsonText } from "@escapement/scenario";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import { atMostWords, type Command } from "./command.js";

const usage = "escapement serve uno [--pace free|real-time] [--stock] [--json]";

/** `escapement serve uno`: until Ctrl-C, which is its ordinary end. */
export const serveCommand: Command = async ({ io, world, args }) => {
  atMostWords(args, 1, usage);
  const [board] = args.words;
  if (board !== "uno") {
    const message = board === undefined ? "no board was named" : `"${board}" cannot be served`;
    throw new CliError("invalid-argument", message, `Usage: ${usage}`);
  }
  const pace = args.text("pace") ?? "free";
  if (pace !== "free" && pace !== "real-time") {
    throw new CliError("invalid-option", `--pace is "${pace}"`, "It is free or real-time.");
  }
  const interrupted = new Promise<"interrupted">((resolve) => {
    io.onInterrupt(() => resolve("interrupted"));
  });
  const served = await world.serveUno({
    stock: args.flag("stock"),
    realTime: pace === "real-time",
  });
  io.stdout.write(
    args.flag("json")
      ? `${jsonText({ path: served.path })}\n`
      : `uno is at ${served.path}\nTry \`escapement conform ${served.path}\` in another terminal; Ctrl-C ends it.\n`,
  );
  const end = await Promise.race([interrupted, served.closed]);
  await served.close();
  if (end === "interrupted") return exitCodes.ok;
  throw new BoardError(
    "disconnected",
    `the tty ${served.path} went away`,
    "Start it again; if it happens again, look what else opens that tty.",
  );
};
