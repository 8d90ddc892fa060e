import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import { type Program, program, type TraceRecord } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { describeViolation, judgeTrace } from "../../src/judge/index.js";

/** Programs that a sound HAL was once accused for. */
const accused: Readonly<Record<string, Program>> = {
  "service() in a quiet soft callback is refused, and leaves a record like the outer one (CALL-14)":
    program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 1, dispatch: "soft", quiet: true });
      t.handler.service();
      main.start(t).sleep(3).service().pending(t);
    }),
  "a callback with a list of its own, in a service() behind a repeat": program(
    ({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
      t.handler.read().pending(t);
      main
        .start(t)
        .repeat(0, (body) => body.read())
        .sleep(3)
        .repeat(2, (body) => body.start(t));
      main
        .service()
        .sleep(3)
        .repeat(1, (body) => body.read())
        .service();
    },
  ),
  "starts and stops in repeats that follow each other, also without rounds": program(
    ({ main, timer }) => {
      const periodic = timer({ mode: "periodic", period: 1 });
      const t0 = timer({ mode: "one-shot", period: 100 });
      const t1 = timer({ mode: "one-shot", period: 90 });
      main.repeat(2, (body) => body.spin(3).start(periodic)).sleep(0);
      main.start(t0).sleep(50).start(t1);
      main.repeat(0, (body) => body.read()).repeat(2, (body) => body.sleep(50).stop(t1));
      main
        .repeat(3, (body) => body.start(t0).sleep(1))
        .start(t0)
        .stop(periodic)
        .read();
    },
  ),
  "a mask that is refused, as a repeat left as many as a list may have": program(({ main }) => {
    main
      .repeat(4, (body) => body.mask())
      .mask()
      .restore()
      .mask()
      .mask();
  }),
  "a mask that a repeat leaves, and one that it takes back": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 3 });
    main.mask().start(t).spin(60);
    main
      .repeat(3, (body) => body.restore().spin(20))
      .mask()
      .restore();
    main
      .start(t)
      .repeat(3, (body) => body.mask())
      .sleep(40)
      .restore()
      .spin(9);
    main.restore().restore().read();
  }),
  "a refusal in an interrupt that came in the last tick of a repeat": program(
    ({ main, timer, interrupt }) => {
      const t = timer({ mode: "one-shot", period: 1 });
      const refused = interrupt();
      refused.handler.startAt(t, { register: 3, delta: 0 });
      main.phase(0).interrupt(refused, 1).start(t).shutdown(t);
      main.repeat(3, (body) => body.service()).sleep(0);
    },
  ),
  "a lap that was lost in the iteration before, and its time read (READ-16)": program(
    ({ main, sweep }) => {
      main.capture().mask().spin(28).spin(153).sleep(100).spin(56);
      sweep({ from: 0, count: 2, step: 5 });
    },
  ),
  "timers, and starts from registers, after laps that were lost (READ-16)": program(
    ({ main, timer, sweep, variable }) => {
      const t = timer({ mode: "periodic", period: 60 });
      t.handler.capture(1);
      main.startAt(t, { register: 2, delta: 40 }).start(t).sleep(90).stop(t);
      main.mask().spin(200).spin(200).spin(variable(150)).restore().read();
      main.capture(2).startAt(t, { register: 2, delta: 40 }).mask().spin(200).spin(100);
      sweep({ from: 0, count: 4, step: 100 });
    },
  ),
  "a soft callback, interrupted at its entry by a handler that is interrupted at its own (STOP-26)":
    program(({ main, timer, interrupt }) => {
      const hard = timer({ mode: "one-shot", period: 600 });
      const soft = timer({ mode: "one-shot", period: 142, dispatch: "soft" });
      const stopping = interrupt();
      stopping.handler.stop(soft);
      main.interrupt(stopping, 1_366).start(hard).sleep(198).start(soft).spin(72).capture();
      main.startAt(hard, { back: 2_000, delta: 3_000 }).sleep(959).service();
    }),
  "an interrupt in a repeat, without a record, before an entry (ARM-03, PER-02)": program(
    ({ main, timer, interrupt }) => {
      const t = timer({ mode: "periodic", period: 1 });
      const slow = interrupt();
      slow.handler.spin(50);
      main
        .interrupt(slow, 80)
        .start(t)
        .repeat(1, (body) => body.sleep(0));
    },
  ),
  "a timer that interrupts release twice (REG-06, LIFE-08)": program(
    ({ main, timer, interrupt }) => {
      const one = timer({ mode: "one-shot", period: 1 });
      const other = timer({ mode: "one-shot", period: 1 });
      const releasing = interrupt();
      releasing.handler.deinit(one).deinit(other).stats();
      main.deinit(other).interrupt(releasing, 0).sleep(2);
      main.interrupt(releasing, 0).sleep(2);
    },
  ),
  "a quiet soft callback's call, interrupted by the handler that it is about (PER-02, PER-06)":
    program(({ main, timer }) => {
      const quiet = timer({ mode: "one-shot", period: 1, dispatch: "soft", quiet: true });
      const hard = timer({ mode: "periodic", period: 9 });
      quiet.handler.setPeriod(hard, 1).setPeriod(hard, 1_000);
      main.start(quiet).start(hard).spin(3).service().sleep(30).service().read();
    }),
  "a soft callback in a repeat of service() that is refused something, as if the round were":
    program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
      t.handler.startAt(t, { register: 1, back: 1, delta: 0 });
      main
        .start(t)
        .sleep(5)
        .repeat(1, (body) => body.service())
        .mask();
    }),
  "a refusal in a handler that ran in the last tick of a repeat": program(({ main, timer }) => {
    const one = timer({ mode: "one-shot", period: 1 });
    const released = timer({ mode: "one-shot", period: 1 });
    one.handler.pending(released);
    main
      .deinit(released)
      .start(one)
      .repeat(1, (body) => body.sleep(3))
      .remaining(one);
  }),
  "a capture or a read of a quiet handler: which it was is not recorded (ARM-06)": program(
    ({ main, timer }) => {
      const quiet = timer({ mode: "one-shot", period: 1, quiet: true });
      const other = timer({ mode: "one-shot", period: 1 });
      quiet.handler.read().capture(2).startAt(other, { register: 2, delta: 3 });
      main.startAt(quiet, { delta: 0 });
    },
  ),
  "a request of a quiet handler that is one of two (CALL-25)": program(
    ({ main, timer, interrupt }) => {
      const i = interrupt();
      const quiet = timer({ mode: "one-shot", period: 1, quiet: true });
      const later = timer({ mode: "one-shot", period: 1, quiet: true });
      quiet.handler.interrupt(i, 1);
      later.handler.interrupt(i, 4_000);
      main.start(later).sleep(3_000).start(quiet).sleep(6_000);
    },
  ),
  "an interrupt right after a masked section, a lap together (READ-16)": program(
    ({ main, timer, interrupt }) => {
      const t = timer({ mode: "one-shot", period: 1 });
      const slow = interrupt();
      slow.handler.spin(153).spin(28);
      main.interrupt(slow, 0).mask().spin(153).restore().start(t).sleep(1);
    },
  ),
  "interrupts that follow each other for a lap (READ-16, PER-08)": program(
    ({ main, timer, interrupt }) => {
      const t = timer({ mode: "periodic", period: 1, overrun: "skip" });
      const [one, two] = [interrupt(), interrupt()];
      one.handler.interrupt(two, 0).spin(90);
      two.handler.interrupt(one, 0).spin(95);
      main.start(t).interrupt(one, 0).sleep(900).interrupt(two, 0).sleep(0).read();
    },
  ),
  "a repeat whose refusals are those of the operations behind it, too": program(
    ({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 1 });
      main.repeat(1, (body) => body.start(t).deinit(t));
      main.start(t).start(t).read().start(t);
    },
  ),
  "handlers in the last tick of a repeat, the first without a list": program(({ main, timer }) => {
    const one = timer({ mode: "one-shot", period: 1 });
    const two = timer({ mode: "one-shot", period: 1 });
    one.handler.capture(2);
    main
      .startAt(two, { delta: 0 })
      .startAt(one, { delta: 0 })
      .repeat(3, (body) => body.spin(1))
      .sleep(0);
  }),
  "a refusal of a round, behind a handler of the same tick": program(({ main, timer }) => {
    const one = timer({ mode: "one-shot", period: 1 });
    const two = timer({ mode: "one-shot", period: 100 });
    main
      .start(two)
      .deinit(one)
      .repeat(3, (body) => body.mask().spin(50).restore().shutdown(one))
      .capture();
  }),
  "a callback that throws, interrupted by a quiet handler before that is reported (CALL-05)":
    program(({ main, timer }) => {
      const quiet = timer({ mode: "periodic", period: 4, quiet: true });
      const t = timer({ mode: "one-shot", period: 6, dispatch: "soft" });
      quiet.handler.read();
      t.handler.deinit(t).throw();
      main.start(quiet).start(t).sleep(20).service().sleep(10).stop(quiet);
    }),
  "a handler where a repeat unmasks for a while (ARM-19)": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 1 });
    main
      .mask()
      .start(t)
      .spin(9)
      .repeat(2, (body) => body.restore().mask())
      .sleep(3);
  }),
  "a timer that was spawned in a repeat runs after a collecting call (REG-06)": program(
    ({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 400 });
      main
        .repeat(1, (body) => body.spawn(t))
        .collect()
        .sleep(900)
        .stats();
    },
  ),
  "a handler that throws in the operation behind a repeat (CALL-05)": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 64 });
    t.handler.throw();
    main
      .start(t)
      .repeat(1, (body) => body.stop(t).start(t))
      .sleep(72);
  }),
  "a soft callback in a repeat, in the tick of a service() behind it": program(
    ({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
      const other = timer({ mode: "one-shot", period: 1 });
      one.handler.deinit(other);
      main
        .start(one)
        .sleep(25)
        .repeat(2, (body) => body.service())
        .service()
        .start(other);
    },
  ),
  "a handler that throws in the last tick of a repeat (CALL-05)": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 10, dispatch: "soft" });
    t.handler.throw();
    for (let round = 0; round < 4; round++) {
      main
        .start(t)
        .sleep(16 + round)
        .repeat(1, (body) => body.service())
        .sleep(168);
    }
  }),
  "a handler in the last tick of a repeat, and an interrupt later": program(
    ({ main, timer, interrupt }) => {
      const t = timer({ mode: "one-shot", period: 64 });
      const i = interrupt();
      t.handler.stop(t);
      main
        .start(t)
        .interrupt(i, 112)
        .mask()
        .spin(102)
        .repeat(1, (body) => body.restore())
        .sleep(56);
    },
  ),
  "a timer that was spawned before a repeat, and runs in it (REG-06)": program(
    ({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 400 });
      main
        .spawn(t)
        .repeat(1, (body) => body.sleep(900))
        .stats();
    },
  ),
  "a callback that throws in a service() behind a repeat (CALL-13)": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 72, dispatch: "soft" });
    t.handler.throw();
    for (let round = 0; round < 3; round++) {
      main
        .spawn(t)
        .repeat(1, (body) => body.sleep(288 + round))
        .service();
    }
  }),
  "a soft callback in a repeat that masks for a while (ARM-03)": program(({ main, timer }) => {
    const masking = timer({ mode: "one-shot", period: 104, dispatch: "soft" });
    const t = timer({ mode: "one-shot", period: 140 });
    masking.handler.mask().spin(136);
    main
      .start(masking)
      .start(t)
      .spin(128)
      .repeat(1, (body) => body.service())
      .sleep(300);
  }),
  "masks that quiet handlers leave (READ-05, ARM-19)": program(({ main, timer, interrupt }) => {
    const i = interrupt();
    const leaving = timer({ mode: "one-shot", period: 500, dispatch: "soft", quiet: true });
    const looking = timer({ mode: "one-shot", period: 500, dispatch: "soft", quiet: true });
    leaving.handler.enabled().mask();
    looking.handler.enabled().restore().spin(400);
    main.start(leaving).start(looking).sleep(1_000).interrupt(i, 150).service().enabled();
  }),
  "stats in a handler that interrupts stats (REG-02)": program(({ main, timer }) => {
    const one = timer({ mode: "one-shot", period: 1 });
    const other = timer({ mode: "one-shot", period: 1 });
    one.handler.deinit(other).stats();
    main.startAt(one, { delta: 0 }).stats();
  }),
  "stats in an interrupt of a spawn that has not armed its timer, and ends in the same tick":
    program(({ main, timer, interrupt }) => {
      const [t0, t1] = [1, 3].map((period) => timer({ mode: "one-shot", period }));
      const i0 = interrupt();
      i0.handler.stats();
      if (t0 && t1) main.start(t0).interrupt(i0, 0).spawn(t1);
    }),
  "an interrupt that a handler in a repeat asks for, and that starts a timer there": program(
    ({ main, timer, interrupt }) => {
      const t0 = timer({ mode: "one-shot", period: 1 });
      const t1 = timer({ mode: "one-shot", period: 1 });
      const i0 = interrupt();
      t0.handler.interrupt(i0, 100);
      i0.handler.start(t1);
      main.start(t1).start(t0);
      main.repeat(3, (body) => body.mask().spin(80).restore()).stop(t1);
    },
  ),
  "a call that quiet handlers interrupt again and again, and that takes effect between two of them":
    program(({ main, timer }) => {
      const seen = timer({ mode: "one-shot", period: 1 });
      const looking = timer({ mode: "periodic", period: 1, quiet: true });
      looking.handler.pending(seen);
      main.start(looking).sleep(1).deinitAll();
    }),
  "a handler that is due while calls on other timers program the compare again": program(
    ({ main, timer }) => {
      const t0 = timer({ mode: "one-shot", period: 80 });
      const t1 = timer({ mode: "one-shot", period: 1 });
      const t2 = timer({ mode: "one-shot", period: 23 });
      const t3 = timer({ mode: "one-shot", period: 100 });
      main.start(t0).start(t3).start(t2).sleep(10).shutdown(t2).capture();
      main.startAt(t1, { delta: 0 }).startAt(t1, { delta: 0 }).start(t0).start(t0);
    },
  ),
  "an interrupt of the entry of a handler, behind the operations of a quiet one": program(
    ({ main, timer, interrupt }) => {
      const t0 = timer({ mode: "periodic", period: 1 });
      const t1 = timer({ mode: "one-shot", period: 1, quiet: true });
      const i0 = interrupt();
      t1.handler.capture(2).startAt(t1, { register: 2, delta: 0 });
      i0.handler.startAt(t0, { register: 3, delta: 0 });
      main.start(t1).interrupt(i0, 0).sleep(0).interrupt(i0, 70).sleep(0);
    },
  ),
  "a call that finds no room, and a handler inside of it that makes room too late": program(
    ({ main, timer, sweep, variable }) => {
      sweep({ from: 1, count: 40, step: 3 });
      const releasing = timer({ mode: "one-shot", period: variable() });
      const filling = timer({ mode: "one-shot", period: 5_000 });
      releasing.handler.deinit(releasing);
      main.mask();
      // Thirty, and these two: as many as a simulated chip has.
      for (let more = 0; more < 30; more += 1) main.spawn(filling);
      main.start(releasing).restore().spawn(filling).spawn(filling).sleep(100);
    },
  ),
  "a timer that is released inside a collecting call, which gives it back before stats inside of it":
    program(({ main, timer, interrupt }) => {
      const t0 = timer({ mode: "periodic", period: 1 });
      const t1 = timer({ mode: "one-shot", period: 1 });
      const i0 = interrupt();
      t0.handler.stats();
      i0.handler.deinit(t1);
      main.start(t0).interrupt(i0, 0).service().stop(t0);
    }),
  "a call that many anonymous soft timers expire in": program(
    ({ main, timer, sweep, variable }) => {
      sweep({ from: 0, count: 16, step: 37 });
      const t = timer({ mode: "one-shot", period: 901 });
      const soft = timer({ mode: "one-shot", period: 900, dispatch: "soft" });
      main.mask();
      for (let more = 0; more < 30; more += 1) main.spawn(soft);
      main.spin(variable()).restore();
      for (let more = 0; more < 40; more += 1) main.start(t);
      main.sleep(2_000).service();
    },
  ),
};

