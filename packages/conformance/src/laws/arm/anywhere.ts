import { type Capability, type MainList, program, type TimerRef } from "@escapement/scenario";
import type { Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { chances, quietly, span, sweepOver } from "../units.js";

/** A call that the moment falls into, and what it needs and answers. */
interface Crossed {
  readonly needs?: Capability;
  add(list: MainList, other: TimerRef): unknown;
}

/** Not over before the program is. */
function far(env: LawEnv): number {
  return 64 * span(env);
}

/** Calls on another timer, and on none, in an order in which each has something to do. */
function crossedCalls(env: LawEnv): readonly Crossed[] {
  const calls: readonly Crossed[] = [
    { add: (list, other) => list.start(other) },
    { add: (list, other) => list.start(other) },
    { needs: "set-period", add: (list, other) => list.setPeriod(other, far(env)) },
    { needs: "remaining", add: (list, other) => list.remaining(other) },
    { add: (list, other) => list.pending(other) },
    { add: (list) => list.read() },
    { needs: "stats", add: (list) => list.stats() },
    { add: (list, other) => list.stop(other) },
    { add: (list, other) => list.stop(other) },
    { needs: "overrun-policy", add: (list, other) => list.overruns(other) },
    { needs: "soft", add: (list) => list.service() },
    { add: (list, other) => list.init(other) },
    { add: (list, other) => list.deinit(other) },
  ];
  return calls.filter(({ needs }) => needs === undefined || env.board.capabilities.includes(needs));
}

/** What the interrupted calls answer, whether or not they were interrupted. */
function judgeAnswers(run: Judge, env: LawEnv): void {
  const has = (need: Capability): boolean => env.board.capabilities.includes(need);
  run.answers("start", 1).are("armed", "armed");
  run.answers("stop", 1).are("removed", "idle");
  run.values("pending", 1).are(1);
  for (const { value, at, index } of run.reads().atLeast(1).items) {
    const most = at + 2 * env.op + env.late;
    run.that(value >= at && value <= most, `read ${value}, expected ${at} to ${most}`, index);
  }
  if (has("overrun-policy")) run.values("overruns", 1).are(0);
  if (has("soft")) run.values("service").are(0);
  if (has("remaining")) run.values("remaining", 1).within(1, far(env));
  if (!has("stats")) return;
  for (const { allocated, pending, retired, index } of run.stats(1)) {
    const seen = `${allocated} allocated, ${pending} pending and ${retired} retired`;
    const holds = allocated === 2 && pending >= 1 && pending <= 2 && retired === 0;
    run.that(holds, `${seen}, expected 2, 1 to 2 and 0`, index);
  }
}

/** A moment that comes in the middle of something else. */
export const armAnywhere = [
  law({
    id: "ARM-30",
    title: "a moment inside any other call",
    statement:
      "A moment that comes anywhere inside a call on another timer runs the handler once and in time, and the call answers what it would have answered.",
    origin: ["MicroPython 18728"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        const other = timer({ mode: "one-shot", period: far(env) });
        // From before the call to after it: the delay counts from inside the start.
        sweep(sweepOver(env, span(env) - 3 * env.op, span(env), chances(env, 40)));
        for (const { add } of crossedCalls(env)) {
          main.start(t);
          quietly(main, (list) => list.spin(variable()));
          add(main, other);
          quietly(main, (list) => list.sleep(span(env)));
        }
      }),
    judge: (run, env) => {
      const { length } = crossedCalls(env);
      const expiries = run
        .expiries(0)
        .exactly(length)
        .inInterrupt(true)
        .onTime(2 * env.op);
      for (let nth = 1; nth <= length; nth += 1) {
        run.these([expiries.nth(nth)], 0).from(run.call("start", 0, nth), span(env));
      }
      run.expiries(1).exactly(0);
      judgeAnswers(run, env);
    },
  }),
];
