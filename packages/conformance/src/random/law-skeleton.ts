import type { BoardDescription, Program } from "@escapement/scenario";
import { describeViolation, type Violation } from "../judge/index.js";
import { programSource } from "./program-source.js";
import { unitTicksOf } from "./scale.js";

/** What a law that is made of a failed program says besides it. */
export interface LawSkeletonOptions {
  /** The board that it failed on: its times become multiples of that board's unit; plain ticks when absent. */
  readonly description?: BoardDescription;
  /** Where it was found, such as `escapement fuzz uno --seed 7`; the rule alone when absent. */
  readonly origin?: string;
}

/**
 * A failed program as the file of a law: it runs as it is, and fails where the program failed.
 *
 * The law asks for the whole contract. To judge one rule by name, make it a `law()` with a `judge` of
 * its own; the guide *Write a law* shows how.
 *
 * @example
 * ```ts
 * import { lawSkeleton, type RandomFailure } from "@escapement/conformance";
 *
 * export const fileOf = ({ program, violation }: RandomFailure) => lawSkeleton(program, violation);
 * ```
 */
export function lawSkeleton(
  program: Program,
  violation: Violation,
  { description, origin }: LawSkeletonOptions = {},
): string {
  const { rule } = violation;
  const group = /^[A-Z]+(?=-)/.exec(rule)?.[0] ?? "ANY";
  const name = `${rule.toLowerCase()}-${violation.kind.replace(/[^a-z0-9]+/gi, "-").toLowerCase()}`;
  const unitTicks = description === undefined ? undefined : unitTicksOf(description);
  const source = programSource(program, { indent: 8, ...(unitTicks && { unitTicks }) });
  const imported = unitTicks === undefined ? "judgedLaw" : "judgedLaw, unitTicksOf";
  const from = origin ?? `a random program that broke ${rule}`;
  return [
    `import { ${imported} } from "@escapement/conformance";`,
    'import { program } from "@escapement/scenario";',
    "",
    `// ${describeViolation(violation).replace(/\s+/g, " ")}`,
    "export const found = judgedLaw({",
    "  // The next free number of the contract's group.",
    `  id: "${group}-99",`,
    `  title: "${rule}, found by a random program",`,
    '  statement: "The program keeps every rule of the contract.",',
    `  origin: [${JSON.stringify(from)}],`,
    ...(unitTicks === undefined
      ? ["  programs: () => ["]
      : ["  programs: ({ board }) => {", "    const unit = unitTicksOf(board);", "    return ["]),
    "      {",
    `        origin: { corpus: ${JSON.stringify(name)} },`,
    `        program: ${source},`,
    "      },",
    ...(unitTicks === undefined ? ["  ],"] : ["    ];", "  },"]),
    "});",
    "",
  ].join("\n");
}
