/**
 * The remainder from 0 to below `modulus`, of negative numbers too.
 *
 * Exact for safe integers and a modulus up to 2^53: adding the modulus first, to save the comparison, rounds there.
 */
export function modulo(value: number, modulus: number): number {
  const rest = value % modulus;
  return rest < 0 ? rest + modulus : rest;
}
