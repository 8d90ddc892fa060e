import { program } from "@escapement/scenario";
import { law } from "../define.js";
import {
  beforeWrap,
  repetitions,
  shortDelay,
  sweepOver,
  wholeLap,
  withoutRecords,
} from "../units.js";

/** Reads in interrupt context, and inside a thread's read. */
export const read06To08 = [
  law({
    id: "READ-06",
    title: "true time in a handler",
    statement:
      "A read in interrupt context lies between the true time at its call and at its return, at every phase around the wrap.",
    origin: ["RIOT xtimer_now_irq", "Arduino 7ea4cb3"],
    needs: ["reference", "phase"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const delay = shortDelay(env);
        const t = timer({ mode: "one-shot", period: delay });
        t.handler.read().read();
        const early = delay + 4 * env.op + env.late;
        sweep(sweepOver(env, beforeWrap(env, early), Math.max(0, wholeLap(env) - delay), 80));
        withoutRecords(main, (list) => list.phase(variable()));
        main.read();
        withoutRecords(main, (list) => list.start(t));
        // A deadline is rounded up to a tick of the system.
        main.sleep(delay + env.semantics.granularityTicks - 1 + env.late + 4 * env.op);
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime();
      run.reads().atLeast(3).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-07",
    title: "an interrupt's read inside a thread's",
    statement: "A thread's read stays right when an interrupt that also reads lands inside it.",
    origin: ["avr8js 37", "RP2040 TIMEHR latch"],
    needs: ["reference", "phase", "second-interrupt"],
    program: (env) =>
      program(({ main, interrupt, sweep, variable }) => {
        const irq = interrupt();
        irq.handler.read();
        const ahead = env.systematic === true ? Math.ceil(env.op / 2) : 2 * env.op;
        sweep(sweepOver(env, 1, 2 * ahead, 96));
        withoutRecords(main, (list) => list.phase(beforeWrap(env, ahead)));
        main.read();
        main.interrupt(irq, variable()).readMany(repetitions(env, 200)).read();
        withoutRecords(main, (list) => list.sleep(4 * env.op));
      }),
    judge: (run) => {
      run.values("readMany").are(0);
      const reads = run.reads().matchReference();
      const inside = reads.items.filter((read) => read.context > 0).length;
      // The interrupt may come in the last sleep, where nothing but expiries is recorded.
      run.that(inside <= 1, `${inside} reads of one interrupt in the trace`);
    },
    whole: (runs) => {
      const inside = runs.filter((run) => run.view.interrupts().length > 0).length;
      // Few, where the board states a far longer operation time than its reads take.
      if (inside < 1) {
        runs[0]?.say(
          `the interrupt came among the reads in ${inside} of ${runs.length} iterations`,
        );
      }
    },
  }),
  law({
    id: "READ-08",
    title: "true time in a nested interrupt",
    statement:
      "A read in an interrupt that interrupted the timer's own interrupt is true, also between the overflow's acknowledgement and its count.",
    origin: ["DigistumpArduino 136"],
    needs: ["reference", "phase", "second-interrupt", "nesting"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        t.handler.spin(2 * env.op);
        const irq = interrupt();
        irq.handler.read().read();
        sweep(sweepOver(env, 0, 6 * env.op, 96));
        // Once just after the wrap, in the overflow interrupt, and once in the timer's handler.
        for (const lead of [3 * env.op, 3 * env.op, shortDelay(env) + 2 * env.op]) {
          withoutRecords(main, (list) => list.phase(beforeWrap(env, lead)));
          main.read();
          withoutRecords(main, (list) => list.start(t));
          // Not in the quiet part: it may come inside the very call, and its reads are the evidence.
          main
            .interrupt(irq, variable(lead - 3 * env.op))
            .sleep(2 * shortDelay(env) + 6 * env.op)
            .read();
        }
      }),
    judge: (run) => {
      run
        .expiries(0)
        .exactly(3)
        .onTime(2 * run.env.op);
      run.reads().atLeast(12).neverDecrease().matchReference();
    },
  }),
];
