import type { Trace, TraceRecord } from "@escapement/scenario";

/**
 * The trace with the times of each iteration counted from the end of its `phase`, which brings a board
 * to the same state whenever it runs. What is before that is left without times.
 */
export function relative({ records }: Trace): Trace {
  let start: number | undefined;
  const relative = records.map((record): TraceRecord => {
    if (record.kind === "iteration") start = undefined;
    if (record.kind === "call" && record.op === "phase") start = record.until;
    return shifted(record, start);
  });
  return { records: relative };
}

function shifted(record: TraceRecord, start: number | undefined): TraceRecord {
  const at = start === undefined ? 0 : record.at - start;
  switch (record.kind) {
    case "call":
      if (record.op === "phase" || start === undefined) return { ...record, at: 0, until: 0 };
      return { ...record, at, until: record.until - start };
    case "read": {
      const value = record.value - (start ?? 0);
      if (record.reference === undefined) return { ...record, at, value };
      const { call, return: back } = record.reference;
      return { ...record, at, value, reference: { call: 0, return: back - call } };
    }
    case "expiry":
      return { ...record, at, scheduled: record.scheduled - (start ?? 0) };
    default:
      return { ...record, at };
  }
}

/**
 * Where two relative traces differ, in words; undefined where they are the same. Times may differ
 * by so many ticks: a read that meets a wrap takes a few accesses more, and where in its lap a
 * board stands when a run begins is the line's doing.
 */
export function differenceOf(found: Trace, wanted: Trace, ticks: number): string | undefined {
  for (const [index, record] of wanted.records.entries()) {
    const other = found.records[index];
    if (other === undefined)
      return `${found.records.length} records, ${wanted.records.length} wanted`;
    if (!isNear(other, record, ticks)) {
      return `record ${index} is ${JSON.stringify(other)}, wanted ${JSON.stringify(record)}`;
    }
  }
  const more = found.records.length > wanted.records.length;
  return more ? `${found.records.length} records, ${wanted.records.length} wanted` : undefined;
}

/** Members that are times; all others are the same to the last bit. */
const times = ["at", "until", "scheduled", "return"];

function isNear(found: unknown, wanted: unknown, ticks: number, name = ""): boolean {
  if (typeof found === "number" && typeof wanted === "number") {
    return Math.abs(found - wanted) <= (times.includes(name) ? ticks : 0);
  }
  if (typeof found !== "object" || typeof wanted !== "object") return found === wanted;
  if (found === null || wanted === null) return found === wanted;
  const [a, b] = [Object.entries(found), new Map<string, unknown>(Object.entries(wanted))];
  const isRead = b.get("kind") === "read";
  return (
    a.length === b.size &&
    a.every(([key, value]) =>
      isNear(value, b.get(key), ticks, isRead && key === "value" ? "at" : key),
    )
  );
}
