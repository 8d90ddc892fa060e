import { styleText } from "node:util";
import type { Styler, TextRole } from "@escapement/conformance";
import type { CliIo, CliStream } from "./cli-io.js";

const formats: Record<TextRole, Parameters<typeof styleText>[0]> = {
  pass: "green",
  fail: "red",
  skip: "gray",
  error: "yellow",
  title: "bold",
  quiet: "gray",
};

/** Gives text its colours where the stream and the user want them. */
export function streamStyler(io: CliIo, stream: CliStream): Styler {
  if (!wantsColour(io.env, stream.isTty)) return (_role, text) => text;
  return (role, text) => styleText(formats[role], text, { validateStream: false });
}

/** Whether to use colours: FORCE_COLOR wins over NO_COLOR, and both over the terminal, as in Node itself. */
export function wantsColour(env: CliIo["env"], isTty: boolean): boolean {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env.NO_COLOR ?? "") !== "") return false;
  return isTty && env.TERM !== "dumb";
}
