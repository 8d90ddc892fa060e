import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { shortDelay, sweepOver, withoutRecords } from "../units.js";

/** What a stop has to end after two contexts set the same timer up. */
export const stop32 = [
  law({
    id: "STOP-32",
    title: "silence after set-ups that crossed",
    statement:
      "A periodic timer that an interrupt sets up and starts while the thread does the same, at any instruction, has one schedule, and a stop ends it.",
    origin: ["Zephyr 63491", "MicroPython rp2 Timer.init"],
    needs: ["second-interrupt", "periodic"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const period = shortDelay(env);
        const t = timer({ mode: "periodic", period });
        const irq = interrupt();
        irq.handler.init(t).start(t);
        sweep(sweepOver(env, 0, 5 * env.op, 40));
        withoutRecords(main, (list) => list.interrupt(irq, variable()));
        main
          .init(t)
          .start(t)
          .sleep(Math.ceil(3.25 * period))
          .stop(t)
          .mark(1);
        main.sleep(3 * period).pending(t);
      }),
    judge: (run, env) => {
      const silentFrom = run.mark(1).index;
      const all = run
        .expiries(0)
        .atLeast(2)
        .onTime(2 * env.op);
      all.spaced(shortDelay(env));
      // An interrupt between a call's return and its record puts its own records first.
      const byReturn = run.view.calls("start", 0).sort((a, b) => a.until - b.until);
      const last = byReturn.at(-1) ?? run.call("start", 0);
      all.from(last, shortDelay(env));
      const after = all.items.filter(({ index }) => index > silentFrom);
      run.these(after, 0).exactly(0);
      run.results("stop", 0).are("removed");
      run.values("pending", 0).are(0);
    },
  }),
];
