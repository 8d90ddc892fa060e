import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has, repetitions, shortDelay, withoutRecords } from "../units.js";

/** What an interrupt may not do, and hard and soft timers together. */
export const call21To23 = [
  law({
    id: "CALL-21",
    title: "what an interrupt may not do",
    statement:
      "In an interrupt, making a timer, service(), collect() and deinitAll() are refused with in-interrupt, and change nothing.",
    origin: ["Zephyr k_timer_stop asserts no ISR", "MicroPython 18728"],
    needs: ["spawn"],
    restsOn: ["makingInInterrupt"],
    refusals: ["in-interrupt"],
    program: (env) =>
      program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        const other = timer({ mode: "one-shot", period: 4 * env.beat });
        const gone = timer({ mode: "one-shot", period: env.beat });
        t.handler.spawn(gone).init(gone).collect();
        if (has(env, "soft")) t.handler.service();
        t.handler.deinitAll();
        if (has(env, "second-interrupt")) {
          const irq = interrupt();
          irq.handler.spawn(gone).collect().deinitAll();
          main.interrupt(irq, 2 * env.beat);
        }
        main.deinit(gone).collect().start(t).start(other);
        if (has(env, "stats")) main.stats();
        main.sleep(Math.ceil(3.5 * env.beat));
        if (has(env, "stats")) main.stats();
        main.sleep(env.beat).pending(other);
      }),
    judge: (run, env) => {
      for (const call of run.view.calls()) {
        if (call.context === 0) continue;
        const seen = `${call.op} in an interrupt returned "${call.result}"`;
        run.that(call.result === "in-interrupt", `${seen}, expected "in-interrupt"`, call.index);
      }
      const inside = run.view.calls().filter((call) => call.context > 0).length;
      const wanted = 4 + (has(env, "soft") ? 1 : 0) + (has(env, "second-interrupt") ? 3 : 0);
      run.that(inside === wanted, `${inside} calls in interrupts, expected ${wanted}`);
      run.expiries(0).exactly(1).onTime();
      run
        .expiries(1)
        .exactly(1)
        .onTime()
        .from(run.call("start", 1), 4 * env.beat);
      run.expiries(2).exactly(0);
      run.values("pending", 1).are(0);
      if (!has(env, "stats")) return;
      for (const [at, stats] of run.stats(2).entries()) {
        const seen = `${stats.allocated} allocated and ${stats.pending} pending`;
        const holds = stats.allocated === 2 && stats.pending === 2 - at;
        run.that(holds, `${seen}, expected 2 and ${2 - at}`, stats.index);
      }
    },
  }),
  law({
    id: "CALL-22",
    title: "hard and soft side by side",
    statement:
      "A soft callback that waits delays no hard one, and a hard one drops no soft one that waits, whichever is due first.",
    origin: ["MicroPython schedule", "Escapement issue 8"],
    needs: ["soft"],
    program: (env) =>
      program(({ main, timer }) => {
        const soft = { mode: "one-shot", dispatch: "soft" } as const;
        const before = timer({ ...soft, period: shortDelay(env) });
        const hard = timer({ mode: "one-shot", period: 3 * shortDelay(env) });
        const after = timer({ ...soft, period: 5 * shortDelay(env) });
        const last = timer({ mode: "one-shot", period: 7 * shortDelay(env) });
        for (const t of [before, hard, after, last]) main.start(t);
        main
          .sleep(9 * shortDelay(env))
          .pending(hard)
          .pending(last);
        main.pending(before).pending(after).service().service();
      }),
    judge: (run, env) => {
      for (const [timer, spans] of [1, 3, 5, 7].entries()) {
        const mine = run.expiries(timer).exactly(1);
        mine.from(run.call("start", timer), spans * shortDelay(env));
        if (timer % 2 === 1) mine.inInterrupt(true).onTime();
        else mine.inInterrupt(false).neverEarly().during(run.view.calls("service"));
      }
      run.values("pending").are(0, 0, 1, 1);
      run.values("service").are(2, 0);
    },
  }),
  law({
    id: "CALL-23",
    title: "a queued soft timer, restarted many times",
    statement:
      "Restarting or stopping a soft timer whose callback waits, many times the capacity, uses nothing up: one callback waits at the end.",
    origin: ["POSIX check_rearm", "MicroPython mpirq"],
    needs: ["soft"],
    restsOn: ["queuedOnStop", "startOfRunning", "granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const period = Math.max(env.op, env.board.latencies.minDeltaTicks);
        const [restarted, stopped] = [0, 1].map(() =>
          timer({ mode: "one-shot", period, dispatch: "soft" }),
        );
        if (restarted === undefined || stopped === undefined) return;
        const wait = period + 3 * env.op + env.late;
        main.repeat(repetitions(env, 4 * env.board.timers), (body) =>
          body.start(restarted).start(stopped).sleep(wait).stop(stopped),
        );
        main.service().service().count(restarted);
        withoutRecords(main, (list) => list.start(stopped).sleep(wait));
        main.service().count(stopped);
      }),
    judge: (run) => {
      run.values("service").are(1, 0, 1);
      run.values("count", 0).are(1);
      run.values("count", 1).are(1);
      run.expiries().exactly(2).neverEarly().during(run.view.calls("service"));
    },
  }),
];
