import { encodeProgram } from "../src/encode-program.js";
import { encodeTrace } from "../src/encode-trace.js";
import { cobsEncode, crc16 } from "../src/frame.js";
import { cHeader } from "./c-header.js";
import { type CTable, cVectors } from "./c-vectors.js";
import {
  agentRefuses,
  badPrograms,
  byteRuns,
  programs,
  type TraceSource,
  traces,
  widePrograms,
} from "./vector-sources.js";

/** A generated file: its path from the `packages` folder, and what is to be in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function traceBytes({ trace, modulusTicks }: TraceSource): Uint8Array {
  return encodeTrace(
    trace,
    modulusTicks === 0 ? undefined : { frequencyHz: 16_000_000, modulusTicks },
  );
}

function json(name: string, value: unknown): GeneratedFile {
  return { path: `scenario/vectors/${name}.json`, text: `${JSON.stringify(value, null, 2)}\n` };
}

function tables(): CTable[] {
  const valid = Object.entries(programs).map(([name, each]) => ({
    name,
    runs: [encodeProgram(each)],
    numbers: [1],
  }));
  const invalid = [
    ...Object.entries(agentRefuses).map(([name, each]) => ({ name, bytes: each.bytes })),
    ...Object.entries(widePrograms).map(([name, each]) => ({ name, bytes: encodeProgram(each) })),
  ].map(({ name, bytes }) => ({ name, runs: [bytes], numbers: [0] }));
  return [
    {
      comment: "Bytes and the same bytes stuffed, without the zero that ends a frame.",
      name: "cobs",
      runs: ["plain", "encoded"],
      numbers: [],
      rows: Object.entries(byteRuns).map(([name, run]) => ({
        name,
        runs: [run, cobsEncode(run)],
        numbers: [],
      })),
    },
    {
      comment: "CRC-16/CCITT-FALSE.",
      name: "crc",
      runs: ["bytes"],
      numbers: ["crc"],
      rows: Object.entries(byteRuns).map(([name, run]) => ({
        name,
        runs: [run],
        numbers: [crc16(run)],
      })),
    },
    {
      comment: "Programs; valid is 1 where a 32-bit agent that has room for it must take it.",
      name: "program",
      runs: ["bytes"],
      numbers: ["valid"],
      rows: [...valid, ...invalid],
    },
    {
      comment: "Traces; modulus is the reference clock's, 0 for none.",
      name: "trace",
      runs: ["bytes"],
      numbers: ["modulus"],
      rows: Object.entries(traces).map(([name, source]) => ({
        name,
        runs: [traceBytes(source)],
        numbers: [source.modulusTicks],
      })),
    },
  ];
}

/** Every file that is made from the tables of this package. */
export function generatedFiles(): GeneratedFile[] {
  return [
    { path: "firmware/c/agent/esc_wire.h", text: cHeader() },
    { path: "firmware/c/test/vectors.h", text: cVectors(tables()) },
    json(
      "frames",
      Object.entries(byteRuns).map(([name, run]) => ({
        name,
        hex: hex(run),
        cobs: hex(cobsEncode(run)),
        crc16: crc16(run),
      })),
    ),
    json(
      "programs",
      Object.entries({ ...programs, ...widePrograms }).map(([name, each]) => ({
        name,
        hex: hex(encodeProgram(each)),
        wide: Object.hasOwn(widePrograms, name),
        program: each,
      })),
    ),
    json(
      "bad-programs",
      Object.entries(badPrograms).map(([name, each]) => ({
        name,
        hex: hex(each.bytes),
        code: each.code,
      })),
    ),
    json(
      "traces",
      Object.entries(traces).map(([name, source]) => ({
        name,
        hex: hex(traceBytes(source)),
        modulusTicks: source.modulusTicks,
        trace: source.trace,
      })),
    ),
  ];
}
