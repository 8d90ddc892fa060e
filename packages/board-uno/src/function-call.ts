import type { CPU } from "avr8js";
import { FLASH_BYTES } from "./chip.js";

const SREG = 0x5f;

/**
 * Where a call of a firmware function returns to: the last word of flash, which no image of ours
 * reaches. It is never executed.
 */
export const RETURN_WORD = FLASH_BYTES / 2 - 1;

/**
 * Takes the CPU to the first instruction of a function, called as C would call it from
 * {@link RETURN_WORD}.
 *
 * @param address - The function's byte address.
 * @param args - Words of 16 bits, at most 9.
 * @param interrupts - The global interrupt flag; as it is when undefined.
 */
export function enterFunction(
  cpu: CPU,
  address: number,
  args: readonly number[],
  interrupts: boolean | undefined,
): void {
  for (const [index, value] of args.entries()) {
    cpu.dataView.setUint16(24 - 2 * index, value & 0xffff, true);
  }
  // The compiler keeps r1 at zero between functions.
  cpu.data[1] = 0;
  const status = cpu.data[SREG] as number;
  if (interrupts !== undefined) cpu.data[SREG] = interrupts ? status | 0x80 : status & 0x7f;
  cpu.data[cpu.SP] = RETURN_WORD & 0xff;
  cpu.data[cpu.SP - 1] = RETURN_WORD >> 8;
  cpu.SP -= 2;
  cpu.pc = address >> 1;
}
