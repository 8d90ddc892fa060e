import { type Program, program } from "@escapement/scenario";

/**
 * Plans on which the two HALs once differed, by what they are about. Times are quarters of a unit.
 */
export const foundPlans: Readonly<Record<string, Program>> = {
  "a period for a timer that was shut down (STOP-17)": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 4 });
    main.phase(0).start(t).shutdown(t).setPeriod(t, 8);
  }),
  "a period out of range for a timer that was never made": program(({ main, timer }) => {
    const t = timer({ mode: "one-shot", period: 0 });
    main.phase(0).setPeriod(t, 0);
  }),
  "a soft periodic timer that waits is not in the queue": program(({ main, timer }) => {
    const t = timer({ mode: "periodic", period: 4, dispatch: "soft" });
    main.phase(0).start(t).sleep(10).stats().remaining(t).overruns(t).service().overruns(t);
  }),
  "periods of a burst that are still due": program(({ main, timer }) => {
    const t = timer({ mode: "periodic", period: 4, dispatch: "soft", overrun: "burst" });
    t.handler.remaining(t);
    main.phase(0).start(t).sleep(10).service();
  }),
  "a new period while periods of a burst are due": program(({ main, timer }) => {
    const t = timer({ mode: "periodic", period: 8, dispatch: "soft", overrun: "burst" });
    t.handler.when(1).setPeriod(t, 4);
    main.phase(0).start(t).sleep(26).service().sleep(4).service();
  }),
  "a burst beside a coalesce timer, in two passes (CALL-13)": program(({ main, timer }) => {
    const one = timer({ mode: "periodic", period: 10, dispatch: "soft" });
    const other = timer({ mode: "periodic", period: 4, dispatch: "soft", overrun: "burst" });
    main.phase(0).start(other).start(one).sleep(58).service().mark(1).service();
  }),
  "one armed for a deadline that has passed, after what was due (ARM-32)": program(
    ({ main, timer }) => {
      const first = timer({ mode: "one-shot", period: 4 });
      const late = timer({ mode: "one-shot", period: 4 });
      main.phase(0).capture().mask().start(first).spin(10).startAt(late, { delta: 2 }).restore();
    },
  ),
  "slots that come back as service() begins (REG-09)": program(({ main, timer }) => {
    const forgotten = timer({ mode: "one-shot", period: 4 });
    const soft = timer({ mode: "one-shot", period: 4, dispatch: "soft" });
    soft.handler.stats();
    main.phase(0).spawn(forgotten).start(soft).sleep(6).service();
  }),
};
