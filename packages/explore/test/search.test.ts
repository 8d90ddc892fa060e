import { findLaw } from "@escapement/conformance";
import { program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import naive from "../examples/naive-hal.mjs";
import {
  CaseSearch,
  ExploreError,
  halTarget,
  lawCases,
  parseSchedule,
  randomSearch,
  replay,
  type SearchResult,
  shrinkSchedule,
  World,
} from "../src/index.js";
import {
  alarmTarget,
  caseOf,
  driverTable,
  oneRead,
  searchOne,
  testLimits,
} from "./fixtures/small-targets.js";

const count = { value: 0 };

/** Adds one to a shared number in the thread and in the interrupt; masks where asked to. */
function counting(masks: boolean, atomic: readonly string[] = []) {
  return alarmTarget(4, ({ share, port }) => {
    const cell = share("count", { ...count }, { atomic });
    const add = (): number => {
      const was = masks ? port.saveAndMask() : 0;
      cell.value += 1;
      const { value } = cell;
      if (masks) port.restore(was);
      return value;
    };
    return { driver: { now: add }, handler: add };
  });
}

const twoAdditions = program(({ main }) => main.read().read());

describe("a search", () => {
  it("finds the interrupt that is lost between load and store, and names cell and place", () => {
    const lost = caseOf(twoAdditions, (trace) => {
      const reads = trace.records.filter((record) => record.kind === "read");
      const ran = reads.some((read) => read.value === 3);
      return ran || reads[1]?.value === 2 ? [] : [{ message: `the count is ${reads[1]?.value}` }];
    });
    const { findings, coverage } = searchOne(counting(false), lost);
    expect(findings.map((finding) => finding.kind)).toContain("race");
    const race = findings.find((finding) => finding.kind === "race");
    expect(race?.message).toMatch(/the thread (reads|writes) count\.value with interrupts open/);
    expect(parseSchedule(race?.schedule ?? "")).toHaveLength(1);
    expect(coverage.bound).toBe(2);
  });

  it("finds nothing where the same is done with interrupts masked", () => {
    expect(searchOne(counting(true), caseOf(twoAdditions)).findings).toEqual([]);
  });

  it("takes a cell declared atomic for no race, and reports it", () => {
    const { findings, coverage } = searchOne(counting(false, ["value"]), caseOf(twoAdditions));
    expect(findings).toEqual([]);
    expect(coverage.atomic).toEqual(["count.value"]);
  });

  it("searches bound 0, 1, 2 and counts distinct schedules by their moves", () => {
    const { coverage } = searchOne(counting(true), caseOf(twoAdditions));
    expect(coverage.byMoves).toHaveLength(3);
    expect(coverage.byMoves[0]).toBe(1);
    expect(coverage.byMoves[1]).toBeGreaterThan(2);
    expect(coverage.schedules).toBe(coverage.byMoves.reduce((sum, moves) => sum + moves, 0));
    expect(coverage.pruned).toBeGreaterThan(0);
    expect(coverage.runs).toBeGreaterThan(coverage.schedules);
  });

  it("lets no interrupt land that the hardware does not request", () => {
    let entries = 0;
    const disabled = alarmTarget(4, ({ chip }) => ({
      driver: {
        now: () => {
          chip.disable(2);
          return 0;
        },
      },
      handler: () => {
        entries += 1;
      },
    }));
    searchOne(disabled, caseOf(oneRead), { bound: 0 });
    expect(entries).toBe(0);
    const far = alarmTarget(500, () => ({
      driver: {},
      handler: () => {
        entries += 1;
      },
    }));
    searchOne(far, caseOf(oneRead));
    expect(entries).toBe(0);
  });

  it("makes moves only up to the length that it is given", () => {
    const whole = searchOne(counting(false), caseOf(twoAdditions));
    const short = searchOne(counting(false), caseOf(twoAdditions), { length: 1 });
    expect(short.coverage.schedules).toBeLessThan(whole.coverage.schedules);
    expect(short.findings).toEqual([]);
  });

  it("finds in the parts of a case, together, what it finds in the whole", () => {
    const subject = lawCases(findLaw("READ-01"), naive)[1];
    if (subject === undefined) throw new Error("no case");
    const part = (index: number, of: number) =>
      new CaseSearch(new World(naive, 20_000), subject, testLimits, { index, count: of }).run();
    const summary = (results: readonly SearchResult[]) =>
      [...new Set(results.flatMap(({ findings }) => findings.map(({ kind }) => kind)))].sort();
    const parts = [part(0, 3), part(1, 3), part(2, 3)];
    expect(summary(parts)).toEqual(summary([part(0, 1)]));
    const plain = parts.map(({ coverage }) => coverage.byMoves[0]);
    expect(plain).toEqual([1, 0, 0]);
    for (const { coverage } of parts) expect(coverage.byMoves[1]).toBeGreaterThan(0);
  });
});

describe("a search reports", () => {
  it("a deadlock: a wait for what cannot come any more", () => {
    const waits = alarmTarget(4, ({ share, port }) => {
      const flag = share("flag", { up: false });
      return {
        driver: {
          now: () => {
            port.saveAndMask();
            while (!flag.up);
            return 0;
          },
        },
        handler: () => {
          flag.up = true;
        },
      };
    });
    const { findings } = searchOne(waits, caseOf(oneRead), { bound: 0, maskedMax: 1e9 });
    expect(findings).toMatchObject([
      { kind: "deadlock", message: expect.stringMatching(/with interrupts masked/) },
    ]);
  });

  it("no deadlock where a wait for the hardware, or for a handler, ends", () => {
    const patient = alarmTarget(4, ({ chip, share }) => {
      const flag = share("flag", { up: false });
      return {
        driver: {
          now: () => {
            while (!flag.up);
            while (chip.counter < 40_000);
            return chip.counter;
          },
        },
        handler: () => {
          flag.up = true;
        },
      };
    });
    expect(searchOne(patient, caseOf(oneRead), { bound: 1 }).findings).toMatchObject([
      { kind: "race", message: expect.stringMatching(/flag.up/) },
    ]);
  });

  it("a livelock: a handler that requests itself for ever", () => {
    const storm = alarmTarget(2, ({ chip, share }) => {
      const cell = share("cell", { value: 0 });
      return {
        driver: {
          now: () => {
            for (;;) cell.value = chip.counter;
          },
        },
        handler: () => {},
      };
    });
    const { findings } = searchOne(storm, caseOf(oneRead), { bound: 0 });
    expect(findings[0]).toMatchObject({ kind: "livelock", schedule: "e1:" });
    expect(findings[0]?.message).toMatch(/more than 20000 points/);
  });

  it("interrupts that are masked for too long", () => {
    const slow = alarmTarget(4, ({ share, port }) => {
      const cell = share("cell", { value: 0 });
      const now = (): number => {
        const was = port.saveAndMask();
        for (let each = 0; each < 50; each += 1) cell.value += 1;
        port.restore(was);
        return 0;
      };
      return { driver: { now }, handler: () => {} };
    });
    const { findings, coverage } = searchOne(slow, caseOf(oneRead), { maskedMax: 40 });
    expect(findings[0]?.kind).toBe("masked");
    expect(findings[0]?.message).toMatch(/masked for \d+ points, at most 40/);
    expect(coverage.maskedPoints).toBeGreaterThan(100);
  });

  it("interrupts that are left masked at the program's end", () => {
    const left = alarmTarget(4, ({ port }) => ({
      driver: { now: () => port.saveAndMask() },
      handler: () => {},
    }));
    const { findings } = searchOne(left, caseOf(oneRead), { bound: 0 });
    expect(findings[0]).toMatchObject({
      kind: "registry",
      message: expect.stringMatching(/still masked/),
    });
  });

  it("a program that is not the same twice, as an error of its own", () => {
    let runs = 0;
    const fickle = alarmTarget(4, ({ share }) => {
      runs += 1;
      const cell = share("cell", { value: 0 });
      const twice = runs % 2 === 0;
      return {
        driver: { now: () => (twice ? cell.value + cell.value : cell.value) },
        handler: () => {},
      };
    });
    expect(() => searchOne(fickle, caseOf(twoAdditions))).toThrow(
      expect.objectContaining({ code: "nondeterministic" }),
    );
  });
});

describe("beyond the bound", () => {
  const random = { schedules: 60, depth: 3, seed: 7 };

  it.each(["random", "pct"] as const)(
    "%s search finds the torn read and shrinks it to one move",
    (kind) => {
      const subject = lawCases(findLaw("READ-01"), naive)[1];
      if (subject === undefined) throw new Error("no case");
      const search = () =>
        randomSearch(new World(naive, 20_000), subject, testLimits, { kind, ...random });
      const { findings, coverage } = search();
      expect(findings[0]?.kind).toBe("law");
      expect(parseSchedule(findings[0]?.schedule ?? "")).toHaveLength(1);
      expect(coverage.distinct).toBeGreaterThan(10);
      expect(search()).toEqual({ findings, coverage });
    },
  );

  it("shrinking leaves out what is not needed, and prefers the plain event", () => {
    const subject = lawCases(findLaw("READ-01"), naive)[1];
    const world = new World(naive, 20_000);
    if (subject === undefined) throw new Error("no case");
    const long = parseSchedule("e1:3w-.6w+");
    const short = shrinkSchedule(world, subject, long, "law", 1e9);
    expect(short).toHaveLength(1);
    expect(short[0]?.offset).toBe(0);
  });
});

describe("a schedule", () => {
  it("replays: the same text gives the same run, point by point", () => {
    const target = halTarget({ profile: "avr16" });
    const [subject] = lawCases(findLaw("STOP-10"), target);
    if (subject === undefined) throw new Error("no case");
    const once = replay(new World(target, 20_000), subject, []);
    const twice = replay(new World(target, 20_000), subject, []);
    expect(twice).toEqual(once);
    expect(once.steps.length).toBeGreaterThan(100);
    expect(once.steps.some(({ state }) => state?.startsWith("queue ["))).toBe(true);
  });

  it.each(["e1:99999c", "e1:0s", "e1:3w"])("%s, of another program, is refused", (text) => {
    const world = new World(halTarget({ profile: "avr16" }), 20_000);
    expect(() => replay(world, caseOf(oneRead), parseSchedule(text))).toThrow(
      expect.objectContaining({ code: "schedule-mismatch" }),
    );
    // And the world is as good as before.
    expect(replay(world, caseOf(oneRead), []).findings).toEqual([]);
  });

  it("options out of range are refused by name", () => {
    expect(() => halTarget({ slackTicks: 0 })).toThrow(ExploreError);
    expect(() => halTarget({ profile: "z80" as "avr16" })).toThrow(/z80/);
    expect(driverTable({}).capacity).toBe(4);
  });
});
