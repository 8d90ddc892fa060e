import type { Completed, CompletedCommand } from "./completion-data.js";

/** The script for fish, with what each command and option is for. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const firsts = commands.filter(({ name }) => !name.includes(" "));
  return [
    "# Completion of escapement for fish:",
    "#   escapement completion fish > ~/.config/fish/completions/escapement.fish",
    ...firsts.map(({ name, summary }) =>
      line(["-f", "-n", quoted("__fish_use_subcommand"), "-a", name, "-d", quoted(summary)]),
    ),
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}

function commandLines({ name, options, words, takesFiles }: CompletedCommand): readonly string[] {
  const seen = name
    .split(" ")
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join("; and ");
  const when = ["-n", quoted(seen)];
  return [
    ...(takesFiles ? [] : [line(["-f", ...when])]),
    ...(words.length === 0 ? [] : [line([...when, "-a", quoted(words.join(" "))])]),
    ...options.map(({ name: option, about, value }) =>
      line([...when, "-l", option, ...valuePart(value), "-d", quoted(about)]),
    ),
  ];
}

function valuePart(value: Completed | undefined): readonly string[] {
  if (value === undefined) return [];
  if (value.kind === "file") return ["-r", "-F"];
  return value.kind === "none" ? ["-x"] : ["-x", "-a", quoted(value.words.join(" "))];
}

function line(parts: readonly string[]): string {
  return ["complete -c escapement", ...parts].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
