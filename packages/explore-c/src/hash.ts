/** Mixes a number into a hash of 32 bits. */
export function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x85ebca77);
  return mixed ^ (mixed >>> 13);
}

/** Two hashes of 32 bits as one number; 53 bits of them. */
export function joined(high: number, low: number): number {
  return (high >>> 0) * 2 ** 21 + ((low >>> 0) & 0x1fffff);
}
