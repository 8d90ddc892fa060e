import { describe, expect, it } from "vitest";
import { UnoEmulator } from "../src/index.js";
import {
  type Code,
  halt,
  image,
  in_,
  inc,
  ldi,
  lds,
  mov,
  nop,
  out,
  reg,
  reti,
  rjmp,
  run,
  sbi,
  sei,
  set,
  sts,
  vector,
} from "./support/assemble.js";

/** A register of the finished program, on the stock chip and on the corrected one. */
function registers(hex: string, register: number): { stock: number; corrected: number } {
  const of = (stock: boolean) => run(hex, stock).cpu.data[register] as number;
  return { stock: of(true), corrected: of(false) };
}

const repeat = (count: number, code: Code): Code[] => Array.from({ length: count }, () => code);

/** Timer 1 at clk/1 passes its wrap and both compare values with interrupts off: all three flags are up. */
const raiseAllFlags: readonly Code[] = [
  ...set(reg.OCR1AH, 0),
  ...set(reg.OCR1AL, 5),
  ...set(reg.OCR1BH, 0),
  ...set(reg.OCR1BL, 5),
  ...set(reg.TCCR1B, 1),
  ...set(reg.TCNT1H, 0xff),
  ...set(reg.TCNT1L, 0xf0),
  ...repeat(40, nop),
];

const TIFR1_IO = reg.TIFR1 - 0x20;

describe("flags of a timer", () => {
  it("fault 1: writing TOV1 by `out` leaves the compare flags alone", () => {
    const hex = image([...raiseAllFlags, ldi(16, 1), out(TIFR1_IO, 16), in_(17, TIFR1_IO), halt]);
    expect(registers(hex, 17)).toEqual({ stock: 0, corrected: 6 });
  });

  it("fault 1: writing ICF1 leaves nothing behind", () => {
    const hex = image([
      ...raiseAllFlags,
      ldi(16, 0x20),
      out(TIFR1_IO, 16),
      in_(17, TIFR1_IO),
      halt,
    ]);
    expect(registers(hex, 17)).toEqual({ stock: 0x20, corrected: 7 });
  });

  it("fault 2: `sbi TIFR1, TOV1` clears that bit only", () => {
    const hex = image([...raiseAllFlags, sbi(TIFR1_IO, 0), in_(17, TIFR1_IO), halt]);
    expect(registers(hex, 17)).toEqual({ stock: 0, corrected: 6 });
  });

  it("fault 5: a compare flag rises one timer clock after the match", () => {
    const hex = image([...set(reg.OCR1AL, 3), ...set(reg.TCCR1B, 3), halt]); // clk/64
    const countAtFlag = (stock: boolean) => {
      const uno = run(hex, stock);
      uno.runUntil(() => (uno.cpu.readData(reg.TIFR1) & 2) !== 0, 1_000);
      return uno.cpu.readData(reg.TCNT1L);
    };
    expect({ stock: countAtFlag(true), corrected: countAtFlag(false) }).toEqual({
      stock: 3,
      corrected: 4,
    });
  });

  it("fault 11: a polled flag does not lag because other timers run", () => {
    const others = [
      ...set(reg.TCCR0B, 1),
      ...set(reg.TCCR2A, 2),
      ...set(reg.OCR2A, 250),
      ...set(reg.TCCR2B, 1),
    ];
    // r0 to r15 are 16 looks at TIFR1, a cycle apart, across the wrap.
    const looks = Array.from({ length: 16 }, (_, register) => in_(register, TIFR1_IO));
    const body = [...set(reg.TCCR1B, 1), ...set(reg.TCNT1H, 0xff), ...set(reg.TCNT1L, 0xf8)];
    const looksBeforeFlag = (hex: string, stock: boolean) =>
      run(hex, stock)
        .cpu.data.subarray(0, 16)
        .findIndex((flags) => (flags & 1) !== 0);
    const alone = image([...body, ...looks, halt]);
    const crowded = image([...others, ...body, ...looks, halt]);
    expect(looksBeforeFlag(alone, true)).toBe(8);
    expect(looksBeforeFlag(crowded, true)).toBeGreaterThan(8);
    expect(looksBeforeFlag(alone, false)).toBe(8);
    expect(looksBeforeFlag(crowded, false)).toBe(8);
  });
});

