import { parseIntelHex } from "@escapement/board-uno";
import { unoImage } from "@escapement/firmware";
import { type Program, program, type Trace, type TraceRecord } from "@escapement/scenario";
import { CodeMap, type UnoSymbols } from "../src/code-map.js";
import type { UnoProgram } from "../src/index.js";

const SBIS_TOV1 = 0x9bb0;
const NOP = 0;

/** Reads back to back while the counter turns, at a few phases: none is below the one before. */
export function readsAtTurn(count = 4): UnoProgram {
  return {
    name: "READ-04 in small",
    program: program(({ main, sweep, variable }) => {
      sweep({ from: 0x10000 - 4_000, count, step: 37 });
      main.phase(variable()).readMany(60);
    }),
    check: ({ records }) =>
      records.flatMap((record) =>
        record.kind === "call" && record.op === "readMany" && record.value !== 0
          ? [{ message: `${record.value} reads are below the one before` }]
          : [],
      ),
  };
}

/** A stop that meets its timer's expiry, at a few distances: exactly one of "removed" and "it ran". */
export function stopAtExpiry(count = 6): UnoProgram {
  return {
    name: "STOP-06 in small",
    program: program(({ main, timer, sweep, variable }) => {
      const t = timer({ mode: "one-shot", period: 5_000 });
      sweep({ from: 100, count, step: 300 });
      main.phase(1_000).start(t).spin(variable()).stop(t).sleep(6_000);
    }),
    check: ({ records }) => {
      const ran = records.filter(({ kind }) => kind === "expiry").length;
      const removed = records.filter((r) => r.kind === "call" && r.result === "removed").length;
      return ran + removed === 1 ? [] : [{ message: `${ran} expiries, ${removed} times removed` }];
    },
  };
}

/** A periodic timer whose handler stops another timer, with the second interrupt between. */
export function handlersAtOnce(): UnoProgram {
  return {
    name: "STOP-07 in small",
    program: program(({ main, timer, interrupt, sweep, variable }) => {
      const beat = timer({ mode: "periodic", period: 8_000 });
      const once = timer({ mode: "one-shot", period: 9_000 });
      const irq = interrupt();
      beat.handler.stop(once);
      irq.handler.start(once).read();
      sweep({ from: 6_000, count: 3, step: 700 });
      main.start(beat).start(once).interrupt(irq, variable()).sleep(20_000).stop(beat);
    }),
    check: () => [],
  };
}

/** A program that needs no timer event at all. */
export const marks: Program = program(({ main }) => main.mark(1).mark(2));

/** The shipped firmware with one word of flash changed. */
export function patched(word: (map: CodeMap, flash: Uint16Array) => [at: number, opcode: number]): {
  hex: string;
  symbols: UnoSymbols;
} {
  const image = unoImage();
  const bytes = parseIntelHex(image.hex).slice();
  const flash = new Uint16Array(bytes.buffer);
  const [at, opcode] = word(new CodeMap(image), flash);
  flash[at] = opcode;
  return { hex: toHex(bytes), symbols: image };
}

/** esc_now() that does not look whether a wrap is latched: Ganssle's first repair. */
export const withoutRecheck = patched((map, flash) => [
  wordIn(map, flash, "esc_now", SBIS_TOV1),
  NOP,
]);

/** Where an opcode first stands in a function, as a word address. */
export function wordIn(map: CodeMap, flash: Uint16Array, name: string, opcode: number): number {
  const from = map.wordOf(name);
  const at = flash.indexOf(opcode, from);
  if (from < 0 || at < 0 || at >= from + map.size(name) / 2) {
    throw new Error(`${name} has no opcode ${opcode.toString(16)}`);
  }
  return at;
}

function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 16) {
    const record = [16, at >> 8, at & 0xff, 0, ...bytes.subarray(at, at + 16)];
    const sum = record.reduce((total, byte) => total + byte, 0);
    const digits = [...record, -sum & 0xff].map((byte) => byte.toString(16).padStart(2, "0"));
    text += `:${digits.join("")}\n`;
  }
  return `${text}:00000001FF\n`;
}

/**
 * What a trace says besides when: kinds, levels, operations and returns in their order. Two moves
 * that are equivalent leave the same.
 */
export function traceShape({ records }: Trace): string {
  return records.map(shapeOf).join("; ");
}

function shapeOf(record: TraceRecord): string {
  switch (record.kind) {
    case "iteration":
      return `iteration ${record.value}`;
    case "call":
      return `${record.op} ${record.subject} ${record.result}@${record.context}`;
    case "expiry":
    case "exit":
      return `${record.kind} ${record.timer}@${record.context}`;
    case "interrupt":
      return `interrupt ${record.interrupt}`;
    case "mark":
      return `mark ${record.id}@${record.context}`;
    case "stats":
      return `stats ${record.allocated} ${record.pending} ${record.retired}`;
    case "error":
      return `error ${record.code}@${record.context}`;
    default:
      return `read@${record.context}`;
  }
}
