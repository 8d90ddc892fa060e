import type { FindingAccess, SourcePlace } from "@escapement/explore";

/** Facts of a SARIF file that no search has. */
export interface SarifFacts {
  /** The version of the tool. */
  readonly version: string;
  /** The folder of the sources: what is below it is named from there, as code hosts need it. */
  readonly folder?: string;
}

/** What a search found, as SARIF has it. */
export interface SarifSearch {
  /** The command. */
  readonly name: string;
  /** Every kind of finding, in one sentence. */
  readonly rules: Readonly<Record<string, string>>;
  /** What was found, and what is only noted. */
  readonly results: readonly SarifResult[];
  /** How far the search went: the bounds, and whether it is complete within them. */
  readonly extent: Readonly<Record<string, unknown>>;
}

/** One thing that was found. */
export interface SarifResult {
  /** One of the rules. */
  readonly kind: string;
  /** How much it matters. */
  readonly level: "note" | "warning" | "error";
  /** What it is, in one sentence. */
  readonly message: string;
  /** Where; nothing where the source is not known. */
  readonly place: SourcePlace | undefined;
  /** The accesses that lead to it, in order. */
  readonly accesses?: readonly FindingAccess[];
  /** The calls that led there, innermost first, as `function file:line:column` or without the column. */
  readonly stack?: readonly string[];
  /** The schedule that shows it. */
  readonly schedule: string;
}

/** Writes what a search found as SARIF 2.1.0, which code hosts show beside the lines. The same input gives the same text. */
export function sarifLog(search: SarifSearch, { version, folder = "" }: SarifFacts): string {
  const { name, rules, results, extent } = search;
  const kinds = Object.keys(rules);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name,
            version,
            rules: kinds.map((kind) => ({
              id: idOf(kind),
              shortDescription: { text: rules[kind] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: results.map((result) => resultOf(result, kinds, folder)),
        properties: extent,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function idOf(kind: string): string {
  return kind.replace(" ", "-");
}

function resultOf(result: SarifResult, kinds: readonly string[], folder: string) {
  const { kind, message, place, schedule, accesses = [], stack = [], level } = result;
  const calls = stack.flatMap((call) => frameOf(call, folder) ?? []);
  return {
    ruleId: idOf(kind),
    ruleIndex: kinds.indexOf(kind),
    level,
    message: { text: `${message} (schedule ${schedule})` },
    ...(place !== undefined && { locations: [locationOf(place, folder)] }),
    ...(accesses.length > 0 && { codeFlows: [flowOf(accesses, folder)] }),
    ...(calls.length > 0 && { stacks: [{ frames: calls }] }),
    properties: { schedule },
  };
}

function flowOf(accesses: readonly FindingAccess[], folder: string) {
  const locations = accesses.map(({ place, context, write }) => ({
    location: {
      ...locationOf(place, folder),
      message: { text: `${context} ${write ? "writes" : "reads"}` },
    },
  }));
  return { threadFlows: [{ locations }] };
}

/** `function file:line:column`, whose file may have blanks and colons. */
function frameOf(call: string, folder: string) {
  const [, name, file, line, column = "0"] = /^(\S+) (.+?):(\d+)(?::(\d+))?$/.exec(call) ?? [];
  if (name === undefined || file === undefined) return undefined;
  const place = { file, line: Number(line), column: Number(column) };
  const logicalLocations = [{ fullyQualifiedName: name, kind: "function" }];
  return { location: { ...locationOf(place, folder), logicalLocations } };
}

function locationOf({ file, line, column }: SourcePlace, folder: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file, folder) },
      region: { startLine: Math.max(1, line), ...(column > 0 && { startColumn: column }) },
    },
  };
}

/** Paths as a reference within the repository. */
function uriOf(file: string, folder: string): string {
  const whole = file.replaceAll("\\", "/");
  const above = `${folder.replaceAll("\\", "/").replace(/\/$/, "")}/`;
  const isBelow = folder !== "" && whole.startsWith(above);
  const path = isBelow ? whole.slice(above.length) : whole.replace(/^\.\//, "");
  return path.split("/").map(encodeURIComponent).join("/");
}