describe.each(Object.keys(simProfiles) as SimProfileName[])(
  "the judge accuses nothing sound on %s",
  (profile) => {
    it.each(Object.entries(accused))("%s", async (_, made) => {
      const board = createSimBoard({ profile });
      const trace = await board.run(made);
      expect(judgeTrace(made, trace, board.describe()).map(describeViolation)).toEqual([]);
    });
  },
);

it("ARM-03 times below 0, as a 32-bit agent has after 2^31 ticks, are as good as others", async () => {
  const made = program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 1_000_000 });
    main.read().start(t).read();
  });
  const board = createSimBoard({ profile: "avr16" });
  const { records } = await board.run(made);
  const by = -10_000_000;
  const below = records.map((each) => ({
    ...each,
    at: each.at + by,
    ...(each.kind === "call" && { until: each.until + by }),
    ...(each.kind === "read" && { value: each.value + by }),
  }));
  expect(judgeTrace(made, { records: below }, board.describe())).toEqual([]);
});

describe("a read that interrupts a handler at its entry, and is recorded before it", () => {
  const made = program(({ main, timer, interrupt }) => {
    const t = timer({ mode: "one-shot", period: 40 });
    const reading = interrupt();
    reading.handler.read();
    main.interrupt(reading, 50).start(t).sleep(100);
  });
  const call = { kind: "call", context: 0, value: 0 } as const;

  /** Rules that are broken where the handler's entry is stamped so, and the read gives 57. */
  function brokenWhere(enteredAt: number): string[] {
    const records: TraceRecord[] = [
      { kind: "iteration", value: 0, at: 0 },
      { ...call, op: "interrupt", subject: 0, result: "ok", at: 0, until: 1 },
      { ...call, op: "start", subject: 0, result: "armed", at: 5, until: 10 },
      { kind: "interrupt", interrupt: 0, context: 2, at: 52 },
      { kind: "read", context: 2, at: 54, value: 57 },
      { kind: "expiry", timer: 0, context: 1, at: enteredAt, scheduled: 48 },
      { ...call, op: "sleep", subject: 0, result: "ok", at: 12, until: 112 },
    ];
    const { reference: _, ...description } = createSimBoard({ profile: "avr16" }).describe();
    return judgeTrace(made, { records }, description).map(({ rule }) => rule);
  }

  it("READ-01 may give a later time than the stamp of the entry", () => {
    expect(brokenWhere(49)).toEqual([]);
    expect(brokenWhere(54)).toEqual([]);
  });

  it("READ-01 gives none later than a stamp that was made after it", () => {
    expect(brokenWhere(56)).toEqual(["READ-01"]);
    expect(brokenWhere(57)).toEqual([]);
  });
});

