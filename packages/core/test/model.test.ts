import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OverrunPolicy, Timer, TimerMode } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { Model, type ModelTimer } from "./model.js";

const COUNT = 6;

const spec = fc.record({
  mode: fc.constantFrom<TimerMode>("one-shot", "periodic"),
  period: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 700 })),
  soft: fc.boolean(),
  overrun: fc.constantFrom<OverrunPolicy>("coalesce", "burst", "skip"),
  act: fc.constantFrom<ModelTimer["act"]>("nothing", "nothing", "restart", "stop-next"),
});

const index = fc.nat(COUNT - 1);
const ticks = fc.integer({ min: 1, max: 90 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("start" as const), i: index }),
  fc.record({
    kind: fc.constant("startAt" as const),
    i: index,
    back: fc.nat(40),
    delta: fc.nat(90),
  }),
  fc.record({ kind: fc.constant("stop" as const), i: index }),
  fc.record({ kind: fc.constant("setPeriod" as const), i: index, ticks }),
  fc.record({ kind: fc.constant("overruns" as const), i: index }),
  fc.record({ kind: fc.constant("advance" as const), ticks }),
  fc.record({ kind: fc.constant("stall" as const), ticks }),
  fc.record({ kind: fc.constant("service" as const) }),
);

describe("the HAL against a naive model", () => {
  it.each([6, 8, 16])(
    "ARM STOP PER CALL give the same returns, expiries and times on %i bits, for any operations",
    (counterBits) => {
      const specs = fc.array(spec, { minLength: COUNT, maxLength: COUNT });
      const sequences = fc.array(step, { minLength: 5, maxLength: 60, size: "max" });
      let longest = 0;
      fc.assert(
        fc.property(specs, sequences, (timers, steps) => {
          longest = Math.max(longest, steps.length);
          const chip = new FakeChip({ counterBits });
          const hal = chip.connect({ capacity: COUNT });
          const log: string[] = [];
          const real: Timer[] = timers.map(({ mode, period, soft, overrun, act }, i) =>
            hal.timer({
              mode,
              periodTicks: period,
              dispatch: soft ? "soft" : "hard",
              overrun,
              callback: (timer) => {
                log.push(`${i}@${timer.scheduledTicks}/${chip.ticks}`);
                if (act === "restart") {
                  timer.start();
                } else if (act === "stop-next") {
                  log.push(real[(i + 1) % COUNT]?.stop() ?? "");
                }
              },
            }),
          );
          const model = new Model(
            timers.map((timer) => ({ ...timer, ...AT_REST })),
            0,
            counterBits,
          );
          // A stall of more than a lap would lose time, which is not what is tested here.
          const bound = 2 ** counterBits * 0.9;
          for (const one of steps) {
            const results =
              "i" in one
                ? apply(one, real[one.i] as Timer, model, hal.now())
                : passTime(one, chip, model, bound);
            expect(results[0]).toEqual(results[1]);
            expect(log).toEqual(model.log);
            expect(hal.now()).toBe(model.now);
            expect(real.map((timer) => timer.remaining())).toEqual(
              real.map((_, i) => model.remaining(i)),
            );
            expect(real.map((timer) => timer.active)).toEqual(
              model.timers.map(({ pending, queued }) => pending || queued),
            );
          }
        }),
        { numRuns: 400 },
      );
      expect(longest).toBeGreaterThan(50);
    },
  );
});

const AT_REST = {
  pending: false,
  queued: false,
  fired: false,
  running: false,
  deadline: 0,
  due: 0,
  order: 0,
  anchor: 0,
  overruns: 0,
};

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One operation on a timer, on both; returns what each said. */
function apply(
  one: Extract<Step, { i: number }>,
  timer: Timer,
  model: Model,
  now: number,
): [unknown, unknown] {
  switch (one.kind) {
    case "start":
      return [timer.start(), model.start(one.i)];
    case "startAt": {
      const at = { reference: Math.max(0, now - one.back), delta: one.delta };
      return [timer.start(at), model.start(one.i, at)];
    }
    case "stop":
      return [timer.stop(), model.stop(one.i)];
    case "setPeriod":
      return [timer.setPeriod(one.ticks), model.setPeriod(one.i, one.ticks)];
    case "overruns":
      return [timer.takeOverruns(), model.takeOverruns(one.i)];
  }
}

/** Time passes, or soft callbacks run, on both. */
function passTime(
  one: Exclude<Step, { i: number }>,
  chip: FakeChip,
  model: Model,
  bound: number,
): [unknown, unknown] {
  switch (one.kind) {
    case "advance":
      return [chip.advance(one.ticks), model.advance(one.ticks)];
    case "stall": {
      const ticks = Math.floor(Math.min(one.ticks, bound));
      return [chip.withMask(() => chip.stall(ticks)), model.stall(ticks)];
    }
    case "service":
      return [chip.hal?.service(), model.service()];
  }
}
