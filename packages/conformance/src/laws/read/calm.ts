import { program } from "@escapement/scenario";
import { counted, listed } from "../../check/index.js";
import { law } from "../define.js";
import { chances, quietly, repeating, span } from "../units.js";

/** Reads anywhere: order, cost, and what they leave as it was. */
export const calmReads = [
  law({
    id: "READ-03",
    title: "no step back, back to back",
    statement: "Back-to-back reads never decrease.",
    origin: ["Zephyr timer_monotonic", "ArduinoCore-renesas 49"],
    program: (env) =>
      program(({ main }) => {
        main
          .read()
          .readMany(chances(env, 1000))
          .read()
          .sleep(env.us(100))
          .readMany(chances(env, 1000))
          .read();
      }),
    judge: (run, env) => {
      run.values("readMany").are(0, 0);
      const reads = run.reads().atLeast(3).neverDecrease();
      const passed = reads.nth(3).value - reads.nth(1).value;
      const least = run.ticks(env.us(100));
      run.that(
        passed >= env.us(100),
        `${run.ticks(passed)} passed by the clock, at least ${least}`,
      );
    },
  }),
  law({
    id: "READ-05",
    title: "the interrupt state stays as found",
    statement:
      "A read restores the interrupt state as it found it: masked stays masked, enabled stays enabled.",
    origin: ["MicroPython samd ed86fdb", "Ganssle 2001"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        t.handler.enabled().read().enabled();
        main.enabled().read().enabled().mask().enabled().read().enabled();
        main.mask().read().enabled().restore().enabled().restore().enabled();
        main.start(t).sleep(3 * span(env));
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime();
      run.reads().atLeast(4).neverDecrease();
      const calls = run.view.calls("enabled");
      const thread = calls.filter((call) => call.context === 0).map((call) => call.value);
      const inside = calls.filter((call) => call.context > 0).map((call) => call.value);
      const expected = [1, 1, 0, 0, 0, 0, 1];
      run.that(
        thread.join() === expected.join(),
        `enabled gave ${listed(thread, "nothing")} in the thread, expected ${listed(expected)}`,
      );
      const same = inside.length === 2 && inside[0] === inside[1];
      const seen =
        inside.length === 2
          ? `a read in the handler turned enabled from ${inside.join(" to ")}`
          : `enabled was asked ${counted(inside.length, "time")} in the handler, expected 2`;
      run.that(same, seen);
    },
  }),
  law({
    id: "READ-13",
    title: "readable before any timer exists",
    statement: "The time is readable before any timer exists.",
    origin: ["Embassy 01d8543"],
    program: (env) =>
      program(({ main }) => {
        main.read().spin(env.beat).read();
      }),
    judge: (run, env) => {
      const reads = run.reads().atLeast(2);
      const passed = reads.nth(2).value - reads.nth(1).value;
      const spin = run.call("spin");
      const most = spin.until - reads.nth(1).at + 2 * env.op;
      run.that(
        passed >= env.beat && passed <= most,
        `${run.ticks(passed)} passed by the clock, expected ${env.beat} to ${most}`,
        reads.nth(2).index,
      );
    },
  }),
  law({
    id: "READ-18",
    title: "a read is bounded",
    statement: "A read takes no longer than the operation time that the board states.",
    origin: ['ESP-IDF "takes less than 1 us"'],
    needs: ["reference"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        t.handler.read().read();
        main.read().read().read().read();
        quietly(main, (list) => list.start(t));
        main
          .sleep(3 * span(env))
          .read()
          .read();
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(1).onTime();
      const clock = env.board.reference ?? run.missing("the board describes no reference clock");
      for (const read of run.reads().atLeast(8).neverDecrease().items) {
        const window = read.reference ?? run.missing("a read has no reference");
        const took = (window.return - window.call + clock.modulusTicks) % clock.modulusTicks;
        const ticks = Math.floor((took * env.board.frequencyHz) / clock.frequencyHz);
        const message = `a read took ${run.ticks(ticks)}, at most ${run.ticks(env.op)}`;
        run.that(ticks <= env.op, message, read.index);
      }
    },
  }),
  law({
    id: "READ-19",
    title: "arming and stopping do not shift time",
    statement: "Arming, moving and stopping timers does not shift the time.",
    origin: ["Zephyr timeout_churn", "timer_starve"],
    needs: ["reference"],
    program: (env) =>
      program(({ main, timer }) => {
        const near = timer({ mode: "one-shot", period: env.beat });
        const far = timer({ mode: repeating(env), period: 50 * env.beat });
        main.read();
        for (let round = 0; round < 3; round += 1) {
          main.repeat(30, (body) => body.start(near).start(far).start(near).stop(near).stop(far));
          main.read();
        }
      }),
    judge: (run) => {
      run.reads().atLeast(4).neverDecrease().matchReference();
    },
  }),
];
