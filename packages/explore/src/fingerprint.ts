import type { RandomLimits } from "./random-search.js";
import type { SearchLimits } from "./search.js";
import type { ExploreJob } from "./unit.js";

/**
 * Tells one search from another: by its targets' names, counters and slack, its cases' names, values
 * and programs, and its limits. FNV-1a over their text, twice with different seeds.
 *
 * Not promised: that it tells two states of the code under test apart; only their names go into it.
 *
 * @returns 16 hexadecimal digits
 */
export function searchFingerprint(
  jobs: readonly ExploreJob[],
  limits: SearchLimits,
  random?: RandomLimits,
): string {
  const hashes = new Uint32Array([0x811c9dc5, 0x01000193]);
  const add = (part: unknown): void => {
    // JSON has no Infinity, and null stands for nothing else in what goes in here.
    const text = `${JSON.stringify(part) ?? ""}\n`;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      hashes[0] = Math.imul((hashes[0] ?? 0) ^ unit, 0x01000193);
      hashes[1] = Math.imul((hashes[1] ?? 0) ^ unit, 0x01000193) + 0x9e3779b9;
    }
  };
  const { bound, length, pointsMax, maskedMax, findingsMax, prune, stopAtFirst } = limits;
  add([bound, length, pointsMax, maskedMax, findingsMax, prune, stopAtFirst]);
  if (random !== undefined) add([random.kind, random.schedules, random.depth, random.seed]);
  for (const { target, cases } of jobs) {
    add([target.name, target.profile.name, target.profile.chip, target.slackTicks]);
    for (const { name, value, program } of cases) add([name, value, program]);
  }
  return [...hashes].map((hash) => hash.toString(16).padStart(8, "0")).join("");
}
