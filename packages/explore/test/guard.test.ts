import { nodeGuard } from "@escapement/conformance/node";
import { program } from "@escapement/scenario";
import { expect, test } from "vitest";
import {
  driverTarget,
  type ExploreTarget,
  explore,
  programCases,
  runUnit,
  summarize,
} from "../src/index.js";
import { alarmTarget, caseOf, driverTable, oneRead, testLimits } from "./fixtures/small-targets.js";

const guard = nodeGuard(200);

/** A loop that touches nothing; only a guard ends it. */
const loop = (): never => {
  for (;;);
};

const silentRead = alarmTarget(1000, () => ({ driver: { now: loop }, handler: () => {} }));
const silentInterrupt = alarmTarget(20, () => ({ driver: {}, handler: loop }));
const sleepy = caseOf(program(({ main }) => main.sleep(100)));

/** Boots once, for its description, and then never again. */
function silentBoot(): ExploreTarget {
  let boots = 0;
  return driverTarget({
    name: "boot",
    profile: "avr16",
    boot: () => {
      boots += 1;
      return boots > 2 ? loop() : { driver: driverTable({}) };
    },
  });
}

test.each([
  ["an operation", silentRead, caseOf(oneRead), "read() did not return"],
  [
    "an interrupt",
    silentInterrupt,
    sleepy,
    "an interrupt of the driver during sleep() did not return",
  ],
  ["boot", silentBoot(), caseOf(oneRead), "the target's boot did not return"],
])(
  "a silent loop in %s is a finding of its unit, in this thread",
  async (_, target, subject, words) => {
    const report = await explore([{ target, cases: [subject] }], { limits: { bound: 1 }, guard });
    expect(report.units.flatMap(({ findings }) => findings)).toEqual([
      expect.objectContaining({
        kind: "livelock",
        schedule: "e1:",
        message: `${words}: it touches neither the chip nor a shared cell`,
      }),
    ]);
    expect(summarize(report)).toMatchObject({ errors: 0, findings: 1, bound: -1 });
  },
);

test("a unit that does not return is reported when it is searched, too", () => {
  const subject = caseOf(oneRead);
  const { name, value } = subject;
  const unit = { id: "u", job: 0, index: 0, target: "alarm", name, value };
  let silences = 0;
  const report = runUnit(
    [{ target: silentRead, cases: [subject] }],
    { ...unit, part: { index: 0, count: 1 } },
    { limits: testLimits, guard, onSilence: () => (silences += 1) },
  );
  expect(report.findings).toMatchObject([{ kind: "livelock", name, value }]);
  expect(silences).toBe(1);
});

test("after eight units that did not return the search is given up", async () => {
  const cases = programCases({
    name: "many",
    program: program(({ main, sweep }) => {
      sweep({ from: 0, count: 12, step: 1 });
      main.read();
    }),
  });
  const report = await explore([{ target: silentRead, cases }], { guard: nodeGuard(50) });
  expect(summarize(report)).toMatchObject({ done: 8, planned: 12, findings: 8, errors: 0 });
});

test("a guard changes nothing where all runs return", async () => {
  const target = alarmTarget(20, () => ({ driver: {}, handler: () => {} }));
  const jobs = [{ target, cases: [sleepy] }];
  const guarded = await explore(jobs, { limits: { bound: 1 }, guard: nodeGuard(10_000) });
  const plain = await explore(jobs, { limits: { bound: 1 } });
  expect(guarded.units).toEqual(plain.units);
  expect(guarded.search).toBe(plain.search);
});
