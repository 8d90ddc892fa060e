import { createSimBoard } from "@escapement/board-sim";
import { type Program, program, type TraceRecord } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { judgeTrace } from "../../src/judge/index.js";

const board = createSimBoard({ profile: "systick24" });
const unit = 5_000;

/** A program, what is wrong with its trace, and the rule that this breaks. */
interface Case {
  readonly title: string;
  readonly program: Program;
  readonly wrong: (records: readonly TraceRecord[]) => readonly TraceRecord[];
  readonly rule: string;
}

type Kind<Name extends TraceRecord["kind"]> = Extract<TraceRecord, { readonly kind: Name }>;

/** Changes the nth record of a kind, from 0; leaves it out where the change is nothing. */
function change<Name extends TraceRecord["kind"]>(
  kind: Name,
  nth: number,
  by: (record: Kind<Name>) => Partial<Kind<Name>> | undefined,
): Case["wrong"] {
  return (records) => {
    const places = [...records.keys()].filter((place) => records[place]?.kind === kind);
    const place = places[nth];
    if (place === undefined) throw new Error(`the trace has no ${kind} ${nth}`);
    const record = records[place] as Kind<Name>;
    const changed = by(record);
    const put = changed === undefined ? [] : [{ ...record, ...changed } as TraceRecord];
    return [...records.slice(0, place), ...put, ...records.slice(place + 1)];
  };
}

const leftOut = () => undefined;

/** The interrupt comes at once when the handler is left. */
function behindTheHandler(records: readonly TraceRecord[]): readonly TraceRecord[] {
  const exit = records.find(({ kind }) => kind === "exit");
  return records.flatMap((each) => {
    if (each.kind === "interrupt") return [];
    if (exit === undefined || each !== exit) return [each];
    return [each, { kind: "interrupt", interrupt: 0, context: 1, at: exit.at + 1 } as const];
  });
}

