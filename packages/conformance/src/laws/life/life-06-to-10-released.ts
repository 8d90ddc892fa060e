import { program } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { has } from "../units.js";

/** The delays, in beats, of as many timers as a queue needs to have an inside, where there is room. */
function many({ board }: LawEnv): number[] {
  const count = [16, 8].find((each) => each <= board.timers) ?? Math.min(board.timers, 4);
  return Array.from({ length: count }, (_, index) => count + index + 1);
}

/** Whether it is one of those that go; the others stay. */
function isReleased(index: number): boolean {
  return index % 3 === 1;
}

/** The same in an order far from that of their deadlines, in which the branches of a heap differ. */
function shuffled<T>(all: readonly T[]): T[] {
  return all.flatMap((_, index) => all.slice((index * 5 + 2) % all.length).slice(0, 1));
}

/** Timers that are released: while pending, in any order, and set up again. */
export const life06To10 = [
  law({
    id: "LIFE-06",
    title: "a released timer refuses to start",
    statement: "A released timer refuses to start.",
    origin: ["ESP-IDF gptimer states", "Lab-FreeRTOS-POSIX 16"],
    needs: ["generations", "periodic"],
    refusals: ["stale-handle"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        main
          .deinit(t)
          .start(t)
          .sleep(3 * env.beat)
          .start(t);
      }),
    judge: (run) => {
      run.results("start", 0).are("stale-handle", "stale-handle");
      run.expiries(0).exactly(0);
    },
  }),
  law({
    id: "LIFE-07",
    title: "released, set up again, works",
    statement: "A released timer can be set up again and works.",
    origin: ["MicroPython init after deinit"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        main
          .start(t)
          .deinit(t)
          .sleep(2 * env.beat)
          .mark(1);
        main
          .init(t)
          .start(t)
          .sleep(Math.ceil(2.5 * env.beat))
          .stop(t);
      }),
    judge: (run, env) => {
      run.results("init", 0).are("ok");
      const all = run.expiries(0).exactly(2).onTime().spaced(env.beat);
      all.from(run.call("start", 0, 2), env.beat);
      run.that(all.nth(1).index > run.mark(1).index, "the released timer fired", all.nth(1).index);
    },
  }),
  law({
    id: "LIFE-08",
    title: "released while pending",
    statement: "A timer released while pending, or while its soft callback waits, does not fire.",
    origin: ["Zephyr 113143", "esp-idf 2342"],
    needs: ["periodic"],
    restsOn: ["queuedOnStop"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.beat });
        const again = timer({ mode: "periodic", period: 2 * env.beat });
        const after = timer({ mode: "one-shot", period: 3 * env.beat });
        main.start(once).start(again).start(after).deinit(once).deinit(again);
        main.sleep(6 * env.beat);
        if (!has(env, "soft")) return;
        const soft = [0, 1, 2].map(() =>
          timer({ mode: "one-shot", period: env.beat, dispatch: "soft" }),
        );
        for (const t of soft) main.start(t);
        main.sleep(2 * env.beat);
        // From the middle of those that wait, and then the first.
        for (const t of [soft[1], soft[0]]) if (t !== undefined) main.deinit(t);
        main.service().service();
      }),
    judge: (run, env) => {
      run.results("deinit").all("ok");
      run.expiries(0).exactly(0);
      run.expiries(1).exactly(0);
      if (has(env, "soft")) {
        for (const timer of [3, 4]) run.expiries(timer).exactly(0);
        run.expiries(5).exactly(1).during(run.view.calls("service"));
        run.values("service").are(1, 0);
      }
      run
        .expiries(2)
        .exactly(1)
        .onTime()
        .from(run.call("start", 2), 3 * env.beat);
    },
  }),
  law({
    id: "LIFE-09",
    title: "released in any order",
    statement: "Timers released in any order leave the others alone, as many as there can be.",
    origin: ["MicroPython machine_timer test"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = many(env).map((beats) => timer({ mode: "one-shot", period: beats * env.beat }));
        for (const t of shuffled(all)) main.start(t);
        for (const t of shuffled(all)) if (isReleased(all.indexOf(t))) main.deinit(t);
        main.sleep((2 * all.length + 2) * env.beat);
      }),
    judge: (run, env) => {
      run.results("deinit").all("ok");
      for (const [timer, beats] of many(env).entries()) {
        const mine = run.expiries(timer).exactly(isReleased(timer) ? 0 : 1);
        if (!isReleased(timer)) mine.onTime().from(run.call("start", timer), beats * env.beat);
      }
    },
  }),
  law({
    id: "LIFE-10",
    title: "shut down, released, and its slot used again",
    statement: "A timer that was shut down can be released, and its slot serves again.",
    origin: ["Linux timer_shutdown_sync"],
    needs: ["shutdown"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        main
          .start(t)
          .shutdown(t)
          .deinit(t)
          .sleep(2 * env.beat)
          .mark(1);
        main
          .init(t)
          .start(t)
          .sleep(2 * env.beat);
      }),
    judge: (run, env) => {
      run.results("shutdown", 0).are("removed");
      run.results("deinit", 0).are("ok");
      run.results("start", 0).are("armed", "armed");
      run
        .expiries(0)
        .exactly(1)
        .onTime()
        .from(run.call("start", 0, 2), env.beat);
    },
  }),
];
