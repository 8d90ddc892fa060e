// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of the shell.
import type { Completed, CompletedCommand } from "./completion-data.js";

/** The script for zsh, with what each command and option is for. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const firsts = commands.filter(({ name }) => !name.includes(" "));
  return [
    "#compdef escapement",
    "# Completion of escapement for zsh. In ~/.zshrc, after compinit:",
    '#   eval "$(escapement completion zsh)"',
    "_escapement() {",
    "  local command=${words[2]}",
    "  if (( CURRENT == 2 )); then",
    "    local -a names",
    `    names=(${firsts.map(({ name, summary }) => described(name, summary)).join(" ")})`,
    "    _describe command names",
    "    return",
    "  fi",
    ...commands.flatMap(({ name }) => {
      const [first, second] = name.split(" ");
      if (second === undefined) return [];
      return [
        `  [[ $command == ${first} && \${words[3]} == ${second} ]] && command=${quoted(name)}`,
      ];
    }),
    "  case $command in",
    ...commands.flatMap((command) => [
      `    (${quoted(command.name)})`,
      `      _arguments -s ${specs(command).join(" ")} ;;`,
    ]),
    "  esac",
    "}",
    "compdef _escapement escapement",
    "",
  ].join("\n");
}

function specs({ name, options, words, takesFiles }: CompletedCommand): readonly string[] {
  const flags = options.map(({ name: option, about, value }) => {
    const action = value === undefined ? "" : `:value:${actionOf(value)}`;
    const equals = value === undefined ? "" : "=";
    return quoted(`*--${option}${equals}[${about.replaceAll(/[[\]:]/g, "\\$&")}]${action}`);
  });
  const skipped = name.split(" ").map((_, index) => quoted(`${index + 1}: :`));
  const choices = words.length === 0 ? "" : `(${words.map(escaped).join(" ")})`;
  const files = takesFiles ? "_files" : choices;
  const action =
    takesFiles && words.length > 0
      ? `{_alternative 'words:word:${choices}' 'files:file:_files'}`
      : files;
  return [...flags, ...skipped, quoted(`*:word:${action}`)];
}

function actionOf(value: Completed): string {
  if (value.kind === "file") return "_files";
  if (value.kind === "none") return " ";
  const words = value.words.map(escaped).join(" ");
  return value.isList ? `_values -s , value ${words}` : `(${words})`;
}

function escaped(word: string): string {
  return word.replaceAll(":", "\\:");
}

function described(name: string, about: string): string {
  return quoted(`${name}:${about}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
