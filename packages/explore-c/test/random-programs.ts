/** A generator of random numbers, the same for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The functions of one random program: `p<seed>_main`, `p<seed>_isr_1` and `p<seed>_isr_2`. */
export function randomProgram(seed: number): string {
  const random = randomOf(seed);
  const pick = (words: readonly string[]): string => words[random(words.length)] ?? "";
  const place = (): string => pick(["a", "b", "a", "b", "s.x", "s.y", `v[${random(2)}]`]);
  const value = (): string => pick([place(), String(random(4)), `${place()} + 1`]);
  const statement = (depth: number): string => {
    switch (random(depth > 0 ? 5 : 8)) {
      case 0:
      case 1:
        return `${place()} = ${value()};`;
      case 2:
        return `${place()}++;`;
      case 3:
        return `t = ${place()};`;
      case 4:
        return `u.bytes[${random(4)}] = ${value()};`;
      case 5:
        return `if (${place()} == ${random(3)}) {\n${block(2, depth + 1)}\n}`;
      case 6:
        return `for (int i = 0; i < 2; i++) {\n${block(1, depth + 1)}\n}`;
      default:
        return `disable_isr(${1 + random(2)});\n${block(2, depth + 1)}\nenable_isr(${1 + random(2)});`;
    }
  };
  const block = (most: number, depth: number): string =>
    Array.from({ length: 1 + random(most) }, () => statement(depth)).join("\n");
  const body = (name: string, most: number): string =>
    `void p${seed}_${name}(void) {\nint t = 0;\n${block(most, 0)}\nkeep = t;\n}\n`;
  return body("main", 5) + body("isr_1", 3) + body("isr_2", 2);
}

/** The variables of random programs, which they all use. */
export const randomGlobals = `void enable_isr(int); void disable_isr(int);
volatile int a, b, keep, v[3];
struct { volatile int x; volatile short y; } s;
union { volatile int word; volatile unsigned char bytes[4]; } u;
`;