describe("a reference clock that never wraps", () => {
  const made = program(({ main }) => {
    main.read().read();
  });
  const description = createSimBoard({ profile: "systick24" }).describe();

  /** Rules that are broken where the second read gives this, between 16 777 217 and 16 777 222 by the clock. */
  function brokenWhere(value: number): string[] {
    const reference = (call: number, until: number) => ({ call, return: until });
    const records: TraceRecord[] = [
      { kind: "iteration", value: 0, at: 0 },
      {
        kind: "read",
        context: 0,
        value: 16_777_215,
        at: 16_777_215,
        reference: reference(240, 241),
      },
      { kind: "read", context: 0, value, at: 16_777_216, reference: reference(241, 246) },
    ];
    const clock = { frequencyHz: description.frequencyHz, modulusTicks: 2 ** 53 };
    const board = { ...description, opTicks: 10, reference: clock };
    return judgeTrace(made, { records }, board).map(({ rule }) => rule);
  }

  it("READ-01 is compared with to the tick", () => {
    expect(brokenWhere(16_777_221)).toEqual([]);
    expect(brokenWhere(16_777_222)).toEqual([]);
    expect(brokenWhere(16_777_223)).toEqual(["READ-01"]);
  });
});

describe("after a lost lap", () => {
  const made = program(({ main, timer, sweep }) => {
    const t = timer({ mode: "one-shot", period: 60 });
    main.capture().start(t).sleep(90).read().mask().spin(200).spin(100);
    sweep({ from: 0, count: 3, step: 1 });
  });
  const board = createSimBoard({ profile: "prescaled8" });
  const lapTicks = 256;

  /** Judges the trace with the HAL's times of some record moved. */
  async function judgedWith(kind: "read" | "expiry", iteration: number, nth: number, by: number) {
    await board.reset();
    const { records } = await board.run(made);
    let place = records.findIndex((each) => each.kind === "iteration" && each.value === iteration);
    for (let seen = -1; seen < nth; ) {
      place += 1;
      if (records[place]?.kind === kind) seen += 1;
    }
    const changed = records.map((each, index) => {
      if (index !== place) return each;
      if (each.kind === "read") return { ...each, value: each.value + by };
      return each.kind === "expiry" ? { ...each, scheduled: each.scheduled + by } : each;
    });
    return judgeTrace(made, { records: changed }, board.describe()).map(({ rule }) => rule);
  }

  it("READ-16 the times of an iteration are held to each other", async () => {
    expect(await judgedWith("read", 1, 0, 0)).toEqual([]);
    expect(await judgedWith("read", 1, 1, lapTicks)).toContain("READ-01");
    expect(await judgedWith("read", 1, 1, -lapTicks)).toContain("READ-01");
    expect(await judgedWith("read", 1, 0, -1)).toContain("READ-01");
    expect(await judgedWith("expiry", 2, 0, lapTicks)).not.toEqual([]);
    expect(await judgedWith("expiry", 2, 0, -lapTicks)).not.toEqual([]);
  });
});

