import { UnoEmulator } from "../../src/index.js";

/** One instruction: its words. */
export type Code = readonly number[];

/** ldi r16..r31, constant */
export const ldi = (d: number, k: number): Code => [
  0xe000 | ((k & 0xf0) << 4) | ((d - 16) << 4) | (k & 0x0f),
];
/** out I/O address, register */
export const out = (a: number, r: number): Code => [
  0xb800 | ((a & 0x30) << 5) | (r << 4) | (a & 0x0f),
];
/** in register, I/O address */
export const in_ = (d: number, a: number): Code => [
  0xb000 | ((a & 0x30) << 5) | (d << 4) | (a & 0x0f),
];
/** sts data address, register */
export const sts = (address: number, r: number): Code => [0x9200 | (r << 4), address];
/** lds register, data address */
export const lds = (d: number, address: number): Code => [0x9000 | (d << 4), address];
/** sbi I/O address, bit */
export const sbi = (a: number, bit: number): Code => [0x9a00 | (a << 3) | bit];
/** mov register, register */
export const mov = (d: number, r: number): Code => [
  0x2c00 | ((r & 0x10) << 5) | (d << 4) | (r & 0x0f),
];
/** inc register */
export const inc = (d: number): Code => [0x9403 | (d << 4)];
/** sbrs register, bit: skips the next instruction when the bit is set */
export const sbrs = (r: number, bit: number): Code => [0xfe00 | (r << 4) | bit];
/** rjmp by words, from the next instruction */
export const rjmp = (words: number): Code => [0xc000 | (words & 0x0fff)];
/** adiw r24 (pair), constant */
export const adiw24 = (k: number): Code => [0x9600 | ((k & 0x30) << 2) | (k & 0x0f)];
export const sei: Code = [0x9478];
export const cli: Code = [0x94f8];
export const ret: Code = [0x9508];
export const reti: Code = [0x9518];
export const nop: Code = [0];
/** rjmp to itself */
export const halt: Code = rjmp(-1);

/** Loads a constant and stores it: ldi r16; sts. */
export const set = (address: number, value: number): readonly Code[] => [
  ldi(16, value),
  sts(address, 16),
];

/** Registers by data address, as `sts` wants them; I/O addresses for `in` and `out` are 0x20 lower. */
export const reg = {
  TIFR0: 0x35,
  TIFR1: 0x36,
  GTCCR: 0x43,
  TCCR0B: 0x45,
  TCNT0: 0x46,
  TIMSK1: 0x6f,
  TCCR1A: 0x80,
  TCCR1B: 0x81,
  TCNT1L: 0x84,
  TCNT1H: 0x85,
  OCR1AL: 0x88,
  OCR1AH: 0x89,
  OCR1BL: 0x8a,
  OCR1BH: 0x8b,
  TCCR2A: 0xb0,
  TCCR2B: 0xb1,
  OCR2A: 0xb3,
  UCSR0A: 0xc0,
  UCSR0B: 0xc1,
  UBRR0L: 0xc4,
  UDR0: 0xc6,
} as const;

/** Vectors, as word addresses; each has room for two words. */
export const vector = { reset: 0, timer1CompA: 0x16, timer1Overflow: 0x1a } as const;

/** Where `main` begins, as a word address. */
const MAIN = 0x40;

/** Makes an Intel HEX image: code at word addresses, and a jump from reset to `main`. */
export function image(
  main: readonly Code[],
  handlers: Readonly<Record<number, readonly Code[]>> = {},
): string {
  const memory = new Uint16Array(0x100);
  const place = (at: number, code: readonly Code[]) => memory.set(code.flat(), at);
  place(0, [rjmp(MAIN - 1)]);
  for (const [at, code] of Object.entries(handlers)) place(Number(at), code);
  place(MAIN, main);
  const bytes = new Uint8Array(memory.buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 16) {
    text += record([16, at >> 8, at & 0xff, 0, ...bytes.subarray(at, at + 16)]);
  }
  return `${text}:00000001FF\n`;
}

function record(bytes: readonly number[]): string {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  const hex = [...bytes, -sum & 0xff].map((byte) => byte.toString(16).padStart(2, "0"));
  return `:${hex.join("")}\n`;
}

/** Runs a program until it halts, and returns the machine. */
export function run(hex: string, stock: boolean, maxCycles = 200_000): UnoEmulator {
  const uno = new UnoEmulator({ hex, stock });
  const halted = uno.runUntil(() => uno.cpu.progMem[uno.cpu.pc] === halt[0], maxCycles);
  if (!halted) throw new Error(`the program did not halt within ${maxCycles} cycles`);
  return uno;
}
