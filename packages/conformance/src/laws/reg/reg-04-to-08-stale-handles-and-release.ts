import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has, repeating, sweepOver, withoutRecords } from "../units.js";

/** Released timers: stale handles, and who gives a slot back. */
export const reg04To08 = [
  law({
    id: "REG-04",
    title: "a stale handle is refused",
    statement: "A stale handle is refused with stale-handle.",
    origin: ["RTEMS ids", "Pico 15-bit sequence"],
    needs: ["generations"],
    refusals: ["stale-handle"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        main
          .start(t)
          .deinit(t)
          .start(t)
          .stop(t)
          .sleep(2 * env.beat);
      }),
    judge: (run) => {
      run.results("start", 0).are("armed", "stale-handle");
      run.results("stop", 0).are("stale-handle");
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "REG-05",
    title: "a stale handle reaches no other timer",
    statement: "A stale handle never reaches the timer that has its slot now.",
    origin: ["Pico id reuse", "fake-timers 549"],
    needs: ["generations", "spawn"],
    restsOn: ["unreferenced"],
    refusals: ["stale-handle"],
    program: (env) =>
      program(({ main, timer }) => {
        const old = timer({ mode: "one-shot", period: env.beat });
        const fresh = timer({ mode: "one-shot", period: 4 * env.beat, quiet: true });
        // Every free slot is taken, so one of the new timers has the old one's.
        main
          .deinit(old)
          .collect()
          .repeat(env.board.timers - 1, (body) => body.spawn(fresh));
        main
          .stop(old)
          .start(old)
          .deinit(old)
          .sleep(6 * env.beat)
          .count(fresh);
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("stale-handle");
      run.results("start", 0).are("stale-handle");
      run.expiries(0).exactly(0);
      run.values("count", 1).are(env.board.timers - 1);
    },
  }),
  law({
    id: "REG-06",
    title: "an interrupt never unlinks",
    statement:
      "An interrupt never links or unlinks the registry: what it releases stays allocated until a collecting call.",
    origin: ["MicroPython 18728"],
    needs: ["spawn", "stats", "second-interrupt"],
    program: (env) =>
      program(({ main, timer, interrupt }) => {
        const released = timer({ mode: "one-shot", period: 8 * env.beat });
        const once = timer({ mode: "one-shot", period: env.op, quiet: true });
        const irq = interrupt();
        irq.handler.deinit(released);
        main.start(released).stats().interrupt(irq, env.op).sleep(env.beat).stats();
        main.collect().stats().spawn(once).sleep(env.beat).stats().collect().stats();
      }),
    judge: (run) => {
      run.that(run.call("deinit", 0).context > 0, "the timer was not released in the interrupt");
      const expected = ["2/1/0", "2/0/1", "1/0/0", "2/0/1", "1/0/0"];
      for (const [at, stats] of run.stats(5).entries()) {
        const seen = `${stats.allocated}/${stats.pending}/${stats.retired}`;
        const message = `allocated/pending/retired were ${seen}, expected ${expected[at]}`;
        run.that(seen === expected[at], message, stats.index);
      }
      run.expiries(0).exactly(0);
    },
  }),
  law({
    id: "REG-07",
    title: "released in its own handler",
    statement:
      "A timer released in its own handler fires no more, its slot comes back at a collecting call, service() too, and nothing of it is in the timer that has the slot then.",
    origin: ["ESP-IDF delete from callback", "Linux free in handler"],
    needs: ["spawn", "stats", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.deinit(t);
        main
          .stats()
          .start(t)
          .sleep(4 * env.beat)
          .collect()
          .stats();
        if (!has(env, "soft")) return;
        // In a soft callback, which runs in the thread, a timer can be made at once.
        const soft = timer({ mode: "one-shot", period: env.beat, dispatch: "soft" });
        const made = timer({ mode: "one-shot", period: env.beat });
        soft.handler.deinit(soft).init(made).start(made).stop(made);
        main.deinit(made).init(t).start(t).start(soft);
        main
          .sleep(4 * env.beat)
          .service()
          .service()
          .stats();
      }),
    judge: (run, env) => {
      const soft = has(env, "soft");
      run
        .expiries(0)
        .exactly(soft ? 2 : 1)
        .onTime();
      run.results("deinit").all("ok");
      const counts = soft ? [3, 2, 1] : [1, 0];
      for (const [at, stats] of run.stats(counts.length).entries()) {
        const seen = `${stats.allocated} allocated and ${stats.retired} retired at count ${at + 1}`;
        const holds = stats.allocated === counts[at] && stats.retired === 0;
        run.that(holds, `${seen}, expected ${counts[at]} and 0`, stats.index);
      }
      if (!soft) return;
      run.values("service").are(1, 0);
      run.expiries(1).exactly(1).neverEarly().during(run.view.calls("service"));
      run.results("stop", 2).are("removed");
      run.expiries(2).exactly(0);
    },
  }),
  law({
    id: "REG-08",
    title: "an interrupt releases while a timer is made",
    statement:
      "An interrupt that releases a timer while the thread makes one, at any instruction, leaves the registry intact.",
    origin: ["MicroPython 18728"],
    needs: ["spawn", "stats", "second-interrupt"],
    restsOn: ["unreferenced"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const released = timer({ mode: repeating(env), period: 9 * env.beat });
        const once = timer({ mode: "one-shot", period: 9 * env.beat, quiet: true });
        const irq = interrupt();
        irq.handler.deinit(released);
        sweep(sweepOver(env, 0, 4 * env.op, 64));
        withoutRecords(main, (list) => list.start(released).interrupt(irq, variable()).spawn(once));
        withoutRecords(main, (list) => list.sleep(5 * env.op).collect());
        main.stats();
        main.repeat(env.board.timers - 2, (body) => body.spawn(once)).stats();
      }),
    judge: (run, env) => {
      const [whole, full] = run.stats(2);
      if (whole === undefined || full === undefined) return;
      const seen = `${whole.allocated} allocated, ${whole.pending} pending, ${whole.retired} retired`;
      const holds = whole.allocated === 2 && whole.pending === 1 && whole.retired === 0;
      run.that(holds, `${seen}, expected 2, 1 and 0`, whole.index);
      const most = env.board.timers;
      const message = `${full.allocated} allocated and ${full.pending} pending when full, expected ${most} and ${most - 1}`;
      run.that(full.allocated === most && full.pending === most - 1, message, full.index);
    },
  }),
];
