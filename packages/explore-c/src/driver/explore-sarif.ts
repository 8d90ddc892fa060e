import {
  type ExploreFinding,
  type ExploreReport,
  type FindingKind,
  type FoundSplit,
  summarize,
  type UnitReport,
} from "@escapement/explore";
import { type SarifFacts, type SarifResult, sarifLog } from "../sarif-log.js";
import { splitText } from "./split-text.js";

const rules: Readonly<Record<FindingKind | "atomicity", string>> = {
  law: "A law of the contract, or a rule of it, does not hold in some interleaving.",
  race: "Shared state is used with interrupts open where an interrupt uses it too.",
  registry: "The shared state is not well formed while interrupts are open.",
  deadlock: "The program waits, and nothing can happen any more.",
  livelock: "The program never comes to its end.",
  masked: "Interrupts are masked for longer than allowed.",
  fault: "The code threw, or used the chip in an impossible way.",
  atomicity: "An interrupt comes between two accesses to one variable; that need not be wrong.",
};

/**
 * Writes the report of a search of drivers as SARIF 2.1.0: its findings as errors, each with its place in the source
 * where the target has one, and what an interrupt came between as notes, once for each three lines. Properties of
 * the run have the limits, and the bound to which every unit was searched. The same input gives the same text.
 */
export function exploreSarif(report: ExploreReport, facts: SarifFacts): string {
  const { bound, done, planned, errors, runs } = summarize(report);
  const extent = {
    complete: done === planned && errors === 0,
    ...(report.random === undefined ? { bound } : { drawn: report.random }),
    ...{ units: done, planned, runs, limits: report.limits },
  };
  const findings = report.units.flatMap((unit) =>
    unit.findings.map((finding) => findingResult(unit, finding)),
  );
  const results = [...findings, ...splitResults(report.units)];
  return sarifLog({ name: "escapement explore", rules, results, extent }, facts);
}

function findingResult({ target }: UnitReport, finding: ExploreFinding): SarifResult {
  const { kind, name, value, message, schedule, source, accesses, stack } = finding;
  return {
    kind,
    level: "error",
    message: `${name} on ${target}, value ${value}: ${message}`,
    place: source,
    schedule,
    ...(accesses !== undefined && { accesses }),
    ...(stack !== undefined && { stack }),
  };
}

function splitResults(units: readonly UnitReport[]): readonly SarifResult[] {
  const notes = new Map<string, SarifResult>();
  for (const { name, target, value, splits = [] } of units) {
    for (const split of splits) {
      const text = splitText(split);
      if (notes.has(text)) continue;
      notes.set(text, {
        kind: "atomicity",
        level: "note",
        message: `${text}, in ${name} on ${target}, value ${value}`,
        place: lastPlace(split),
        accesses: split.accesses,
        schedule: split.schedule,
      });
    }
  }
  return [...notes.values()];
}

function lastPlace({ accesses }: FoundSplit): SarifResult["place"] {
  return accesses.at(-1)?.place;
}