const cases: readonly Case[] = [
  {
    title: "ARM-03 an expiry is missing of a timer that was set up again after a repeat",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: 3 * unit });
      main.repeat(1, (body) => body.start(one)).sleep(9 * unit);
      main
        .init(one)
        .start(one)
        .sleep(9 * unit)
        .read();
    }),
    wrong: change("expiry", 1, leftOut),
    rule: "ARM-03",
  },
  {
    title: "STOP-03 a quiet one-shot has run, and its stop says that it was removed",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: unit, quiet: true });
      main
        .start(one)
        .sleep(9 * unit)
        .stop(one);
    }),
    wrong: change("call", 2, () => ({ result: "removed" })),
    rule: "STOP-03",
  },
  {
    title: "ARM-24 a quiet timer is to expire later than it can",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "periodic", period: 2 * unit, quiet: true });
      main
        .start(one)
        .sleep(9 * unit)
        .remaining(one)
        .stop(one);
    }),
    wrong: change("call", 2, ({ value }) => ({ value: value + 2 * unit })),
    rule: "ARM-24",
  },
  {
    title: "CALL-05 a throw in a handler is not reported",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "periodic", period: 3 * unit });
      one.handler.pending(one).throw();
      main
        .start(one)
        .sleep(4 * unit)
        .stop(one);
    }),
    wrong: change("error", 0, leftOut),
    rule: "CALL-05",
  },
  {
    title: "REG-01 an anonymous timer does not run",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: 3 * unit });
      main
        .spawn(one)
        .spawn(one)
        .sleep(9 * unit)
        .read();
    }),
    wrong: change("expiry", 1, leftOut),
    rule: "REG-01",
  },
  {
    title: "REG-01 an anonymous soft timer does not run in service()",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: 3 * unit, dispatch: "soft" });
      main
        .spawn(one)
        .spawn(one)
        .sleep(9 * unit)
        .service();
    }),
    wrong: (records) =>
      change("call", 3, () => ({ value: 1 }))(change("expiry", 1, leftOut)(records)),
    rule: "REG-01",
  },
  {
    title: "CALL-25 the second interrupt comes late",
    program: program(({ main, interrupt }) => {
      const other = interrupt();
      main.interrupt(other, unit).sleep(9 * unit);
    }),
    wrong: change("interrupt", 0, ({ at }) => ({ at: at + 3 * unit })),
    rule: "CALL-25",
  },
  {
    title: "CALL-25 the second interrupt waits for a handler that it can interrupt",
    program: program(({ main, timer, interrupt }) => {
      const one = timer({ mode: "one-shot", period: 3 * unit });
      const other = interrupt();
      one.handler.spin(2 * unit);
      main
        .interrupt(other, 4 * unit)
        .start(one)
        .sleep(9 * unit);
    }),
    wrong: behindTheHandler,
    rule: "CALL-25",
  },
  {
    title: "CALL-13 service() counts more callbacks than ran",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: unit, dispatch: "soft" });
      main
        .start(one)
        .sleep(3 * unit)
        .service();
    }),
    wrong: change("call", 2, ({ value }) => ({ value: value + 1 })),
    rule: "CALL-13",
  },
  {
    title: "REG-02 stats counts a timer that is not there",
    program: program(({ main, timer }) => {
      timer({ mode: "one-shot", period: unit });
      main.stats();
    }),
    wrong: change("stats", 0, ({ allocated }) => ({ allocated: allocated + 1 })),
    rule: "REG-02",
  },
  {
    title: "REG-06 more slots are retired than were released",
    program: program(({ main, timer }) => {
      timer({ mode: "one-shot", period: unit });
      main.stats();
    }),
    wrong: change("stats", 0, ({ allocated }) => ({ allocated: allocated + 1, retired: 1 })),
    rule: "REG-06",
  },
  {
    title: "ARM-19 a handler runs while interrupts are masked",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: unit });
      main
        .mask()
        .start(one)
        .spin(3 * unit)
        .restore()
        .sleep(unit);
    }),
    wrong: (records) => {
      const expiry = records.find(({ kind }) => kind === "expiry") as Kind<"expiry">;
      const others = records.filter((each) => each !== expiry);
      const at = expiry.scheduled + 10;
      return [...others.slice(0, 3), { ...expiry, at }, ...others.slice(3)];
    },
    rule: "ARM-19",
  },
  {
    title: "ARM-15 two timers run in the wrong order",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: 2 * unit });
      const two = timer({ mode: "one-shot", period: 3 * unit });
      main
        .mask()
        .start(one)
        .start(two)
        .spin(6 * unit)
        .restore()
        .sleep(unit);
    }),
    wrong: (records) => {
      const [one, two] = records.filter(({ kind }) => kind === "expiry") as Kind<"expiry">[];
      return records.map((each) =>
        each === one && two !== undefined
          ? { ...two, at: each.at }
          : each === two && one !== undefined
            ? { ...one, at: each.at }
            : each,
      );
    },
    rule: "ARM-15",
  },
  {
    title: "PER-08 a skipping timer delivers a period that is not the newest",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "periodic", period: 2 * unit, overrun: "skip" });
      main
        .mask()
        .start(one)
        .spin(9 * unit)
        .restore()
        .stop(one);
    }),
    wrong: change("expiry", 0, ({ scheduled }) => ({ scheduled: scheduled - 2 * unit })),
    rule: "PER-08",
  },
  {
    title: "CALL-17 a handler of the timer interrupt runs inside another",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: unit });
      const two = timer({ mode: "one-shot", period: 3 * unit });
      one.handler.spin(unit);
      main
        .start(one)
        .start(two)
        .sleep(9 * unit);
    }),
    wrong: (records) => {
      const [, two] = records.filter(({ kind }) => kind === "expiry") as Kind<"expiry">[];
      const spin = records.findIndex((each) => each.kind === "call" && each.op === "spin");
      if (two === undefined) throw new Error("the trace has one expiry");
      const { at } = records[spin] as TraceRecord;
      const moved: TraceRecord = { ...two, context: 2, at: at + 10, scheduled: at };
      return [
        ...records.slice(0, spin),
        moved,
        ...records.slice(spin).filter((each) => each !== two),
      ];
    },
    rule: "CALL-17",
  },
  {
    title: "REG-06 an interrupt gives the slot back that it released",
    program: program(({ main, timer }) => {
      const one = timer({ mode: "one-shot", period: unit });
      const other = timer({ mode: "one-shot", period: unit });
      one.handler.deinit(other);
      main
        .start(one)
        .sleep(3 * unit)
        .stats()
        .collect();
    }),
    wrong: change("stats", 0, ({ allocated, retired }) => ({
      allocated: allocated - 1,
      retired: retired - 1,
    })),
    rule: "REG-06",
  },
];

describe("the judge", () => {
  it.each(cases.map((each) => [each.title, each] as const))("notices: %s", async (_, one) => {
    await board.reset();
    const { records } = await board.run(one.program);
    expect(judgeTrace(one.program, { records }, board.describe())).toEqual([]);
    const wrong = { records: one.wrong(records) };
    const [first] = judgeTrace(one.program, wrong, board.describe());
    expect(first?.rule).toBe(one.rule);
    expect(first?.expected).toMatch(/\S/);
    expect(first?.found).toMatch(/\S/);
  });
});
