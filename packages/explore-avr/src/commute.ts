import type { CPU } from "avr8js";

const SPL = 0x5d;
const SREG = 0x5f;
const RAM_START = 0x100;

/** What an instruction does that an interrupt between it and the next could notice. */
const effect = {
  /** Nothing: registers, flags, jumps, the stack. */
  none: 0,
  /** Memory at an address that a pointer register holds. */
  pointer: 1,
  /** Memory at the address in its second word. */
  direct: 2,
  /** A peripheral, or the interrupt flag. */
  peripheral: 3,
} as const;

/** For each opcode, its effect; worked out when first met. */
const effects = new Int8Array(0x10000).fill(-1);
/** Of an access by pointer: the low register of the pair, 26, 28 or 30. */
const pointers = new Uint8Array(0x10000);
const displacements = new Uint8Array(0x10000);

/**
 * Whether an instruction and an interrupt of the timer may change places without a difference, but
 * for the cycles it takes: it touches no peripheral and not the interrupt flag, and memory only on
 * the live stack or, with interrupts masked, where no handler can look before they are unmasked.
 *
 * Every variable counts as one that the handlers use.
 */
export function commutes(cpu: CPU, word: number): boolean {
  const opcode = cpu.progMem[word] as number;
  let kind = effects[opcode] as number;
  if (kind < 0) {
    kind = effectOf(opcode);
    effects[opcode] = kind;
  }
  if (kind === effect.none) return true;
  if (kind === effect.peripheral) return false;
  const address =
    kind === effect.direct
      ? (cpu.progMem[word + 1] as number)
      : cpu.dataView.getUint16(pointers[opcode] as number, true) +
        (displacements[opcode] as number);
  // A pointer may be lowered before the access; the byte below decides as well.
  if (address <= RAM_START) return false;
  return address - 1 > cpu.SP || !cpu.interruptsEnabled;
}

function effectOf(opcode: number): number {
  const high = opcode >> 12;
  if (high === 0xb) return ioEffect(opcode);
  if (high === 0x8 || high === 0xa) {
    pointers[opcode] = (opcode & 8) !== 0 ? 28 : 30;
    displacements[opcode] = (opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20);
    return effect.pointer;
  }
  if (high !== 0x9) return effect.none;
  if ((opcode & 0xfc00) === 0x9000) return loadEffect(opcode);
  if ((opcode & 0xff00) === 0x9400 || (opcode & 0xff00) === 0x9500) return oddEffect(opcode);
  // cbi, sbic, sbi, sbis; the rest are adiw, sbiw and mul.
  if ((opcode & 0xfc00) === 0x9800) return effect.peripheral;
  return effect.none;
}

/** in, out: the stack pointer may move, and the flags may be read. */
function ioEffect(opcode: number): number {
  const address = 0x20 + ((opcode & 0x0f) | ((opcode >> 5) & 0x30));
  if (address === SPL || address === SPL + 1) return effect.none;
  const reads = (opcode & 0x0800) === 0;
  return address === SREG && reads ? effect.none : effect.peripheral;
}

/** The group of loads and stores: lds, sts, ld, st, lpm, push, pop, and those of other chips. */
function loadEffect(opcode: number): number {
  const form = opcode & 0x0f;
  const stores = (opcode & 0x0200) !== 0;
  if (form === 0) return effect.direct;
  if (form === 0xf) return effect.none;
  if (form === 1 || form === 2) pointers[opcode] = 30;
  else if (form === 9 || form === 0xa) pointers[opcode] = 28;
  else if (form >= 0xc) pointers[opcode] = 26;
  else return stores ? effect.peripheral : effect.none;
  return effect.pointer;
}

/** What shares 0x94 and 0x95: arithmetic, jumps, and changes of the flags. */
function oddEffect(opcode: number): number {
  // sei, cli, reti; sleep, wdr, spm, break.
  if (opcode === 0x9478 || opcode === 0x94f8 || opcode === 0x9518) return effect.peripheral;
  return (opcode & 0xff8f) === 0x9588 && opcode !== 0x95c8 && opcode !== 0x95d8
    ? effect.peripheral
    : effect.none;
}