describe("interrupt timing", () => {
  it("fault 3: an interrupt is returned in 4 cycles", () => {
    const hex = image(
      [
        ...set(reg.TCCR1B, 1),
        ...set(reg.TIMSK1, 1),
        ...set(reg.TCNT1H, 0xff),
        ...set(reg.TCNT1L, 0xf0),
        sei,
        ...repeat(40, nop),
        halt,
      ],
      // The handler reads the counter in its second cycle; it was 0 when the flag rose.
      { [vector.timer1Overflow]: [lds(17, reg.TCNT1L), reti] },
    );
    expect(registers(hex, 17)).toEqual({ stock: 2 + 1, corrected: 4 + 1 });
  });

  it("fault 4: the instruction after SEI runs before a pending interrupt", () => {
    const hex = image(
      [...raiseAllFlags, ...set(reg.TIMSK1, 1), ldi(18, 0), sei, inc(18), nop, halt],
      {
        [vector.timer1Overflow]: [mov(17, 18), reti],
      },
    );
    expect(registers(hex, 17)).toEqual({ stock: 0, corrected: 1 });
  });

  it("fault 4: one instruction runs between two handlers, after RETI", () => {
    const hex = image(
      [...raiseAllFlags, ...set(reg.TIMSK1, 3), ldi(18, 0), sei, ...repeat(8, inc(18)), halt],
      {
        [vector.timer1CompA]: [reti],
        [vector.timer1Overflow]: [mov(17, 18), reti],
      },
    );
    expect(registers(hex, 17)).toEqual({ stock: 0, corrected: 2 });
  });
});

describe("16-bit registers", () => {
  it("fault 9: TEMP is shared, so an OCR1A write inside a TCNT1 read spoils the read", () => {
    const hex = image([
      ...set(reg.TCNT1H, 0x12),
      ...set(reg.TCNT1L, 0x34),
      ldi(16, 0x77),
      lds(17, reg.TCNT1L),
      sts(reg.OCR1AH, 16),
      sts(reg.OCR1AL, 16),
      lds(18, reg.TCNT1H),
      halt,
    ]);
    expect(registers(hex, 17)).toEqual({ stock: 0x34, corrected: 0x34 });
    expect(registers(hex, 18)).toEqual({ stock: 0x12, corrected: 0x77 });
  });

  it("fault 10: timers on one prescaler tick together, whenever they were started", () => {
    const hex = image([
      ...set(reg.TCCR0B, 3), // clk/64
      ...repeat(20, nop),
      ...set(reg.TCCR1B, 3),
      halt,
    ]);
    const apart = (stock: boolean) => {
      const uno = run(hex, stock);
      const firstTick = (register: number) => {
        const before = uno.cpu.readData(register);
        uno.runUntil(() => uno.cpu.readData(register) !== before, 1_000);
        return uno.cycles;
      };
      return Math.abs(firstTick(reg.TCNT0) - firstTick(reg.TCNT1L)) % 64;
    };
    // The program's loop takes two cycles, so both are seen within two.
    expect(apart(true)).toBeGreaterThan(2);
    expect(apart(false)).toBeLessThanOrEqual(2);
  });
});

