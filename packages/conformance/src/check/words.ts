/** A count and its noun: `1 law`, `2 laws`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** Items in words; `none` where there are none, so that no sentence breaks off. */
export function listed(items: readonly (string | number)[], none = "none"): string {
  return items.length === 0 ? none : items.join(", ");
}
