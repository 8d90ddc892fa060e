import fc from "fast-check";
import { type Op, type OpPlace, opSchemas, type Program, type TraceRecord } from "../src/index.js";
import { isRefusal, resultOfCode } from "../src/wire-codes.js";

/** Numbers of any size that still add up within 2^53. */
const number = fc.oneof(
  fc.nat(300),
  fc.nat(),
  fc.nat({ max: 2 ** 31 - 1 }).map((n) => n * 2 ** 19),
);
const operand = fc.oneof(
  number,
  fc.record({ variable: fc.constant(true as const), offset: fc.nat(100_000) }),
);

function ops(places: readonly OpPlace[], depth = 0): fc.Arbitrary<Op[]> {
  const known = opSchemas.filter((schema) => places.includes(schema.place));
  const one = known.map((schema) => {
    const members: Record<string, fc.Arbitrary<unknown>> = { op: fc.constant(schema.op) };
    for (const { name, kind } of schema.fields) {
      if (kind === "operand") members[name] = operand;
      else if (kind === "count") members[name] = number.map((count) => count + 1);
      else if (kind === "id") members[name] = fc.nat(255);
      else if (kind === "body") members[name] = ops(["anywhere", "thread"], depth + 1);
      else members[name] = fc.nat(kind === "interrupt" ? 0 : 2);
    }
    return fc.record(members) as unknown as fc.Arbitrary<Op>;
  });
  // Five masks in a row would be refused; four at most are left in a list.
  return fc.array(fc.oneof(...one), { maxLength: 6 }).map((list) => {
    let masks = 0;
    return list.filter((op) => op.op !== "mask" || ++masks <= 4);
  });
}

/** Any valid program, with three timers and an interrupt list. */
export const programs: fc.Arbitrary<Program> = fc
  .record({
    timers: fc.array(
      fc.record({
        mode: fc.constantFrom("one-shot", "periodic"),
        period: operand,
        dispatch: fc.constantFrom("hard", "soft"),
        overrun: fc.constantFrom("coalesce", "burst", "skip"),
        late: fc.constantFrom("fire", "refuse"),
        quiet: fc.boolean(),
        handler: ops(["anywhere", "handler"]),
      }),
      { minLength: 3, maxLength: 3 },
    ),
    interrupts: fc.array(ops(["anywhere"]), { minLength: 1, maxLength: 1 }),
    main: ops(["anywhere", "thread", "main"]),
    sweep: fc.record({
      from: fc.nat(9_999),
      count: fc.integer({ min: 2, max: 300 }),
      step: fc.nat(99),
    }),
  })
  .map((program) => program as Program);

const codes = Array.from({ length: 256 }, (_, code) => resultOfCode(code)).filter(
  (result) => result !== undefined,
);
const byte = fc.nat(255);
const context = fc.nat(7);
const at = fc.nat({ max: 2 ** 31 - 1 }).map((n) => n * 2 ** 18);
const opName = fc.constantFrom(...opSchemas.map(({ op }) => op));

/** Any record that the format has room for, with reference readings below 64 256. */
export const traceRecords: fc.Arbitrary<TraceRecord> = fc.oneof(
  fc.record({ kind: fc.constant("iteration" as const), value: number, at }),
  fc
    .record({
      kind: fc.constant("call" as const),
      op: opName,
      subject: byte,
      context,
      result: fc.constantFrom(...codes),
      value: number,
      at,
      until: number,
    })
    .map((call) => ({ ...call, until: call.at + call.until })),
  fc.record({ kind: fc.constant("read" as const), context, value: at, at }),
  fc.record({
    kind: fc.constant("read" as const),
    context,
    value: at,
    at,
    reference: fc.record({ call: fc.nat(64_255), return: fc.nat(64_255) }),
  }),
  fc.record({ kind: fc.constant("expiry" as const), timer: byte, context, at, scheduled: at }),
  fc.record({ kind: fc.constant("exit" as const), timer: byte, context, at }),
  fc.record({ kind: fc.constant("interrupt" as const), interrupt: byte, context, at }),
  fc.record({ kind: fc.constant("mark" as const), id: byte, context, at }),
  fc.record({
    kind: fc.constant("stats" as const),
    allocated: number,
    pending: number,
    retired: number,
    context,
    at,
  }),
  fc.record({
    kind: fc.constant("error" as const),
    code: fc.constantFrom(...codes.filter(isRefusal)),
    context,
    at,
  }),
);

/** Settings of every property: many runs, and a printed seed that replays a failure. */
export const settings = { numRuns: 300 } as const;