describe("USART", () => {
  const enable = [...set(reg.UBRR0L, 16), ...set(reg.UCSR0B, 0x18)];
  /** Waits 65 536 x 5 cycles: ldi r24..r25, then sbiw to zero; long enough for every byte sent. */
  const wait: readonly Code[] = [ldi(24, 0), ldi(25, 0), [0x9701], [0xf7f1]];

  function afterBytes(hex: string, stock: boolean, bytes: readonly number[]): UnoEmulator {
    const uno = new UnoEmulator({ hex, stock });
    uno.runCycles(40);
    uno.send(bytes);
    uno.runUntil(() => uno.cpu.progMem[uno.cpu.pc] === halt[0], 1_000_000);
    return uno;
  }

  it("fault 6: writing UCSR0B keeps a received byte", () => {
    const hex = image([
      ...enable,
      ...wait,
      ...set(reg.UCSR0B, 0x18),
      lds(17, reg.UCSR0A),
      lds(18, reg.UDR0),
      halt,
    ]);
    const received = (stock: boolean) => {
      const { data } = afterBytes(hex, stock, [0x5a]).cpu;
      return { flag: (data[17] as number) >> 7, byte: data[18] };
    };
    expect(received(true).flag).toBe(0);
    expect(received(false)).toEqual({ flag: 1, byte: 0x5a });
  });

  it("fault 7: writing UCSR0A keeps UDRE", () => {
    const hex = image([...enable, ...set(reg.UCSR0A, 2), lds(17, reg.UCSR0A), halt]);
    expect(registers(hex, 17)).toEqual({ stock: 0x02, corrected: 0x22 });
  });

  it("fault 8: three bytes wait in the receiver, and a fourth is lost with DOR", () => {
    const looks = [17, 18, 19].map((register) => lds(register, reg.UDR0));
    const hex = image([...enable, ...wait, lds(20, reg.UCSR0A), ...looks, halt]);
    const bytes = (stock: boolean, sent: readonly number[]) => [
      ...afterBytes(hex, stock, sent).cpu.data.subarray(17, 20),
    ];
    expect(bytes(true, [1, 2, 3])).toEqual([3, 0, 0]);
    expect(bytes(false, [1, 2, 3])).toEqual([1, 2, 3]);
    const overrun = afterBytes(hex, false, [1, 2, 3, 4]).cpu.data;
    expect([...overrun.subarray(17, 20)]).toEqual([1, 2, 3]);
    expect((overrun[20] as number) & 0x08).toBe(0x08);
  });

  it("fault 8: two bytes can be written to the transmitter at once", () => {
    const hex = image([...enable, ...set(reg.UDR0, 1), ...set(reg.UDR0, 2), ...wait, halt]);
    const sent = (stock: boolean) => {
      const uno = new UnoEmulator({ hex, stock });
      const bytes: { byte: number; cycle: number }[] = [];
      uno.onTransmit = (byte) => bytes.push({ byte, cycle: uno.cycles });
      uno.runCycles(10_000);
      return bytes;
    };
    const [first, second] = sent(false);
    expect([first?.byte, second?.byte]).toEqual([1, 2]);
    // 8N1 at 16 x 17 cycles a bit.
    expect((second?.cycle ?? 0) - (first?.cycle ?? 0)).toBe(10 * 16 * 17);
  });
});

describe("CTC mode", () => {
  it("counts to the top and back to zero, and a top below the count waits for the wrap", () => {
    const hex = image([...set(reg.TCCR2A, 2), ...set(reg.OCR2A, 250), ...set(reg.TCCR2B, 1), halt]);
    const uno = run(hex, false);
    const seen = new Set<number>();
    for (let step = 0; step < 2_000; step += 1) {
      uno.step();
      seen.add(uno.cpu.readData(0xb2));
    }
    expect(Math.max(...seen)).toBe(250);
    expect(seen.size).toBe(251);
    uno.runUntil(() => uno.cpu.readData(0xb2) > 200, 1_000);
    uno.cpu.writeData(reg.OCR2A, 100);
    uno.step();
    expect(uno.runUntil(() => uno.cpu.readData(0xb2) >= 254, 200)).toBe(true);
    expect(uno.runUntil(() => uno.cpu.readData(0xb2) < 2, 10)).toBe(true);
  });

  it("refuses a PWM mode by name", () => {
    const hex = image([...set(reg.TCCR2A, 3), ...set(reg.TCCR2B, 1), rjmp(-1)]);
    expect(() => new UnoEmulator({ hex }).runCycles(1_000)).toThrow(
      expect.objectContaining({ code: "board-fault", message: expect.stringContaining("mode 3") }),
    );
  });
});
