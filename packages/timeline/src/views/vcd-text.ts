/** A variable of a dump. */
export interface VcdVariable {
  /** The scope that it is in. */
  readonly scope: string;
  /** Its name. */
  readonly name: string;
  /** Its width; `real` for a number that a viewer draws as a line. */
  readonly bits: number | "real";
  /** What it is before its first change; undefined where nobody knows. */
  readonly initial?: number;
}

/** A change of a variable; NaN where its value is not known. */
export interface VcdChange {
  /** When. */
  readonly timeNs: number;
  /** Which variable, by its place in the list. */
  readonly variable: number;
  /** Its value from then on. */
  readonly value: number;
}

/**
 * Writes a Value Change Dump: variables by scopes, then their changes, which come in order of time.
 * Changes at time 0 are the initial values.
 */
export function vcdText(
  variables: readonly VcdVariable[],
  changes: Iterable<VcdChange>,
  comment: string | undefined,
): string {
  const lines = ["$version escapement $end", "$timescale 1 ns $end"];
  if (comment !== undefined) lines.push(`$comment ${comment} $end`);
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
    if (bits !== "real" || !Number.isNaN(value)) lines.push(valueText(value, bits, vcdCode(index)));
  }
  lines.push("$end");
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

function kindOf(bits: number | "real"): string {
  return bits === "real" ? "real 64" : `wire ${bits}`;
}

function valueText(value: number, bits: number | "real", code: string): string {
  if (bits === "real") return `r${value} ${code}`;
  const digits = Number.isNaN(value) ? "x" : value.toString(2);
  return bits === 1 ? `${digits}${code}` : `b${digits} ${code}`;
}
