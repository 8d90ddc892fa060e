import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { shortDelay, sweepOver, withoutRecords } from "../units.js";

/** A delay that is over before the interrupt that comes in between is. */
function delayOf(env: LawEnv): number {
  return Math.max(env.op, 2 * env.board.latencies.minDeltaTicks);
}

/** Armings that are due at once, or before the call has returned. */
export const arm16To20 = [
  law({
    id: "ARM-16",
    title: "a compare written too late",
    statement:
      "A compare written too late, because an interrupt came between, is noticed: the handler comes late by that interrupt, not by a lap.",
    origin: ["Embassy 3672", "Pico 1953", "Embassy 6528"],
    needs: ["second-interrupt", "start-at"],
    restsOn: ["pastDeadline", "granularityTicks"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const delay = delayOf(env);
        const relative = timer({ mode: "one-shot", period: delay });
        const exact = timer({ mode: "one-shot", period: 1 });
        const irq = interrupt();
        irq.handler.spin(2 * delay).mark(1);
        sweep(sweepOver(env, 0, 4 * env.op, 56));
        withoutRecords(main, (list) => list.interrupt(irq, variable()));
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
    id: "ARM-17",
    title: "below the least delta",
    statement:
      "Delays at and below the least that the hardware can match are served, late by at most the stated bound.",
    origin: ["Tock d6e46d7", "nRF RTC", "RIOT CONFIG_ZTIMER_USEC_MIN"],
    needs: ["start-at"],
    restsOn: ["pastDeadline", "granularityTicks"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const relative = timer({ mode: "one-shot", period: variable(1) });
        const exact = timer({ mode: "one-shot", period: 1 });
        sweep(sweepOver(env, 0, env.board.latencies.minDeltaTicks + 2, 16));
        for (let round = 0; round < 3; round += 1) {
          main.start(relative);
          withoutRecords(main, (list) => list.sleep(variable(env.late + 3 * env.op)));
          main.capture(0).startAt(exact, { delta: variable() });
          withoutRecords(main, (list) => list.sleep(variable(env.late + 3 * env.op)));
        }
      }),
    judge: (run) => {
      const relative = run.expiries(0).exactly(3);
      const exact = run.expiries(1);
      exact.scheduledAt(...run.reads().items.map((read) => read.value + run.view.value));
      for (const [at, expiry] of relative.items.entries()) {
        run.these([expiry], 0).servedBy(run.call("start", 0, at + 1).until);
      }
      for (const [at, expiry] of exact.items.entries()) {
        run.these([expiry], 1).servedBy(run.call("startAt", 1, at + 1).until);
      }
    },
  }),
  law({
    id: "ARM-18",
    title: "armed in another's handler",
    statement:
      "A timer armed in another's handler fires at its own time, not in the same pass by an old reading of the clock.",
    origin: ["Tock test_second_alarm_set_during_first_alarm_firing, 536efff"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const atOnce = timer({ mode: "one-shot", period: shortDelay(env) });
        const afterWork = timer({ mode: "one-shot", period: shortDelay(env) });
        const first = timer({ mode: "one-shot", period: variable() });
        const second = timer({ mode: "one-shot", period: variable() });
        sweep(sweepOver(env, 1, 8 * env.op, 16));
        atOnce.handler.start(first).spin(env.op);
        afterWork.handler.spin(4 * env.op).start(second);
        main.start(atOnce).sleep(variable(2 * shortDelay(env)));
        main.start(afterWork).sleep(variable(2 * shortDelay(env) + 4 * env.op));
      }),
    judge: (run) => {
      for (const [by, armed] of [[0, 2] as const, [1, 3] as const]) {
        run.expiries(by).exactly(1).onTime();
        const expiry = run.expiries(armed).exactly(1);
        expiry.from(run.interruptCall("start", armed), run.view.value);
        const ends = run.view.exits(by)[0] ?? run.missing("the first handler never returned");
        expiry.servedBy(ends.at, run.env.op);
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
        sweep({ from: 1, count: 10, step: Math.ceil(shortDelay(env) / 10) });
        main
          .mask()
          .start(t)
          .spin(shortDelay(env) + 2 * env.op)
          .restore();
        withoutRecords(main, (list) => list.sleep(2 * shortDelay(env)));
      }),
    judge: (run, env) => {
      const restore = run.call("restore");
      const expiry = run.expiries(0).exactly(1).inInterrupt(true).nth(1);
      run.expiries(0).from(run.call("start", 0), run.view.value).servedBy(restore.at, env.op);
      run.that(expiry.at >= restore.at, "the handler ran with interrupts masked", expiry.index);
    },
  }),
  law({
    id: "ARM-20",
    title: "no delay, and not in the caller",
    statement: "A delay of zero runs the handler in its normal context, never inside the caller.",
    origin: ["Pico 1555", "Tock TRD 3 rule 1"],
    needs: ["start-at", "mask"],
    restsOn: ["pastDeadline", "granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const masked = timer({ mode: "one-shot", period: 1 });
        const open = timer({ mode: "one-shot", period: 1 });
        const nested = timer({ mode: "one-shot", period: 1 });
        open.handler.capture(1).startAt(nested, { register: 1, delta: 0 }).spin(env.op);
        main.mask().capture(0).startAt(masked, { delta: 0 }).mark(1).restore();
        main
          .sleep(shortDelay(env))
          .capture(2)
          .startAt(open, { register: 2, delta: 0 })
          .sleep(shortDelay(env));
      }),
    judge: (run) => {
      const expiries = run.expiries().exactly(3).inInterrupt(true);
      const [masked, open, inHandler] = [1, 2, 3].map((nth) => run.reads().nth(nth).value);
      const scheduled = expiries.items.map((each) => each.scheduled);
      run.that(
        scheduled.join() === [masked, open, inHandler].join(),
        `scheduled at ${listed(scheduled, "no time")}, expected ${masked}, ${open}, ${inHandler}`,
      );
      const first = run.expiries(0).exactly(1).nth(1);
      const inside = first.index < run.mark(1).index;
      run.that(!inside, "the handler ran with interrupts masked, inside the caller", first.index);
      const ends = run.view.exits(1)[0] ?? run.missing("the first handler never returned");
      const nested = run.expiries(2).exactly(1).nth(1);
      const within = "the handler ran inside the handler that armed it";
      run.that(nested.index > ends.index, within, nested.index);
      run.these(expiries.items.slice(0, 1)).servedBy(run.call("restore").at, run.env.op);
    },
  }),
];
