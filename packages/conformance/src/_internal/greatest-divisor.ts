/** The greatest number that divides both, whatever their signs; of one and 0, that one. */
export function greatestDivisor(one: number, other: number): number {
  let [large, small] = [Math.abs(one), Math.abs(other)];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}
