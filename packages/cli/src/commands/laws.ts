import { type Law, selectLaws } from "@escapement/conformance";
import { jsonText } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { exitCodes } from "../exit-codes.js";
import { atMostWords, type Command } from "./command.js";

/** `escapement laws [id or group] [--json]`. */
export const lawsCommand: Command = async ({ io, args, laws: catalogue }) => {
  atMostWords(args, 1, "escapement laws [id or group] [--json]");
  const [wanted] = args.words;
  const laws = selectLaws({ laws: catalogue, only: wanted === undefined ? [] : [wanted] });
  const [only] = laws;
  const style = io.stdout.style;
  if (args.flag("json")) {
    io.stdout.write(lawsJson(laws));
  } else if (only !== undefined && only.id === wanted?.toUpperCase()) {
    io.stdout.write(lawText(only, (text) => style("title", text)));
  } else {
    io.stdout.write(catalogueText(laws, (text) => style("title", text)));
  }
  return exitCodes.ok;
};

/** An array of laws, each with the same five members, in the catalogue's order. */
function lawsJson(laws: readonly Law[]): string {
  const rows = laws.map(({ id, title, statement, origin, needs }) => ({
    id,
    title,
    statement,
    origin,
    needs,
  }));
  return `${jsonText(rows, 2)}\n`;
}

function lawText(law: Law, title: (text: string) => string): string {
  const needs = law.needs.length === 0 ? "nothing beyond a timer" : law.needs.join(", ");
  return [
    title(`${law.id}  ${law.title}`),
    "",
    `  ${law.statement}`,
    "",
    `  rules   ${law.rules.join(", ")}`,
    `  needs   ${needs}`,
    ...law.origin.map((origin, index) => `  ${index === 0 ? "origin" : "      "}  ${origin}`),
    "",
    `  escapement conform sim --only ${law.id}`,
    "",
  ].join("\n");
}

function catalogueText(laws: readonly Law[], title: (text: string) => string): string {
  const groups = new Map<string, Law[]>();
  for (const law of laws) {
    const group = law.id.split("-")[0] ?? law.id;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [law]);
    else members.push(law);
  }
  const width = Math.max(0, ...laws.map(({ id }) => id.length));
  const blocks = [...groups].map(([group, members]) =>
    [title(group), ...members.map((law) => `  ${law.id.padEnd(width)}  ${law.title}`), ""].join(
      "\n",
    ),
  );
  const count = `${counted(laws.length, "law")}. \`escapement laws <id>\` prints one with its origin.\n`;
  return `${blocks.join("\n")}\n${count}`;
}
