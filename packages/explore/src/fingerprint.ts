import type { RandomLimits } from "./random-search.js";
import type { SearchLimits } from "./search.js";
import type { ExploreJob } from "./unit.js";

/**
 * Tells one search from another: by its targets' names, counters and slack, its cases' names, values
 * and programs, and its limits.
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
  const print = new Fingerprint();
  const { bound, length, pointsMax, maskedMax, findingsMax, prune, stopAtFirst } = limits;
  print.add([bound, length, pointsMax, maskedMax, findingsMax, prune, stopAtFirst]);
  if (random !== undefined) {
    print.add([random.kind, random.schedules, random.depth, random.seed]);
  }
  for (const { target, cases } of jobs) {
    print.add([target.name, target.profile.name, target.profile.chip, target.slackTicks]);
    for (const { name, value, program } of cases) print.add([name, value, program]);
  }
  return print.text();
}

/**
 * Tells a search of one state of the code under test from one of another: by what was asked for and
 * what each case's plain run came to, so that reports of the two are not put together.
 *
 * Not promised: that it notices a change that shows in no plain run.
 */
export function searchOfCode(fingerprint: string, plainRuns: readonly number[]): string {
  const print = new Fingerprint();
  print.add([fingerprint, plainRuns]);
  return print.text();
}

/** FNV-1a, twice with different seeds. */
class Fingerprint {
  readonly #hashes = new Uint32Array([0x811c9dc5, 0x01000193]);

  add(part: unknown): void {
    const hashes = this.#hashes;
    // JSON has no Infinity, and null stands for nothing else in what goes in here.
    const text = `${JSON.stringify(part) ?? ""}\n`;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      hashes[0] = Math.imul((hashes[0] ?? 0) ^ unit, 0x01000193);
      hashes[1] = Math.imul((hashes[1] ?? 0) ^ unit, 0x01000193) + 0x9e3779b9;
    }
  }

  text(): string {
    return [...this.#hashes].map((hash) => hash.toString(16).padStart(8, "0")).join("");
  }
}
