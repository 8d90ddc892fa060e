import { type Program, program, type TimerRef } from "@escapement/scenario";
import { type Call, type Expiry, type Judge, saidOf } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { shortDelay, sweepOver, withoutRecords } from "../units.js";

/** Values of a sweep around an expiry. */
const sweepSteps = 64;

/** Delays after the start returned, from surely before the expiry to surely after it. */
export function aroundExpiry(env: LawEnv) {
  const rounded = env.semantics.granularityTicks - 1;
  return sweepOver(
    env,
    Math.max(0, shortDelay(env) - 5 * env.op - rounded),
    shortDelay(env) + env.late + env.op + 2 * rounded,
    sweepSteps,
  );
}

/**
 * Whether an expiry after a stop is one that the stop found in flight: where an interrupt comes
 * just after the HAL called the handler, the handler's first operation is recorded after the interrupt.
 */
export function wasInFlight(run: Judge, stop: Call, expiry: Expiry): boolean {
  if (!saidOf(run.env, "in-flight").includes(stop.result) || stop.context < 2) return false;
  return expiry.at - stop.until <= 2 * run.env.op;
}

/** Of removed and "the handler ran" exactly one is true, and nothing comes after the stop. */
export function checkRemovedOrRan(run: Judge): void {
  run.expiries(0).onTime(2 * run.env.op);
  const stop = run.call("stop", 0);
  const ran = run.view.expiries(0).length;
  const didRun = [...saidOf(run.env, "fired"), ...saidOf(run.env, "in-flight")];
  if (stop.result === "removed") run.expiries(0).exactly(0);
  else if (stop.result === "ok") run.that(ran <= 1, `the handler ran ${ran} times`, stop.index);
  else if (didRun.includes(stop.result)) run.expiries(0).exactly(1);
  else
    run.say(`stop returned "${stop.result}" of a started timer that ran ${ran} times`, stop.index);
  for (const each of run.view.expiries(0)) {
    if (each.index < stop.index || wasInFlight(run, stop, each)) continue;
    run.say(`the handler ran after stop returned "${stop.result}"`, each.index);
  }
}

/** The sweep has to have met the timer before its expiry and after it. */
export function checkBothSidesMet(runs: readonly Judge[]): void {
  const results = runs.flatMap((run) =>
    run.view
      .results("stop", 0)
      .map((result) => (result !== "ok" ? result : run.view.expiries(0)[0] ? "fired" : "removed")),
  );
  const removed = results.filter((result) => result === "removed").length;
  const last = runs.at(-1);
  if (removed > 0 && removed < results.length) return;
  last?.say(
    `${removed} of ${results.length} stops returned "removed"; the sweep met only one side`,
  );
}

/** A one-shot that starts, and the second interrupt that runs a list at each tick around its expiry. */
export function interruptAroundExpiry(
  env: LawEnv,
  build: (list: { stop(t: TimerRef): unknown; start(t: TimerRef): unknown }, t: TimerRef) => void,
  tail: number,
): Program {
  return program(({ main, timer, interrupt, sweep, variable }) => {
    const t = timer({ mode: "one-shot", period: shortDelay(env) });
    const irq = interrupt();
    build(irq.handler, t);
    sweep(aroundExpiry(env));
    withoutRecords(main, (list) => list.start(t).interrupt(irq, variable()));
    main.sleep(shortDelay(env) + tail + 4 * (env.semantics.granularityTicks - 1));
  });
}
