/** Items in words; `none` where there are none, so that no sentence breaks off. */
export function listed(items: readonly (string | number)[], none = "none"): string {
  return items.length === 0 ? none : items.join(", ");
}
