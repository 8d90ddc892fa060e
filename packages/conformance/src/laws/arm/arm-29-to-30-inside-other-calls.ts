import {
  type Capability,
  type MainList,
  program,
  type ThreadList,
  type TimerRef,
} from "@escapement/scenario";
import type { Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { has, repetitions, shortDelay, sweepOver, withoutRecords } from "../units.js";

/** What the calls are made on. */
interface Others {
  /** A hard one-shot that is not due before the program is over. */
  readonly other: TimerRef;
  /** A soft one-shot, due at once. */
  readonly soft: TimerRef;
  /** The delay of `other`. */
  readonly delay: number;
  /** Long enough for `soft` to be due, and served as an interrupt. */
  readonly pause: number;
}

/** A call that the deadline falls into. */
interface Crossed {
  readonly needs?: Capability;
  /** What has to be done for it well before. */
  before?(list: ThreadList, others: Others): unknown;
  add(list: MainList, others: Others): unknown;
}

/** Not over before the program is. */
function far(env: LawEnv): number {
  return 64 * shortDelay(env);
}

/** Calls on another timer, and on none, in an order in which each has something to do. */
const calls: readonly Crossed[] = [
  { add: (list, { other }) => list.start(other) },
  { add: (list, { other }) => list.start(other) },
  { needs: "start-at", add: (list, { other, delay }) => list.startAt(other, { delta: delay }) },
  { needs: "set-period", add: (list, { other, delay }) => list.setPeriod(other, delay) },
  { needs: "remaining", add: (list, { other }) => list.remaining(other) },
  { add: (list, { other }) => list.pending(other) },
  { add: (list) => list.read() },
  { needs: "stats", add: (list) => list.stats() },
  { add: (list, { other }) => list.stop(other) },
  { add: (list, { other }) => list.stop(other) },
  { needs: "overrun-policy", add: (list, { other }) => list.overruns(other) },
  {
    needs: "soft",
    before: (list, { soft, pause }) => list.start(soft).sleep(pause),
    add: (list) => list.service(),
  },
  { needs: "soft", add: (list) => list.service() },
  { add: (list, { other }) => list.init(other) },
  { needs: "shutdown", add: (list, { other }) => list.shutdown(other) },
  { add: (list, { other }) => list.deinit(other) },
];

function crossedCalls(env: LawEnv): readonly Crossed[] {
  return calls.filter(({ needs }) => has(env, needs));
}

/** What the interrupted calls return, whether or not they were interrupted. */
function judgeResults(run: Judge, env: LawEnv): void {
  run.results("start", 1).are("armed", "armed");
  run.results("stop", 1).are("removed", "idle");
  run.values("pending", 1).are(1);
  for (const { value, at, index } of run.reads().atLeast(2).items) {
    const most = at + 2 * env.op + env.late;
    run.that(value >= at && value <= most, `read ${value}, expected ${at} to ${most}`, index);
  }
  if (has(env, "start-at")) run.results("startAt", 1).are("armed");
  if (has(env, "overrun-policy")) run.values("overruns", 1).are(0);
  if (has(env, "soft")) run.values("service").are(1, 0);
  run.expiries(2).exactly(has(env, "soft") ? 1 : 0);
  if (has(env, "remaining")) run.values("remaining", 1).within(1, far(env));
  if (!has(env, "stats")) return;
  for (const { allocated, pending, retired, index } of run.stats(1)) {
    const seen = `${allocated} allocated, ${pending} pending and ${retired} retired`;
    const holds = allocated === 3 && pending >= 1 && pending <= 2 && retired === 0;
    run.that(holds, `${seen}, expected 3, 1 to 2 and 0`, index);
  }
}

/** An interrupt or an expiry that comes inside a call. */
export const arm29To30 = [
  law({
    id: "ARM-29",
    title: "a start inside a start",
    statement:
      "An interrupt that starts the timer which the thread is just starting, at any instruction, leaves one arming: the handler runs once.",
    origin: ["Zephyr 63491", "NuttX 9116ed9"],
    needs: ["second-interrupt"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        const irq = interrupt();
        irq.handler.start(t);
        sweep(sweepOver(env, 0, 4 * env.op, 48));
        withoutRecords(main, (list) => list.interrupt(irq, variable()));
        // Started over where it runs: that takes it out of the queue and puts it in again.
        main
          .start(t)
          .start(t)
          .sleep(3 * shortDelay(env));
        main
          .start(t)
          .sleep(2 * shortDelay(env))
          .pending(t);
      }),
    judge: (run, env) => {
      const expiries = run
        .expiries(0)
        .exactly(2)
        .onTime(2 * env.op);
      run
        .these([expiries.nth(2)], 0)
        .from(run.call("start", 0, run.view.calls("start", 0).length), shortDelay(env));
      run.values("pending", 0).are(0);
    },
  }),
  law({
    id: "ARM-30",
    title: "a deadline inside any other call",
    statement:
      "A deadline that is reached anywhere inside a call on another timer runs the handler once and in time, and the call returns what it would have returned.",
    origin: ["MicroPython 18728"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        const delay = far(env);
        const other = timer({ mode: "one-shot", period: delay });
        const dispatch = has(env, "soft") ? "soft" : "hard";
        const soft = timer({ mode: "one-shot", period: 1, dispatch });
        const others: Others = { other, soft, delay, pause: shortDelay(env) };
        // From before the call to after it: the delay counts from inside the start.
        sweep(sweepOver(env, shortDelay(env) - 3 * env.op, shortDelay(env), repetitions(env, 40)));
        main.capture(0);
        for (const { before, add } of crossedCalls(env)) {
          if (before !== undefined) withoutRecords(main, (list) => before(list, others));
          main.start(t);
          withoutRecords(main, (list) => list.spin(variable()));
          add(main, others);
          withoutRecords(main, (list) => list.sleep(shortDelay(env)));
        }
      }),
    judge: (run, env) => {
      const { length } = crossedCalls(env);
      const expiries = run
        .expiries(0)
        .exactly(length)
        .inInterrupt(true)
        .onTime(2 * env.op);
      for (let nth = 1; nth <= length; nth += 1) {
        run.these([expiries.nth(nth)], 0).from(run.call("start", 0, nth), shortDelay(env));
      }
      run.expiries(1).exactly(0);
      judgeResults(run, env);
    },
  }),
];
