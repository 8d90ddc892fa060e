import type { IterationView } from "@escapement/scenario";
import { program } from "@escapement/scenario";
import type { Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { chances, has } from "../units.js";

/** Many times as often as there are slots, so that whatever a stop might use up runs out. */
function rounds(env: LawEnv): number {
  return chances(env, 4 * env.board.timers);
}

/** The registry is at the end as it was at the beginning; starts that were refused are findings anyway. */
function nothingUsedUp(run: Judge, timers: number): void {
  if (!has(run.env, "stats")) return;
  const seen = (stats: ReturnType<IterationView["stats"]>[number]): string =>
    `${stats.allocated} allocated, ${stats.pending} pending and ${stats.retired} retired`;
  for (const [at, stats] of run.stats(2).entries()) {
    const when = at === 0 ? "at first" : "at the end";
    const holds = stats.allocated === timers && stats.pending === 0 && stats.retired === 0;
    run.that(holds, `${seen(stats)} ${when}, expected ${timers}, 0 and 0`, stats.index);
  }
}

/** Stops two at a time, again and again: nothing may be used up by them. */
export const stopsAgain = [
  law({
    id: "STOP-28",
    title: "two stops under one mask, many times",
    statement:
      "Two stops in one masked section, many times the capacity, use nothing up: each start is armed, and the last one fires.",
    origin: ["MicroPython 18733 (first version leaked)", "Escapement issue 8"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [2, 3].map((beats) => timer({ mode: "one-shot", period: beats * env.beat }));
        if (has(env, "stats")) main.stats();
        main.repeat(rounds(env), (body) => {
          for (const t of all) body.start(t);
          body.mask();
          for (const t of all) body.stop(t);
          body.restore();
        });
        if (has(env, "stats")) main.stats();
        for (const t of all) main.start(t);
        main.sleep(5 * env.beat);
      }),
    judge: (run, env) => {
      nothingUsedUp(run, 2);
      for (const [timer, beats] of [2, 3].entries()) {
        const expiries = run.expiries(timer).exactly(1).onTime();
        expiries.from(run.call("start", timer), beats * env.beat);
      }
    },
  }),
  law({
    id: "STOP-29",
    title: "two stops in one handler, many times",
    statement:
      "Two stops in one handler or one interrupt, many times the capacity, use nothing up: each start is armed, and the last one fires.",
    origin: ["MicroPython 18733 (first version leaked)", "Escapement issue 8"],
    program: (env) =>
      program(({ main, timer, interrupt }) => {
        const all = [2, 3].map((beats) => timer({ mode: "one-shot", period: beats * env.beat }));
        const stopper = timer({ mode: "one-shot", period: env.op, quiet: true });
        for (const t of all) stopper.handler.stop(t);
        const wait = 4 * env.op + env.late;
        if (has(env, "stats")) main.stats();
        main.repeat(rounds(env), (body) => {
          for (const t of all) body.start(t);
          body.start(stopper).sleep(wait);
        });
        main.count(stopper);
        if (has(env, "second-interrupt")) {
          const irq = interrupt();
          for (const t of all) irq.handler.stop(t);
          main.repeat(rounds(env), (body) => {
            for (const t of all) body.start(t);
            body.interrupt(irq, env.op).sleep(wait);
          });
        }
        if (has(env, "stats")) main.stats();
        for (const t of all) main.start(t);
        main.sleep(5 * env.beat);
      }),
    judge: (run, env) => {
      nothingUsedUp(run, 3);
      run.values("count", 2).are(rounds(env));
      for (const [timer, beats] of [2, 3].entries()) {
        const expiries = run.expiries(timer).exactly(1).onTime();
        expiries.from(run.call("start", timer), beats * env.beat);
      }
    },
  }),
];
