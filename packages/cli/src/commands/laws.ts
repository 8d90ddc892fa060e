import { groupOf, type Law, reportHead } from "@escapement/conformance";
import { jsonText } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { defineCommand } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { lawsWanted } from "../laws/laws-wanted.js";
import { flag } from "../option.js";
import { twoColumns } from "../two-columns.js";

/** `escapement laws`. */
export const lawsCommand = defineCommand({
  name: "laws",
  summary: "prints the catalogue, or all about one law",
  topic: "Look something up",
  words: { usage: "[id or group, or words]", most: 8 },
  options: { json: flag("JSON to stdout") },
  examples: [
    ["escapement laws STOP-04", "one law with everything there is to say"],
    ["escapement laws stop handler", "those that say something of both"],
  ],

  async run({ io, words, options, laws: catalogue }) {
    const laws = lawsWanted(words, catalogue);
    const [only] = laws;
    const [wanted] = words;
    const title = (text: string): string => io.stdout.style("title", text);
    if (options.json) {
      io.stdout.writeData(lawsJson(laws));
    } else if (only !== undefined && only.id === wanted?.toUpperCase()) {
      io.stdout.write(await (await import("../laws/law-page.js")).lawPage(io, only));
    } else {
      io.stdout.write(catalogueText(laws, title, io.stdout.columns));
    }
    return exitCodes.ok;
  },
});

/** The laws, each with the same five members, in the catalogue's order. */
function lawsJson(laws: readonly Law[]): string {
  const rows = laws.map(({ id, title, statement, origin, needs }) => ({
    id,
    title,
    statement,
    origin,
    needs,
  }));
  return `${jsonText({ ...reportHead("laws"), laws: rows }, 2)}\n`;
}

function catalogueText(
  laws: readonly Law[],
  title: (text: string) => string,
  columns: number,
): string {
  const groups = new Map<string, Law[]>();
  for (const law of laws) {
    const group = groupOf(law.id);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [law]);
    else members.push(law);
  }
  const blocks = [...groups].map(([group, members]) =>
    [
      title(group),
      ...twoColumns(
        members.map((law) => [law.id, law.title]),
        { columns },
      ),
      "",
    ].join("\n"),
  );
  const count = `${counted(laws.length, "law")}. \`escapement laws <id>\` prints one with its origin.\n`;
  return `${blocks.join("\n")}\n${count}`;
}
