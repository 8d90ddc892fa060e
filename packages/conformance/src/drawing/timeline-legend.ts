import type { TraceRecord } from "@escapement/scenario";
import { element, label, textWidth } from "@escapement/timeline";
import { changesTimer, type DrawnRecord, startCalls } from "./lanes.js";
import { maskedWindows } from "./masked-windows.js";

interface LegendEntry {
  readonly text: string;
  /** Its sign, drawn around 0, `y`. */
  readonly sign: (x: number, y: number) => string;
}

const fired: readonly LegendEntry[] = [
  {
    text: "due",
    sign: (x, y) =>
      element("path", {
        class: "due",
        d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z`,
      }),
  },
  {
    text: "handler entered",
    sign: (x, y) => element("circle", { class: "entry", cx: x, cy: y, r: 3 }),
  },
];

const running: LegendEntry = {
  text: "handler runs",
  sign: (x, y) => element("rect", { class: "run", x: x - 8, y: y - 5, width: 16, height: 10 }),
};

const masked: LegendEntry = {
  text: "interrupts masked",
  sign: (x, y) => element("rect", { class: "mask", x: x - 8, y: y - 6, width: 16, height: 12 }),
};

const touched: readonly LegendEntry[] = [
  {
    text: "started",
    sign: (x, y) => element("path", { class: "touch", d: `M${x} ${y + 4}v-7m-3 3l3 -3l3 3` }),
  },
  {
    text: "stopped or changed",
    sign: (x, y) => element("path", { class: "touch", d: `M${x - 3} ${y - 3}l6 6m0 -6l-6 6` }),
  },
];

const found: LegendEntry = {
  text: "see the findings",
  sign: (x, y) => element("path", { class: "hlmark", d: `M${x - 5} ${y - 4}h10l-5 8z` }),
};

function touches(record: TraceRecord, starts: boolean): boolean {
  return changesTimer(record) && startCalls.has(record.op) === starts;
}

/** Says what the signs mean, of those that the drawing has. */
export function drawLegend(
  records: readonly DrawnRecord[],
  left: number,
  y: number,
): readonly string[] {
  const plain = records.map(({ record }) => record);
  const entries = [
    ...(plain.some(({ kind }) => kind === "expiry") ? fired : []),
    ...(plain.some(({ kind }) => kind === "exit") ? [running] : []),
    ...touched.filter((_, which) => plain.some((record) => touches(record, which === 0))),
    ...(maskedWindows(plain).length > 0 ? [masked] : []),
    ...(records.some(({ highlighted }) => highlighted) ? [found] : []),
  ];
  const parts: string[] = [];
  let x = left;
  for (const { text, sign } of entries) {
    parts.push(sign(x + 8, y - 4), label(x + 22, y, text, { class: "quiet" }));
    x += 22 + textWidth(text) + 20;
  }
  return parts;
}
