// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of the shell.
import type { Completed, CompletedCommand } from "./completion-data.js";

/**
 * The script for bash. It looks at the line itself: bash parts words at `:` and `=`, which are in names of boards
 * and in `--only=STOP`, and it replaces only what stands behind the last of them.
 */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? name)), "help"];
  const twoWords = commands.filter(({ name }) => name.includes(" "));
  return [
    "# Completion of escapement for bash. In ~/.bashrc:",
    '#   eval "$(escapement completion bash)"',
    "_escapement() {",
    '  local line=${COMP_LINE:0:COMP_POINT} cur prev command words="" head="" kind=file',
    "  local -a typed",
    '  read -ra typed <<< "$line"',
    '  cur=""',
    '  [[ $line == *[![:space:]] ]] && { cur=${typed[-1]}; unset "typed[-1]"; }',
    "  prev=${typed[-1]}",
    "  command=${typed[1]-}",
    ...twoWords.map(({ name }) => {
      const [first, second] = name.split(" ");
      return `  [[ $command == ${first} && \${typed[2]-} == ${second} ]] && command=${quoted(name)}`;
    }),
    "  if [[ $cur == --*=* ]]; then head=${cur%%=*}=; prev=${cur%%=*}; cur=${cur#*=}; fi",
    '  case "$command $prev" in',
    ...commands.flatMap(({ name, options }) =>
      options.flatMap(({ name: option, value }) =>
        value === undefined ? [] : [`    ${quoted(`${name} --${option}`)}) ${valueCase(value)} ;;`],
      ),
    ),
    "    *)",
    "      kind=words",
    '      case "$command" in',
    ...commands.map(({ name, options, words, takesFiles }) => {
      const flags = options.map((option) => `--${option.name}`).join(" ");
      const files = takesFiles ? "kind=both; " : "";
      return `        ${quoted(name)}) ${files}if [[ $cur == -* ]]; then words=${quoted(flags)}; else words=${quoted(words.join(" "))}; fi ;;`;
    }),
    `        *) words=${quoted(names.join(" "))} ;;`,
    "      esac ;;",
    "  esac",
    "  if [[ $kind == list && $cur == *,* ]]; then head+=${cur%,*},; cur=${cur##*,}; fi",
    "  COMPREPLY=()",
    "  local each",
    '  for each in $words; do [[ $each == "$cur"* ]] && COMPREPLY+=("$head$each"); done',
    "  if [[ $kind == file || $kind == both ]]; then",
    '    while IFS= read -r each; do COMPREPLY+=("$head$each"); done < <(compgen -f -- "$cur")',
    "  fi",
    "  # Bash keeps what stands before the last of its own word breaks.",
    '  local whole=$head$cur kept=""',
    '  [[ $whole == *[:=]* ]] && kept=${whole%"${whole##*[:=]}"}',
    '  COMPREPLY=("${COMPREPLY[@]#"$kept"}")',
    "}",
    "complete -F _escapement escapement",
    "",
  ].join("\n");
}

function valueCase(value: Completed): string {
  if (value.kind === "file") return "kind=file";
  if (value.kind === "none") return "kind=none";
  return `kind=${value.isList ? "list" : "words"}; words=${quoted(value.words.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
