import type { Trace } from "@escapement/scenario";
import type { ExcerptRecord } from "@escapement/timeline";
import type { Finding } from "./law.js";

/** Records shown before and after each place that a finding names. */
const around = 5;

/** Most records in an excerpt. */
const excerptMax = 32;

/**
 * Picks the records that explain the findings: those around each place that a finding names, with
 * the beginning of its iteration, or the first ones where no finding names a place.
 *
 * Pure; at most 32 records, in order.
 */
export function excerptOf(trace: Trace, findings: readonly Finding[]): readonly ExcerptRecord[] {
  const { records } = trace;
  const places = findings
    .map((finding) => finding.record)
    .filter((place) => place !== undefined && place >= 0 && place < records.length);
  const chosen = new Set<number>();
  if (places.length === 0) {
    for (let index = 0; index < Math.min(excerptMax, records.length); index++) chosen.add(index);
  }
  for (const place of places) {
    if (place === undefined || chosen.size >= excerptMax) break;
    addPlace(trace, place, chosen);
  }
  return [...chosen]
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const record = records[index];
      return record === undefined ? [] : [{ index, record }];
    });
}

function addPlace(trace: Trace, place: number, chosen: Set<number>): void {
  const { records } = trace;
  let start = place;
  while (start > 0 && records[start]?.kind !== "iteration") start -= 1;
  const wanted = [place, start];
  for (let step = 1; step <= around; step++) wanted.push(place - step, place + step);
  for (const index of wanted) {
    if (chosen.size >= excerptMax) return;
    if (index >= start && index < records.length) chosen.add(index);
  }
}
