import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { has, lap, nearLap, quietly, span, sweepOver } from "../units.js";

/** How long ago a reference is, so that the delta from it is one that the board takes. */
function longAgo(env: LawEnv): number {
  const asked = Math.ceil(2.5 * lap(env));
  // The delta is as much, and as far again as five sixths of it, at most a lap, and a span.
  const room = Math.floor((env.board.maxDelayTicks - span(env) - 2 * env.op - 6) / 2);
  return Math.min(asked, Math.max(span(env), room));
}

/** Starts at a reference and a delta: just ahead, just missed, nearly a lap away. */
export const armReference = [
  law({
    id: "ARM-05",
    title: "exactly reference plus delta",
    statement: "start({ reference, delta }) is scheduled for exactly reference + delta.",
    origin: ["Tock set_alarm", "Tock 1651"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        sweep({ from: span(env), count: 24, step: Math.ceil(env.beat / 24) });
        quietly(main, (list) => list.sleep(2 * env.op));
        main.capture(0).startAt(t, { back: env.op, delta: variable(env.op) });
        quietly(main, (list) => list.sleep(variable(span(env))));
      }),
    judge: (run) => {
      const moment = run.reads().nth(1).value + run.view.value;
      run.results("startAt", 0).are("armed");
      run.expiries(0).scheduledAt(moment).onTime();
    },
  }),
  law({
    id: "ARM-06",
    title: "just missed fires soon",
    statement: "A moment just missed returns late and fires once, soon, not a lap later.",
    origin: ["Pico 1953", "Zephyr test_late_alarm", "NuttX 20173"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        sweep(sweepOver(env, 0, 6 * env.op, 16));
        quietly(main, (list) => list.sleep(7 * env.op));
        main.capture(0);
        quietly(main, (list) => list.spin(1));
        main.startAt(t, { back: variable(), delta: 0 });
        quietly(main, (list) => list.sleep(lap(env) + span(env)));
      }),
    judge: (run) => {
      const start = run.call("startAt", 0);
      run.results("startAt", 0).are("late");
      const moment = run.reads().nth(1).value - run.view.value;
      run.expiries(0).scheduledAt(moment).servedBy(start.until);
    },
  }),
  law({
    id: "ARM-07",
    title: "just missed, and refused",
    statement:
      "With policy refuse, a moment just missed returns missed, nothing fires and nothing changes.",
    origin: ["Zephyr test_late_alarm_error"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer }) => {
        const running = timer({ mode: "one-shot", period: env.beat, late: "refuse" });
        const idle = timer({ mode: "one-shot", period: env.beat, late: "refuse" });
        main.start(running).capture(0).spin(env.op);
        main.startAt(running, { delta: 1 }).startAt(idle, { delta: 0 }).pending(idle);
        main.sleep(3 * env.beat);
      }),
    judge: (run, env) => {
      run.results("startAt").are("missed", "missed");
      run.values("pending", 1).are(0);
      run.expiries(0).exactly(1).from(run.call("start", 0), env.beat).onTime();
      run.expiries(1).exactly(0);
    },
  }),
  law({
    id: "ARM-08",
    title: "nearly a lap ahead is not missed",
    statement: "A moment nearly one lap ahead is not taken for one just missed.",
    origin: ["Tock within_range", "Zephyr guard period"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1, late: "refuse" });
        const most = nearLap(env, -1);
        sweep(sweepOver(env, Math.max(1, most - 4 * env.op), most, 12));
        main.capture(0).startAt(t, { delta: variable() });
        quietly(main, (list) => list.sleep(variable(lap(env) + span(env))));
      }),
    judge: (run) => {
      run.results("startAt", 0).are("armed");
      const moment = run.reads().nth(1).value + run.view.value;
      run.expiries(0).scheduledAt(moment).onTime();
    },
  }),
  law({
    id: "ARM-11",
    title: "starting again moves the expiry",
    statement: "Starting a running timer moves it: earlier or later, one expiry.",
    origin: ["rtic-time 1.1.0", "Embassy schedule_wake"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 4 * env.beat });
        const near = 2 * env.beat;
        const far = 4 * env.beat;
        main
          .capture(0)
          .startAt(t, { delta: far })
          .startAt(t, { delta: near })
          .sleep(6 * env.beat);
        main.capture(1).startAt(t, { register: 1, delta: near });
        main.startAt(t, { register: 1, delta: far }).sleep(6 * env.beat);
        main
          .start(t)
          .sleep(near)
          .start(t)
          .sleep(6 * env.beat);
      }),
    judge: (run, env) => {
      const first = run.reads().nth(1).value;
      const second = run.reads().nth(2).value;
      const all = run.expiries(0).exactly(3).onTime();
      const moved = [first + 2 * env.beat, second + 4 * env.beat];
      run.these(all.items.slice(0, 2), 0).scheduledAt(...moved);
      run.these(all.items.slice(2), 0).from(run.call("start", 0, 2), 4 * env.beat);
    },
  }),
  law({
    id: "ARM-20",
    title: "no delay, and not in the caller",
    statement: "A delay of zero runs the handler in its normal context, never inside the caller.",
    origin: ["Pico 1555", "Tock TRD 3 rule 1"],
    needs: ["start-at", "mask"],
    program: (env) =>
      program(({ main, timer }) => {
        const masked = timer({ mode: "one-shot", period: 1 });
        const open = timer({ mode: "one-shot", period: 1 });
        const nested = timer({ mode: "one-shot", period: 1 });
        open.handler.capture(1).startAt(nested, { register: 1, delta: 0 }).spin(env.op);
        main.mask().capture(0).startAt(masked, { delta: 0 }).mark(1).restore();
        main.sleep(span(env)).capture(2).startAt(open, { register: 2, delta: 0 }).sleep(span(env));
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
  law({
    id: "ARM-26",
    title: "a reference long ago",
    statement: "A reference long ago with a long delta is scheduled by their sum.",
    origin: ["Tock test_multiple_max_ticks_dt"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        const ago = longAgo(env);
        const step = Math.ceil(Math.min(lap(env), ago) / 6);
        sweep({ from: span(env), count: 6, step });
        quietly(main, (list) => list.sleep(env.op));
        main.capture(0);
        quietly(main, (list) => list.sleep(ago));
        main.startAt(t, { delta: variable(ago + 2 * env.op) });
        quietly(main, (list) => list.sleep(variable(2 * span(env))));
      }),
    judge: (run, env) => {
      const delta = run.view.value + longAgo(env) + 2 * env.op;
      run.results("startAt", 0).are("armed");
      run
        .expiries(0)
        .scheduledAt(run.reads().nth(1).value + delta)
        .onTime();
    },
  }),
  law({
    id: "ARM-27",
    title: "two timers a few ticks apart",
    statement: "Two timers 0 to N ticks apart both fire, in order, for every N of a sweep.",
    origin: ['ESP-IDF "very short intervals"'],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const first = timer({ mode: "one-shot", period: 1 });
        const second = timer({ mode: "one-shot", period: 1 });
        const delay = span(env);
        sweep(sweepOver(env, 0, 3 * env.op, 64));
        main.capture(0);
        quietly(main, (list) =>
          list.startAt(first, { delta: delay }).startAt(second, { delta: variable(delay) }),
        );
        quietly(main, (list) => list.sleep(variable(2 * delay)));
      }),
    judge: (run, env) => {
      const moment = run.reads().nth(1).value + span(env);
      const first = run.expiries(0).scheduledAt(moment);
      const second = run.expiries(1).scheduledAt(moment + run.view.value);
      const ordered = second.nth(1).index > first.nth(1).index;
      const anyOrder = run.view.value === 0 && !has(env, "equal-order");
      if (anyOrder && !ordered) first.servedBy(second.onTime().nth(1).at, env.op);
      else {
        second.servedBy(first.onTime().nth(1).at, env.op);
        run.that(ordered, "the later timer ran before the earlier one", second.nth(1).index);
      }
    },
  }),
];
