import {
  type BootedBoard,
  createBoard,
  type Machine,
  type TimerDriver,
} from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { laws, runConformance, runRandomPrograms } from "../src/index.node.js";

/** Where the driver loops and touches nothing. */
type Place = "create" | "start" | "stop" | "handler" | "service" | "boot" | "nowhere";

/** A world of one timer whose time passes only in `sleep` and `spin`; nothing in it can be looked at. */
function world(place: Place, boots: number): BootedBoard {
  const forEver = (): void => {
    for (;;) {
      try {
      } finally {
        // Not even this is a way out.
      }
    }
  };
  if (place === "boot" && boots > 1) forEver();
  let now = 0;
  let due = Number.POSITIVE_INFINITY;
  let ring: ((scheduled: number) => void) | undefined;
  let level = 0;
  const pass = (ticks: number): void => {
    const until = now + ticks;
    if (due <= until) {
      now = due;
      due = Number.POSITIVE_INFINITY;
      level += 1;
      if (place === "handler") forEver();
      ring?.(now);
      level -= 1;
    }
    now = until;
  };
  const machine: Machine = {
    stamp: () => now,
    contextLevel: () => level,
    spin: pass,
    sleep: pass,
  };
  const driver: TimerDriver = {
    capacity: 4,
    maxDelayTicks: 2 ** 31,
    now: () => now,
    create: (_spec, onExpiry) => {
      if (place === "create") forEver();
      ring = onExpiry;
      return {};
    },
    start: () => {
      if (place === "start") forEver();
      due = now + 1_001;
      return "armed";
    },
    stop: () => {
      if (place === "stop") forEver();
      return "removed";
    },
    deinit: () => {},
    active: () => false,
    service: () => {
      if (place === "service") forEver();
      return 0;
    },
    deinitAll: () => {},
  };
  return { driver, machine };
}

const base = laws.find(({ id }) => id === "STOP-01") as (typeof laws)[number];

/** A law that every driver here can be asked, and one after it. */
const two = ["STOP-90", "STOP-91"].map((id, index) => ({
  ...base,
  id: id as typeof base.id,
  needs: [],
  program: () => ({
    timers: [
      {
        mode: "one-shot",
        period: 1_000,
        dispatch: "hard",
        overrun: "coalesce",
        late: "fire",
        quiet: false,
        handler: [],
      } as const,
    ],
    interrupts: [],
    main:
      index === 1
        ? [{ op: "mark", id: 1 } as const]
        : [
            { op: "start", timer: 0 } as const,
            { op: "sleep", ticks: 5_000 } as const,
            { op: "stop", timer: 0 } as const,
          ],
  }),
  check: () => [],
}));

function boardOf(place: Place) {
  let boots = 0;
  return createBoard({
    name: `silent in ${place}`,
    counterBits: 32,
    frequencyHz: 1_000_000,
    latencies: { lateTicks: 4, minDeltaTicks: 1, opTicks: 4 },
    boot: () => {
      boots += 1;
      return world(place, boots);
    },
  });
}

describe("a driver that touches nothing and never returns", () => {
  test.each([
    ["start", "start(0) did not return: no sign of life for 1.0 s"],
    ["stop", "stop(0) did not return"],
    ["handler", "an interrupt of the driver during sleep() did not return"],
  ] as const)(
    "in %s fails the law, which says where, and the next law runs",
    async (place, text) => {
      const report = await runConformance(boardOf(place), { laws: two, timeoutMs: 300 });
      expect(report.laws.map(({ verdict }) => verdict)).toEqual(["fail", "pass"]);
      expect(report.laws[0]?.reason).toContain(text);
      expect(report.stopped).toBeUndefined();
    },
  );

  test("in create, which is tried out before the first law, fails both", async () => {
    const report = await runConformance(boardOf("create"), { laws: two, timeoutMs: 300 });
    expect(report.laws.map(({ verdict }) => verdict)).toEqual(["fail", "fail"]);
    expect(report.laws[0]?.reason).toContain("init(0) did not return");
  });

  test("in service, which every iteration ends with, fails both", async () => {
    const report = await runConformance(boardOf("service"), { laws: two, timeoutMs: 300 });
    expect(report.laws.map(({ verdict }) => verdict)).toEqual(["fail", "fail"]);
    expect(report.laws[0]?.reason).toContain(
      "the clearing away after the iteration did not return",
    );
  });

  test("while it is put up again fails the law and ends the run", async () => {
    const report = await runConformance(boardOf("boot"), { laws: two, timeoutMs: 300 });
    expect(report.laws.map(({ verdict }) => verdict)).toEqual(["fail", "error"]);
    expect(report.laws[0]?.reason).toContain("reset() of the board did not return");
    expect(report.stopped).toMatchObject({ code: "never-ends" });
  });

  test("ANY-06 breaks a rule in random programs, and the next program runs", async () => {
    const report = await runRandomPrograms(boardOf("start"), {
      runs: 2,
      shrinkRuns: 1,
      timeoutMs: 300,
    });
    expect(report.stopped).toBeUndefined();
    expect(report.programs).toBe(2);
    const [failure, ...others] = report.failures;
    expect(others).toEqual([]);
    expect(failure?.violation.rule).toBe("ANY-06");
    expect(failure?.violation.found).toMatch(/start\(\d\) did not return/);
  });

  test("is not a driver that returns", async () => {
    const report = await runConformance(boardOf("nowhere"), { laws: two, timeoutMs: 300 });
    expect(report.laws.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });
});
