import type { OpResult, Trace, TraceRecord } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import type { Law, LawEnv } from "../../src/law.js";
import { laws } from "../../src/laws/index.js";
import { boardFor, runLaw } from "./support.js";

/** A way to falsify evidence; undefined where the trace has nothing to falsify in that way. */
type Doctor = (
  records: readonly TraceRecord[],
  env: LawEnv,
  law: Law,
) => readonly TraceRecord[] | undefined;

type Kind = TraceRecord["kind"];

function changed<K extends Kind>(
  records: readonly TraceRecord[],
  kind: K,
  change: (record: Extract<TraceRecord, { kind: K }>, nth: number) => readonly TraceRecord[],
): readonly TraceRecord[] | undefined {
  let nth = 0;
  const found = records.some((record) => record.kind === kind);
  if (!found) return undefined;
  return records.flatMap((record) => {
    if (record.kind !== kind) return [record];
    nth += 1;
    return change(record as Extract<TraceRecord, { kind: K }>, nth);
  });
}

const otherResult: Partial<Record<OpResult, OpResult>> = {
  removed: "idle",
  idle: "removed",
  fired: "removed",
  "in-flight": "fired",
  armed: "missed",
  late: "armed",
  missed: "late",
  ok: "idle",
};

/** Operations whose value is their result. */
const valued: ReadonlySet<string> = new Set([
  ...["remaining", "pending", "overruns", "count", "readMany", "enabled", "service"],
]);

/** Falsifications that every law with such evidence has to notice. */
const doctors: Readonly<Record<string, Doctor>> = {
  "without its expiries": (records) =>
    changed(
      records.filter((record) => record.kind !== "exit"),
      "expiry",
      () => [],
    ),
  "with every expiry twice": (records) => changed(records, "expiry", (each) => [each, each]),
  "with every handler a second late": (records, env) =>
    changed(records, "expiry", (each) => [{ ...each, at: each.at + env.us(1_000_000) }]),
  "with scheduled times a beat later": (records, env) =>
    changed(records, "expiry", (each) => [{ ...each, scheduled: each.scheduled + env.beat }]),
  "with every stop result changed": (records, _, law) =>
    law.id.startsWith("STOP") ? changedResults(records, ["stop", "stopSync"]) : undefined,
  "with every start result changed": (records) => changedResults(records, ["start", "startAt"]),
  "with every second read a lap ahead": (records, env) =>
    changed(records, "read", (each, nth) => [
      { ...each, value: each.value + (nth % 2 === 0 ? env.lap : 0) },
    ]),
  "with every count one higher": (records) =>
    changed(records, "stats", (each) => [{ ...each, allocated: each.allocated + 1 }]),
  "with every value much higher": (records, env) => {
    const asked = (each: { readonly op: string }) => valued.has(each.op);
    if (!records.some((each) => each.kind === "call" && asked(each))) return undefined;
    return changed(records, "call", (each) => [
      asked(each) ? { ...each, value: each.value + env.beat } : each,
    ]);
  },
  "with every call refused": (records) =>
    changed(records, "call", (each) => [{ ...each, result: "hal-closed" }]),
  "without its calls": (records) => changed(records, "call", () => []),
  "without its reads": (records) => changed(records, "read", () => []),
  "with the last iteration cut off": (records) => {
    const at = records.findLastIndex((record) => record.kind === "iteration");
    return records.slice(0, at);
  },
  "with an unexpected error": (records) => [
    ...records,
    { kind: "error", code: "overflow-missed", context: 1, at: records.at(-1)?.at ?? 0 },
  ],
};

function changedResults(records: readonly TraceRecord[], ops: readonly string[]) {
  if (!records.some((record) => record.kind === "call" && ops.includes(record.op)))
    return undefined;
  return changed(records, "call", (each) => {
    if (!ops.includes(each.op)) return [each];
    return [{ ...each, result: otherResult[each.result] ?? each.result }];
  });
}

/** Falsifications that may pass, by law, and why. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  // A delay of nothing may be called late or, were the tick not over, armed.
  "ARM-20": ["with every start result changed"],
  // How many of the slots are retired when it asks is up to the HAL.
  "REG-09": ["with every count one higher"],
  // Its last program keeps interrupts out for a lap, after which a lost one may be reported.
  "ANY-03": ["with an unexpected error"],
  // Asks for the overruns only; the callbacks are PER-04's.
  "PER-09": [
    "without its expiries",
    "with every expiry twice",
    "with every handler a second late",
    "with scheduled times a beat later",
  ],
  // Of a block of thousands of periods any may be the one that is reported.
  "PER-10": ["with scheduled times a beat later"],
  // The later calls of service are in a repeat, which records no calls.
  "PER-17": ["with every handler a second late"],
};

const same = (some: readonly TraceRecord[], others: readonly TraceRecord[]) =>
  JSON.stringify(some) === JSON.stringify(others);

function findingsOf(law: Law, env: LawEnv, records: readonly TraceRecord[]) {
  const trace: Trace = { records };
  return law.check(trace, env);
}

describe("a law notices doctored evidence", () => {
  for (const law of laws) {
    it(`${law.id} ${law.title}`, async () => {
      const { trace, env, findings } = await runLaw(law, boardFor(law));
      expect(findings).toEqual([]);
      expect(findingsOf(law, env, []), "an empty trace").not.toEqual([]);
      const unnoticed: string[] = [];
      for (const [name, doctor] of Object.entries(doctors)) {
        const records = doctor(trace.records, env, law);
        if (records === undefined || same(records, trace.records)) continue;
        if (findingsOf(law, env, records).length === 0) unnoticed.push(name);
      }
      expect(unnoticed.join("; ")).toBe((harmless[law.id] ?? []).join("; "));
    });
  }
});
