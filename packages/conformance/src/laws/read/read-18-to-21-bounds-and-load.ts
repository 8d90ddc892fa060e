import { type ProgramTimerOptions, program, type TimerRef } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import {
  beforeWrap,
  has,
  lapOrSecond,
  repeating,
  shortDelay,
  sweepOver,
  wholeTicks,
  withoutRecords,
} from "../units.js";

/** One way of keeping the interrupt busy: timers whose handlers leave no time between them. */
interface Load {
  readonly overrun: "coalesce" | "burst";
  /** How many timers share the load. */
  readonly timers: number;
  readonly periodTicks: number;
  /** How long each handler takes, well under a lap. */
  readonly handlerTicks: number;
  /** Entries of each timer's handler; the last one stops its timer. */
  readonly entries: number;
}

/** The longest handler of the loads: with all that comes around it, shorter than a lap. */
function longest(env: LawEnv): number {
  return Math.max(1, lapOrSecond(env) - 8 * env.op - 2 * env.late);
}

/** A period of which many make a lap, and which still holds an operation or two. */
function periodOf(env: LawEnv): number {
  const period = Math.max(shortDelay(env), Math.floor(lapOrSecond(env) / 16));
  return Math.max(1, Math.min(period, Math.floor(longest(env) / 2)));
}

function loadsOf(env: LawEnv): readonly Load[] {
  const periodTicks = periodOf(env);
  const over = Math.ceil(1.25 * periodTicks);
  const most = env.systematic === true ? 3 : 48;
  const entries = (ticks: number, laps: number) =>
    Math.max(2, Math.min(most, Math.ceil((laps * lapOrSecond(env)) / ticks)));
  const shared = Math.ceil(0.7 * periodTicks);
  const one = { overrun: "coalesce", timers: 1, periodTicks } as const;
  const all: Load[] = [
    { ...one, handlerTicks: over, entries: entries(over, 3) },
    { ...one, handlerTicks: longest(env), entries: 3 },
    { ...one, timers: 2, handlerTicks: shared, entries: entries(2 * shared, 2) },
  ];
  if (has(env, "overrun-policy")) {
    all.push({ ...one, overrun: "burst", handlerTicks: over, entries: entries(over, 3) });
  }
  return all;
}

/** Long enough for a load to be over: handlers come back to back, or once in a whole tick of the board's timers. */
function untilOver({ timers, periodTicks, handlerTicks, entries }: Load, env: LawEnv): number {
  const { granularityTicks } = env.semantics;
  const whole = granularityTicks === 1 ? 0 : wholeTicks(env, periodTicks) + granularityTicks;
  const entry = Math.max(timers * (handlerTicks + 4 * env.op), whole);
  return Math.ceil(1.5 * entries * entry) + 2 * env.beat;
}

/** What a read costs, and the time while timers keep the HAL busy. */
export const read18To21 = [
  law({
    id: "READ-18",
    title: "a read is bounded",
    statement: "A read takes no longer than the operation time that the board states.",
    origin: ['ESP-IDF "takes less than 1 us"'],
    needs: ["reference"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        t.handler.read().read();
        main.read().read().read().read();
        withoutRecords(main, (list) => list.start(t));
        main
          .sleep(3 * shortDelay(env))
          .read()
          .read();
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(1).onTime();
      const clock = env.board.reference ?? run.missing("the board describes no reference clock");
      for (const read of run.reads().atLeast(8).neverDecrease().items) {
        const window = read.reference ?? run.missing("a read has no reference");
        const took = (window.return - window.call + clock.modulusTicks) % clock.modulusTicks;
        const ticks = Math.floor((took * env.board.frequencyHz) / clock.frequencyHz);
        const message = `a read took ${run.ticks(ticks)}, at most ${run.ticks(env.op)}`;
        run.that(ticks <= env.op, message, read.index);
      }
    },
  }),
  law({
    id: "READ-19",
    title: "arming and stopping do not shift time",
    statement: "Arming, moving and stopping timers does not shift the time.",
    origin: ["Zephyr timeout_churn", "timer_starve"],
    needs: ["reference"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer }) => {
        const near = timer({ mode: "one-shot", period: env.beat });
        const far = timer({ mode: repeating(env), period: 50 * env.beat });
        main.read();
        for (let round = 0; round < 3; round += 1) {
          main.repeat(30, (body) => body.start(near).start(far).start(near).stop(near).stop(far));
          main.read();
        }
      }),
    judge: (run) => {
      run.reads().atLeast(4).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-20",
    title: "lifting the mask keeps the wrap",
    statement:
      "After a masked read saw a wrap pending, lifting the mask neither loses nor repeats it.",
    origin: ["Ganssle 2001", "MicroPython samd ed86fdb"],
    needs: ["reference", "phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep(sweepOver(env, 0, 4 * env.op, 32));
        withoutRecords(main, (list) => list.phase(beforeWrap(env, 3 * env.op)));
        main.read();
        withoutRecords(main, (list) => list.mask().spin(variable()));
        main.read();
        withoutRecords(main, (list) => list.restore());
        main.read();
        withoutRecords(main, (list) => list.sleep(lapOrSecond(env)));
        main.read();
      }),
    judge: (run) => {
      run.reads().atLeast(4).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-21",
    title: "true time under overload",
    statement:
      "The time is exact however many handlers run back to back, as long as no single handler and no single masked section lasts a lap.",
    origin: ["Zephyr timer_starve", "Escapement issue 8"],
    needs: ["reference", "phase", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        for (const load of loadsOf(env)) {
          const options: ProgramTimerOptions = {
            mode: "periodic",
            period: load.periodTicks,
            overrun: load.overrun,
            quiet: true,
          };
          const busy: TimerRef[] = [];
          for (let index = 0; index < load.timers; index += 1) {
            const t = timer(options);
            t.handler.spin(load.handlerTicks).when(load.entries).stop(t);
            busy.push(t);
          }
          withoutRecords(main, (list) => list.phase(beforeWrap(env, 2 * load.periodTicks)));
          main.read();
          withoutRecords(main, (list) => {
            for (const t of busy) list.start(t);
            list.sleep(untilOver(load, env));
          });
          main.read();
          for (const t of busy) main.count(t);
        }
      }),
    judge: (run, env) => {
      const loads = loadsOf(env);
      const reads = run.reads().neverDecrease().matchReference().items;
      for (const [at, { timers, entries, handlerTicks }] of loads.entries()) {
        const [before, after] = [reads[2 * at], reads[2 * at + 1]];
        if (before === undefined || after === undefined) {
          return run.missing(`${reads.length} reads in the trace, expected ${2 * loads.length}`);
        }
        const passed = after.value - before.value;
        const least = timers * entries * handlerTicks;
        const seen = `${run.ticks(passed)} passed by the clock while handlers ran for ${run.ticks(least)}`;
        run.that(passed >= least, seen, after.index);
      }
      const entries = loads.flatMap((load) =>
        Array.from({ length: load.timers }, () => load.entries),
      );
      run.values("count").are(...entries);
    },
  }),
];
