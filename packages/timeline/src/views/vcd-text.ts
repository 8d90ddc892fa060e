/** A variable of a dump. */
export interface VcdVariable {
  /** The scope that it is in. */
  readonly scope: string;
  /** Its name. */
  readonly name: string;
  /** Its width; `real` for a number that a viewer draws as a line, `string` for a text. */
  readonly bits: number | "real" | "string";
  /** What it is before its first change; absent where it is not known. */
  readonly initial?: number | string;
}

/** A change of a variable; NaN where its value is not known. */
export interface VcdChange {
  /** When. */
  readonly timeNs: number;
  /** Which variable, by its place in the list. */
  readonly variable: number;
  /** Its value from then on. */
  readonly value: number | string;
}

/** What a dump says beside its changes. */
export interface VcdTextOptions {
  /** A remark at its beginning. */
  readonly comment?: string | undefined;
  /** When it ends, where that is later than the last change. */
  readonly endNs?: number;
}

/**
 * Writes a Value Change Dump (IEEE 1364), which GTKWave and Surfer open: variables by scopes, then
 * their changes, which come in order of time. Changes at time 0 are the initial values.
 *
 * Texts are `string` variables, an extension that GTKWave reads. Pure.
 */
export function vcdText(
  variables: readonly VcdVariable[],
  changes: Iterable<VcdChange>,
  { comment, endNs = 0 }: VcdTextOptions = {},
): string {
  const lines = ["$version escapement $end", "$timescale 1 ns $end"];
  if (comment !== undefined) lines.push(`$comment ${plain(comment, " -#%-~")} $end`);
  for (const scope of new Set(variables.map((variable) => variable.scope))) {
    lines.push(`$scope module ${scope} $end`);
    for (const [index, { scope: of, name, bits }] of variables.entries()) {
      if (of === scope) lines.push(`$var ${kindOf(bits)} ${vcdCode(index)} ${name} $end`);
    }
    lines.push("$upscope $end");
  }
  lines.push("$enddefinitions $end", "#0", "$dumpvars");
  const initial = variables.map((variable) => variable.initial ?? Number.NaN);
  const later: string[] = [];
  let last = 0;
  for (const { timeNs, variable, value } of changes) {
    const { bits } = variables[variable] ?? { bits: 1 };
    if (timeNs === 0) initial[variable] = value;
    else {
      if (timeNs !== last) later.push(`#${timeNs}`);
      later.push(valueText(value, bits, vcdCode(variable)));
    }
    last = timeNs;
  }
  for (const [index, value] of initial.entries()) {
    const { bits } = variables[index] ?? { bits: 1 };
    // The format has no word for a real that is not known.
    if (bits !== "real" || !Number.isNaN(value as number))
      lines.push(valueText(value, bits, vcdCode(index)));
  }
  lines.push("$end");
  if (endNs > last) later.push(`#${endNs}`);
  return `${[...lines, ...later].join("\n")}\n`;
}

/** The short code of a variable: the printable characters from `!` to `~` as digits. */
function vcdCode(index: number): string {
  let rest = index;
  let code = "";
  do {
    code += String.fromCharCode(33 + (rest % 94));
    rest = Math.floor(rest / 94);
  } while (rest > 0);
  return code;
}

function kindOf(bits: VcdVariable["bits"]): string {
  if (bits === "string") return "string 1";
  return bits === "real" ? "real 64" : `wire ${bits}`;
}

function valueText(value: number | string, bits: VcdVariable["bits"], code: string): string {
  // A blank would end the text; a backslash begins an escape.
  if (typeof value === "string") return `s${plain(value, "!-[\\]-~") || "-"} ${code}`;
  if (bits === "real") return `r${value} ${code}`;
  const digits = Number.isNaN(value) ? "x" : value.toString(2);
  return bits === 1 ? `${digits}${code}` : `b${digits} ${code}`;
}

/** A text in which only some characters are left as they are; a dollar sign would end a comment. */
function plain(text: string, kept: string): string {
  return text.replace(new RegExp(`[^${kept}]`, "g"), "?");
}
