/** The lists, as `name [members]`, that are not as they were; the whole text where it has none. */
export function stateChange(before: string | undefined, after: string): string {
  if (before === after) return "";
  const lists = after.match(/[^[\]]*\[[^\]]*\]/g);
  if (before === undefined || lists === null || lists.join("") !== after) return after;
  const old = new Set((before.match(/[^[\]]*\[[^\]]*\]/g) ?? []).map((list) => list.trim()));
  return lists
    .map((list) => list.trim())
    .filter((list) => !old.has(list))
    .join(" ");
}
