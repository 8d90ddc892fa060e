/** A whole number in groups of three digits, with a plain space between unless told otherwise. */
export function grouped(count: number, space = " "): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, space);
}
