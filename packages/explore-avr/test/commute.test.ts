import { UnoEmulator } from "@escapement/board-uno";
import { describe, expect, it } from "vitest";
import {
  adiw24,
  type Code,
  cli,
  image,
  in_,
  inc,
  ldi,
  lds,
  mov,
  out,
  reg,
  ret,
  reti,
  rjmp,
  sbi,
  sbrs,
  sei,
  sts,
} from "../../board-uno/test/support/assemble.js";
import { commutes } from "../src/commute.js";

const SREG_IO = 0x3f;
const SPL_IO = 0x3d;
/** st X, r16; ld r16, -X; ldd r16, Y+63; std Z+1, r16; push, pop; adiw; wdr; sleep; lpm; in r16, GPIOR0 */
const ops = {
  stX: [0x930c],
  ldMinusX: [0x910e],
  lddY63: [0xad0f],
  stdZ1: [0x8301],
  push: [0x930f],
  pop: [0x910f],
  sleep: [0x9588],
  wdr: [0x95a8],
  lpm: [0x95c8],
  call: [0x940e, 0x0040],
} as const;

interface Place {
  readonly masked?: boolean;
  /** What X, Y and Z hold. */
  readonly pointer?: number;
}

function judge(code: Code, { masked = false, pointer = 0x8f0 }: Place = {}): boolean {
  const { cpu } = new UnoEmulator({ hex: image([code]) });
  cpu.SP = 0x8e0;
  cpu.data[95] = masked ? 0 : 0x80;
  for (const pair of [26, 28, 30]) cpu.dataView.setUint16(pair, pointer, true);
  return commutes(cpu, 0x40);
}

describe("what changes places with an interrupt", () => {
  it.each<[string, Code]>([
    ["ldi", ldi(16, 1)],
    ["mov", mov(16, 17)],
    ["inc", inc(16)],
    ["adiw", adiw24(1)],
    ["rjmp", rjmp(1)],
    ["sbrs", sbrs(16, 1)],
    ["ret", ret],
    ["call", ops.call],
    ["push", ops.push],
    ["pop", ops.pop],
    ["lpm", ops.lpm],
    ["in SREG", in_(16, SREG_IO)],
    ["out SPL", out(SPL_IO, 16)],
    ["st to the stack", ops.stX],
    ["ldd from the stack", ops.lddY63],
  ])("%s does", (_name, code) => {
    expect(judge(code)).toBe(true);
  });

  it.each<[string, Code]>([
    ["cli", cli],
    ["sei", sei],
    ["reti", reti],
    ["out SREG", out(SREG_IO, 16)],
    ["lds of the counter", lds(16, reg.TCNT1L)],
    ["sts of the compare register", sts(reg.OCR1AL, 16)],
    ["in of a flag register", in_(16, reg.TIFR1 - 0x20)],
    ["sbi", sbi(reg.TIFR1 - 0x20, 0)],
    ["sleep", ops.sleep],
    ["wdr", ops.wdr],
  ])("%s does not, masked or not", (_name, code) => {
    expect(judge(code)).toBe(false);
    expect(judge(code, { masked: true })).toBe(false);
  });

  it.each<[string, Code]>([
    ["st", ops.stX],
    ["ld with decrement", ops.ldMinusX],
    ["ldd", ops.lddY63],
    ["std", ops.stdZ1],
    ["lds", lds(16, 0x300)],
    ["sts", sts(0x300, 16)],
  ])("%s of a variable does only while interrupts are masked", (_name, code) => {
    expect(judge(code, { pointer: 0x300 })).toBe(false);
    expect(judge(code, { pointer: 0x300, masked: true })).toBe(true);
  });

  it("a pointer into the registers does not", () => {
    expect(judge(ops.stX, { pointer: reg.OCR1AL, masked: true })).toBe(false);
    expect(judge(ops.ldMinusX, { pointer: 0x100, masked: true })).toBe(false);
  });
});
