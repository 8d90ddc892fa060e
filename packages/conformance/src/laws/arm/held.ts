import { program } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { quietly, span, sweepOver } from "../units.js";

/** A delay that is over before the interrupt that comes in between is. */
function delayOf(env: LawEnv): number {
  return Math.max(env.op, 2 * env.board.latencies.minDeltaTicks);
}

/** Armings that an interrupt or a masked window holds up. */
export const armHeld = [
  law({
    id: "ARM-16",
    title: "a compare written too late",
    statement:
      "A compare written too late, because an interrupt came between, is noticed: the handler comes late by that interrupt, not by a lap.",
    origin: ["Embassy 3672", "Pico 1953", "Embassy 6528"],
    needs: ["second-interrupt", "start-at"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const delay = delayOf(env);
        const relative = timer({ mode: "one-shot", period: delay });
        const exact = timer({ mode: "one-shot", period: 1 });
        const irq = interrupt();
        irq.handler.spin(2 * delay).mark(1);
        sweep(sweepOver(env, 0, 4 * env.op, 56));
        quietly(main, (list) => list.interrupt(irq, variable()));
        main.capture(0).start(relative).startAt(exact, { delta: delay });
        main.sleep(4 * delay + 6 * env.op + 2 * env.late);
      }),
    judge: (run, env) => {
      const relative = run.expiries(0).exactly(1);
      relative.from(run.call("start", 0), delayOf(env));
      const exact = run.expiries(1).scheduledAt(run.reads().nth(1).value + delayOf(env));
      for (const [op, { items }] of [["start", relative] as const, ["startAt", exact] as const]) {
        const start = run.call(op);
        for (const expiry of items) {
          // The interrupt holds a handler up only where it came before it.
          const before = run.view.marks(1).filter((mark) => mark.index < expiry.index);
          const held = Math.max(start.until, before[0]?.at ?? start.until);
          run.these([expiry], expiry.timer).servedBy(held, 2 * env.op);
        }
      }
    },
  }),
  law({
    id: "ARM-19",
    title: "armed and due while masked",
    statement:
      "A timer armed with interrupts masked, and due before they are restored, fires once after the restore.",
    origin: ["Pico 1555", "Zephyr 15510"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: variable() });
        sweep({ from: 1, count: 10, step: Math.ceil(span(env) / 10) });
        main
          .mask()
          .start(t)
          .spin(span(env) + 2 * env.op)
          .restore();
        quietly(main, (list) => list.sleep(2 * span(env)));
      }),
    judge: (run, env) => {
      const restore = run.call("restore");
      const expiry = run.expiries(0).exactly(1).inInterrupt(true).nth(1);
      run.expiries(0).from(run.call("start", 0), run.view.value).servedBy(restore.at, env.op);
      run.that(expiry.at >= restore.at, "the handler ran with interrupts masked", expiry.index);
    },
  }),
  law({
    id: "ARM-29",
    title: "a start inside a start",
    statement:
      "An interrupt that starts the timer which the thread is just starting, at any point, leaves one arming: the handler runs once.",
    origin: ["Zephyr 63491", "NuttX 9116ed9"],
    needs: ["second-interrupt"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        const irq = interrupt();
        irq.handler.start(t);
        sweep(sweepOver(env, 0, 4 * env.op, 48));
        quietly(main, (list) => list.interrupt(irq, variable()));
        // Started over where it runs: that takes it out of the queue and puts it in again.
        main
          .start(t)
          .start(t)
          .sleep(3 * span(env));
        main
          .start(t)
          .sleep(2 * span(env))
          .pending(t);
      }),
    judge: (run, env) => {
      const expiries = run
        .expiries(0)
        .exactly(2)
        .onTime(2 * env.op);
      run
        .these([expiries.nth(2)], 0)
        .from(run.call("start", 0, run.view.calls("start", 0).length), span(env));
      run.values("pending", 0).are(0);
    },
  }),
];
