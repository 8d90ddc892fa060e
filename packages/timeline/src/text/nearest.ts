/**
 * The names that `word` may have been meant for, nearest first, upper and lower case alike: those
 * that contain it, and those that differ from it by at most a third of its letters.
 */
export function nearestNames(word: string, names: readonly string[], limit: number): string[] {
  const wanted = word.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const distanceOf = (name: string): number =>
    wanted.length > 2 && name.includes(wanted) ? 0 : editDistance(wanted, name);
  return names
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Levenshtein distance, one row at a time. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const above = row[column] ?? 0;
      const diagonal = row[column - 1] ?? 0;
      const left = next[column - 1] ?? 0;
      const change = one[line - 1] === other[column - 1] ? 0 : 1;
      next.push(Math.min(above + 1, left + 1, diagonal + change));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
