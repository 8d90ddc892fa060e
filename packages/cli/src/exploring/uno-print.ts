import { type Shard, shardUnits } from "@escapement/explore";
import {
  summarizeUno,
  type UnoFinding,
  type UnoReport,
  type UnoSummary,
} from "@escapement/explore-avr";
import { cleanLine } from "@escapement/scenario";
import { counted, grouped } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import { tookText } from "../numbers.js";

/** Functions with gaps that are named. */
const GAPS_MAX = 12;

/** Prints what a search of the Uno, or that shard of it, found and covered. */
export function printUnoReport(
  io: CommandIo,
  report: UnoReport,
  shard: Shard | undefined,
  again: (finding: UnoFinding) => string,
): void {
  for (const { findings } of report.units) {
    for (const finding of findings) {
      io.stdout.write(`${unoFindingText(io, finding, again(finding))}\n`);
    }
  }
  io.stdout.write(`${totals(report, shard).join("\n")}\n`);
}

/** The instruction before which a finding's last move is. */
export function placeText({ place }: UnoFinding): string {
  if (place === undefined) return "the plain run";
  const address = place.address.toString(16).padStart(4, "0");
  return `at 0x${address} in ${place.function} (${place.source})`;
}

/** A finding, with its place in the code and the command that shows it again. */
export function unoFindingText(io: CommandIo, finding: UnoFinding, again: string): string {
  const { name, kind, value, schedule, message, shows } = finding;
  const title = `✗ ${name} on uno, ${kind}, value ${value}, ${schedule}, ${placeText(finding)}`;
  return [
    io.stdout.style("fail", cleanLine(title)),
    `  ${cleanLine(message)}`,
    ...(shows === "" ? [] : [`  ${cleanLine(shows)}`]),
    `  again: ${again}`,
    "",
  ].join("\n");
}

/** Whether all laws of the shard were searched, each to its end. */
export function isWhole({ units, planned }: UnoReport, shard: Shard | undefined): boolean {
  const done = new Set(units.map(({ id }) => id));
  const isDone = shardUnits(planned, shard).every((id) => done.has(id));
  return isDone && units.every(({ coverage }) => coverage.whole);
}

function totals(report: UnoReport, shard: Shard | undefined): readonly string[] {
  const summary = summarizeUno(report);
  const { done, planned, cases, points, schedules, pruned, holds, findings } = summary;
  const { addresses, withEvent, withWrap, armed, withMatch, gaps } = summary;
  return [
    `${counted(done, "law")}, ${counted(cases, "case")}, ${counted(points, "point")} on the ${report.emulator} emulator, bound ${report.limits.bound}`,
    `${counted(schedules, "schedule")} run, ${grouped(pruned)} more are equivalent to one of them${tookText(report.seconds)}`,
    `${grouped(withEvent)} of ${grouped(addresses)} addresses had an event before them, ${grouped(withWrap)} the wrap, with ${counted(holds, "hold")}`,
    `${grouped(withMatch)} of ${grouped(armed)} addresses with a timer pending had its match before them; for the others it was out of reach`,
    ...gapLines(gaps),
    ...(done < planned ? [`${grouped(done)} of ${grouped(planned)} laws done`] : []),
    ...(isWhole(report, shard) ? [] : ["not searched to the end"]),
    counted(findings, "finding"),
  ];
}

/** Names the functions that did not have the wrap everywhere. */
function gapLines(gaps: UnoSummary["gaps"]): readonly string[] {
  if (gaps.length === 0) return [];
  const named = gaps
    .slice(0, GAPS_MAX)
    .map((gap) => `${gap.function} ${gap.withoutWrap}/${gap.addresses}`);
  const more = gaps.length - named.length;
  const rest = more > 0 ? `, and ${counted(more, "more function")} (--coverage lists them)` : "";
  return [`without the wrap: ${named.join(", ")}${rest}`];
}
