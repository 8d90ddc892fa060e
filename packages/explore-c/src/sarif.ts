import type { SourcePlace } from "@escapement/board-c";
import type { RaceFinding, RaceFindingKind } from "./finding.js";
import type { RaceResult } from "./search.js";

const rules: Readonly<Record<RaceFindingKind, string>> = {
  atomicity: "An interrupt comes between two accesses that belong together.",
  assertion: "A condition that the program asserts does not hold.",
  "wild access": "Memory is used that is none of the program's.",
  trap: "The processor could not go on.",
  "stack overflow": "The stack is full.",
  hang: "Code goes round for ever, and no interrupt can change it.",
};

/** Facts of a SARIF file that no search has. */
export interface SarifFacts {
  /** The version of the tool. */
  readonly version: string;
}

/**
 * Writes the findings of a search as SARIF 2.1.0, which code hosts show beside the lines. Splits that
 * need not belong together are notes. The same input gives the same text.
 */
export function raceSarif(
  { findings, notes }: Pick<RaceResult, "findings" | "notes">,
  { version }: SarifFacts,
): string {
  const kinds = Object.keys(rules) as RaceFindingKind[];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "escapement race",
            version,
            rules: kinds.map((kind) => ({
              id: idOf(kind),
              shortDescription: { text: rules[kind] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: [
          ...findings.map((finding) => resultOf(finding, kinds)),
          ...notes.map((finding) => resultOf(finding, kinds)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function idOf(kind: RaceFindingKind): string {
  return kind.replace(" ", "-");
}

function resultOf(finding: RaceFinding, kinds: readonly RaceFindingKind[]) {
  const { kind, message, place, schedule, accesses = [], note } = finding;
  return {
    ruleId: idOf(kind),
    ruleIndex: kinds.indexOf(kind),
    level: note !== undefined ? "note" : kind === "atomicity" ? "warning" : "error",
    message: { text: `${message} (schedule ${schedule})` },
    locations: [locationOf(place)],
    ...(accesses.length > 0 && {
      codeFlows: [
        {
          threadFlows: [
            {
              locations: accesses.map((access) => ({
                location: {
                  ...locationOf(access.place),
                  message: { text: `${access.context} ${access.write ? "writes" : "reads"}` },
                },
              })),
            },
          ],
        },
      ],
    }),
    properties: { schedule },
  };
}

function locationOf({ file, line, column }: SourcePlace) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: Math.max(1, line), ...(column > 0 && { startColumn: column }) },
    },
  };
}

/** Paths as a reference within the repository. */
function uriOf(file: string): string {
  const path = file.replaceAll("\\", "/").replace(/^\.\//, "");
  return path.split("/").map(encodeURIComponent).join("/");
}