describe("what is not in the trace of an anonymous timer", () => {
  const { reference: _, ...description } = createSimBoard({ profile: "avr16" }).describe();
  const call = { kind: "call", context: 0, value: 0, result: "ok" } as const;
  const broken = (made: Program, records: readonly TraceRecord[]): string[] =>
    judgeTrace(made, { records }, description).map(({ rule }) => rule);

  /** `stats` at level 1 shows so many slots, inside service(); the callback that waits has run where it is said. */
  function brokenByCounts(allocated: number, hasRun: boolean): string[] {
    const made = program(({ main, timer }) => {
      const soft = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
      const hard = timer({ mode: "one-shot", period: 20 });
      hard.handler.stats();
      main.spawn(soft).start(hard).service();
    });
    const ran: TraceRecord = { kind: "expiry", timer: 0, context: 0, at: 27, scheduled: 4 };
    return broken(made, [
      { kind: "iteration", value: 0, at: 0 },
      { ...call, op: "spawn", subject: 0, result: "armed", at: 2, until: 4 },
      { ...call, op: "start", subject: 1, result: "armed", at: 6, until: 8 },
      ...(hasRun ? [ran] : []),
      { kind: "expiry", timer: 1, context: 1, at: 29, scheduled: 28 },
      { kind: "stats", context: 1, at: 30, allocated, pending: 0, retired: 0 },
      { kind: "exit", timer: 1, context: 1, at: 31 },
      { ...call, op: "service", subject: 0, value: hasRun ? 1 : 0, at: 24, until: 33 },
    ]);
  }

  it("REG-02 its slot is live until its callback has quite returned", () => {
    expect(brokenByCounts(3, true)).toEqual([]);
    expect(brokenByCounts(2, true)).toEqual([]);
    expect(brokenByCounts(4, true)).toEqual(["REG-02"]);
  });

  /** An anonymous timer that is due at 3 004, and time that is brought forward by a `phase` or slept. */
  function brokenByTime(isPhase: boolean): string[] {
    const made = program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 3_000 });
      main.spawn(t);
      if (isPhase) main.phase(0);
      else main.sleep(60_000);
      main.sleep(20_000);
    });
    const op = isPhase ? "phase" : "sleep";
    return broken(made, [
      { kind: "iteration", value: 0, at: 0 },
      { ...call, op: "spawn", subject: 0, result: "armed", at: 2, until: 4 },
      { ...call, op, subject: 0, at: 8, until: 65_540 },
      { kind: "expiry", timer: 0, context: 1, at: 68_540, scheduled: 3_004 },
      { ...call, op: "sleep", subject: 0, at: 65_542, until: 85_550 },
    ]);
  }

  it("REG-01, ARM-03 a phase may pass over its deadline, and a sleep may not", () => {
    expect(brokenByTime(true)).toEqual([]);
    expect(brokenByTime(false)).toEqual(["REG-01"]);
  });
});
