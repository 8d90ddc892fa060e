/** So many of a list, drawn by a seed, in the order of the list; all where there are no more. */
export function drawn<Item>(list: readonly Item[], count: number, seed: number): readonly Item[] {
  const ranked = list.map((item, index) => ({ item, index, rank: mixed(seed, index) }));
  const chosen = [...ranked].sort((a, b) => a.rank - b.rank).slice(0, count);
  return chosen.sort((a, b) => a.index - b.index).map(({ item }) => item);
}

/** A number of 32 bits that looks random and depends on both. */
function mixed(seed: number, index: number): number {
  let bits = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(index + 1, 0xc2b2_ae35);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b_3c6d);
  return (bits ^ (bits >>> 13)) >>> 0;
}
