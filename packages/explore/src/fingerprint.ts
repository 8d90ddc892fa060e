import type { RandomLimits, SearchLimits } from "./limits.js";
import type { ExploreJob } from "./unit.js";

/**
 * Distinguishes one search from another by its targets' names, counters and slack, its cases' names, values
 * and programs, and its limits.
 *
 * Not promised: that it distinguishes two states of the code under test; only their names go into it.
 *
 * @returns 16 hexadecimal digits
 */
export function searchFingerprint(
  jobs: readonly ExploreJob[],
  limits: SearchLimits,
  random?: RandomLimits,
): string {
  const { bound, length, pointsMax, maskedMax, findingsMax, prune, stopAtFirst } = limits;
  const parts: unknown[] = [[bound, length, pointsMax, maskedMax, findingsMax, prune, stopAtFirst]];
  if (random !== undefined) {
    parts.push([random.kind, random.schedules, random.depth, random.seed]);
  }
  for (const { target, cases } of jobs) {
    parts.push([
      target.name,
      target.profile.name,
      target.profile.chip,
      target.slackTicks,
      target.firstMoveTicks ?? 0,
    ]);
    for (const { name, value, program } of cases) parts.push([name, value, program]);
  }
  return fingerprint(parts);
}

/**
 * Distinguishes a search of one state of the code under test from one of another by what was asked for and
 * what each case's plain run came to, so that reports of the two are not put together.
 *
 * Not promised: that it notices a change that shows in no plain run.
 */
export function searchOfCode(asked: string, plainRuns: readonly number[]): string {
  return fingerprint([[asked, plainRuns]]);
}

/** Distinguishes one list of plain data from another by 16 hexadecimal digits: FNV-1a, twice with different seeds. */
export function fingerprint(parts: readonly unknown[]): string {
  const hashes = new Uint32Array([0x811c9dc5, 0x01000193]);
  for (const part of parts) {
    // JSON has no Infinity; nothing that goes in here is null.
    const text = `${JSON.stringify(part) ?? ""}\n`;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      hashes[0] = Math.imul((hashes[0] ?? 0) ^ unit, 0x01000193);
      hashes[1] = Math.imul((hashes[1] ?? 0) ^ unit, 0x01000193) + 0x9e3779b9;
    }
  }
  return [...hashes].map((hash) => hash.toString(16).padStart(8, "0")).join("");
}
