import { type ProgramTimerOptions, program, type TimerRef } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { beforeTurn, has, lap, quietly, span } from "../units.js";

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
  return Math.max(1, lap(env) - 8 * env.op - 2 * env.late);
}

/** A period of which many make a lap, and which still holds an operation or two. */
function periodOf(env: LawEnv): number {
  const period = Math.max(span(env), Math.floor(lap(env) / 16));
  return Math.max(1, Math.min(period, Math.floor(longest(env) / 2)));
}

function loadsOf(env: LawEnv): readonly Load[] {
  const periodTicks = periodOf(env);
  const over = Math.ceil(1.25 * periodTicks);
  const most = env.systematic === true ? 3 : 48;
  const entries = (ticks: number, laps: number) =>
    Math.max(2, Math.min(most, Math.ceil((laps * lap(env)) / ticks)));
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

/** Long enough for a load to be over, where handlers come back to back. */
function untilOver({ timers, handlerTicks, entries }: Load, env: LawEnv): number {
  return Math.ceil(1.5 * timers * entries * (handlerTicks + 4 * env.op)) + 2 * env.beat;
}

/** Time while handlers come back to back, so that no interrupt but the timer's gets its turn. */
export const overloadReads = [
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
          quietly(main, (list) => list.phase(beforeTurn(env, 2 * load.periodTicks)));
          main.read();
          quietly(main, (list) => {
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
