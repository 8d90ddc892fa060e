import type { Trace, TraceRecord } from "@escapement/scenario";

/** A way to make a good trace a wrong one. */
export interface Falsification {
  readonly name: string;
  /**
   * The least share that the judge notices of those that the test makes. Below 1 where the contract
   * leaves what was changed open, such as the tick that a start counts from.
   */
  readonly share: number;
  /** The records with the one at this place falsified; undefined where that cannot be done there. */
  readonly apply: (records: readonly TraceRecord[], place: number) => TraceRecord[] | undefined;
}

function changed(
  name: string,
  share: number,
  change: (record: TraceRecord) => TraceRecord | undefined,
): Falsification {
  return {
    name,
    share,
    apply: (records, place) => {
      const record = change(records[place] as TraceRecord);
      return record && records.map((each, at) => (at === place ? record : each));
    },
  };
}

const otherResult = { removed: "idle", idle: "removed", armed: "late", fired: "removed" } as const;

/** What a faulty board, or a faulty line, may do to a trace. */
export const falsifications: readonly Falsification[] = [
  {
    name: "left out",
    share: 0.98,
    apply: (records, place) => records.filter((_, at) => at !== place),
  },
  {
    name: "twice",
    share: 0.99,
    apply: (records, place) =>
      records.flatMap((each, at) => (at === place ? [each, each] : [each])),
  },
  {
    name: "cut off behind it",
    share: 1,
    apply: (records, place) =>
      place === records.length - 1 ? undefined : records.slice(0, place + 1),
  },
  {
    name: "exchanged with the next",
    share: 0.96,
    apply: (records, place) => {
      const [one, two] = [records[place], records[place + 1]];
      if (one === undefined || two === undefined) return undefined;
      return records.map((each, at) => (at === place ? two : at === place + 1 ? one : each));
    },
  },
  changed("with another result", 0.89, (record) => {
    const other = record.kind === "call" && otherResult[record.result as keyof typeof otherResult];
    return record.kind === "call" && other ? { ...record, result: other } : undefined;
  }),
  changed("with another value", 0.84, (record) =>
    record.kind === "call" && ["pending", "overruns", "count", "service"].includes(record.op)
      ? { ...record, value: record.value + 1 }
      : undefined,
  ),
  changed("scheduled a tick later", 0.66, (record) =>
    record.kind === "expiry" ? { ...record, scheduled: record.scheduled + 1 } : undefined,
  ),
  changed("of another timer", 1, (record) =>
    record.kind === "expiry" ? { ...record, timer: record.timer === 0 ? 1 : 0 } : undefined,
  ),
  changed("a lap later", 0.94, (record) =>
    record.kind === "read" ? { ...record, value: record.value + 65_536 } : undefined,
  ),
  changed("on another level", 0.95, (record) =>
    record.kind === "expiry" ? { ...record, context: record.context === 0 ? 1 : 0 } : undefined,
  ),
];

/** The trace with its record at that place falsified. */
export function falsify({ records }: Trace, how: Falsification, place: number): Trace | undefined {
  const wrong = how.apply(records, place);
  return wrong && { records: wrong };
}
