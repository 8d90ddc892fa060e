import { type Capability, type MainList, program, type TimerRef } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { has, repeating } from "../units.js";

const staleOps = [
  ...["start", "startAt", "stop", "stopSync", "shutdown"],
  ...["setPeriod", "remaining", "pending", "overruns"],
] as const;

/** Every call that takes a handle, as far as the board has it. */
function staleCalls(env: LawEnv): readonly ((list: MainList, t: TimerRef) => unknown)[] {
  const calls: readonly [Capability | undefined, (list: MainList, t: TimerRef) => unknown][] = [
    [undefined, (list, t) => list.start(t)],
    [undefined, (list, t) => list.stop(t)],
    [undefined, (list, t) => list.pending(t)],
    ["start-at", (list, t) => list.startAt(t, { delta: env.beat })],
    ["stop-sync", (list, t) => list.stopSync(t, env.beat)],
    ["shutdown", (list, t) => list.shutdown(t)],
    ["set-period", (list, t) => list.setPeriod(t, env.beat)],
    ["remaining", (list, t) => list.remaining(t)],
    ["overrun-policy", (list, t) => list.overruns(t)],
  ];
  return calls.filter(([need]) => has(env, need)).map(([, add]) => add);
}

/** Calls that give retired slots back, and every call on a stale handle. */
export const reg09To13 = [
  law({
    id: "REG-09",
    title: "making a timer collects",
    statement: "Making a timer is itself a collecting call.",
    origin: ["MicroPython 18733"],
    needs: ["spawn", "stats"],
    restsOn: ["unreferenced"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.op, quiet: true });
        const free = env.board.timers - 1;
        main.repeat(free, (body) => body.spawn(once)).sleep(4 * free * env.op + 2 * env.beat);
        main.stats().spawn(once).sleep(env.beat).count(once).stats();
      }),
    judge: (run, env) => {
      const free = env.board.timers - 1;
      run.results("spawn", 0).are("armed");
      run.values("count", 0).are(free + 1);
      const [before, after] = run.stats(2);
      if (before === undefined || after === undefined) return;
      const most = env.board.timers;
      run.that(
        before.allocated <= most,
        `${before.allocated} allocated when full, at most ${most}`,
      );
      const left = `${after.allocated} allocated after a timer was made, at most ${before.allocated}`;
      run.that(after.allocated <= before.allocated, left, after.index);
    },
  }),
  law({
    id: "REG-10",
    title: "deinitAll leaves it empty",
    statement: "deinitAll() leaves the registry empty.",
    origin: ["MicroPython soft reset"],
    needs: ["spawn", "stats"],
    program: (env) =>
      program(({ main, timer }) => {
        const running = timer({ mode: repeating(env), period: env.beat });
        const once = timer({ mode: "one-shot", period: env.beat });
        main.start(running).spawn(once).spawn(once).stats().deinitAll().stats();
        main.sleep(3 * env.beat);
      }),
    judge: (run) => {
      const [before, after] = run.stats(2);
      if (before === undefined || after === undefined) return;
      run.that(before.allocated === 4, `${before.allocated} allocated at first, expected 4`);
      const { allocated, pending, retired } = after;
      const seen = `${allocated} allocated, ${pending} pending and ${retired} retired`;
      run.that(allocated + pending + retired === 0, `${seen}, expected none`, after.index);
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "REG-11",
    title: "never more than the capacity",
    statement: "The registry never holds more than its capacity.",
    origin: ["MicroPython 18733"],
    needs: ["spawn", "stats"],
    restsOn: ["unreferenced"],
    refusals: ["capacity-exhausted"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: 20 * env.beat, quiet: true });
        main.repeat(env.board.timers - 1, (body) => body.spawn(once)).stats();
        main.spawn(once).spawn(once).stats();
      }),
    judge: (run, env) => {
      const full = env.board.timers;
      run.results("spawn", 0).are("capacity-exhausted", "capacity-exhausted");
      for (const stats of run.stats(2)) {
        const seen = `${stats.allocated} allocated and ${stats.pending} pending`;
        const holds = stats.allocated === full && stats.pending === full - 1;
        run.that(holds, `${seen}, expected ${full} and ${full - 1}`, stats.index);
      }
    },
  }),
  law({
    id: "REG-13",
    title: "every call on a stale handle",
    statement:
      "Every call on a stale handle but deinit() is refused with stale-handle, in a thread and in an interrupt.",
    origin: ["RTEMS ids", "Escapement issue 8"],
    needs: ["generations"],
    refusals: ["stale-handle"],
    program: (env) =>
      program(({ main, timer }) => {
        const gone = timer({ mode: repeating(env), period: env.beat });
        const other = timer({ mode: "one-shot", period: env.beat });
        const calls = staleCalls(env);
        for (const op of ["start", "stop", "pending"] as const) other.handler[op](gone);
        main.capture(0).start(gone).start(other).deinit(gone);
        for (const add of calls) add(main, gone);
        main
          .sleep(3 * env.beat)
          .deinit(gone)
          .stop(gone)
          .pending(other);
      }),
    judge: (run, env) => {
      const mine = run.view
        .calls(undefined, 0)
        .filter((call) => staleOps.some((op) => op === call.op))
        .slice(1);
      const expected = staleCalls(env).length + 4;
      run.that(mine.length === expected, `${mine.length} such calls, expected ${expected}`);
      for (const { op, result, index } of mine) {
        const seen = `${op} on a stale handle returned "${result}"`;
        run.that(result === "stale-handle", `${seen}, expected "stale-handle"`, index);
      }
      run.results("deinit", 0).are("ok", "ok");
      run.values("pending", 1).are(0);
      run.expiries(0).exactly(0);
      run.expiries(1).exactly(1).onTime();
    },
  }),
];
