import { type Program, program, type TimerRef } from "@escapement/scenario";
import type { Call, Expiry, Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { shortDelay, sweepOver, withoutRecords } from "../units.js";

/** Values of a sweep around an expiry. */
const sweepSteps = 64;

/** Delays after the start returned, from surely before the expiry to surely after it. */
export function aroundExpiry(env: LawEnv) {
  return sweepOver(
    env,
    shortDelay(env) - 5 * env.op,
    shortDelay(env) + env.late + env.op,
    sweepSteps,
  );
}

/**
 * Whether an expiry after a stop is one that the stop found in flight: where an interrupt comes
 * just after the HAL called the handler, the handler's first operation is recorded after the interrupt.
 */
export function wasInFlight(run: Judge, stop: Call, expiry: Expiry): boolean {
  if (stop.result !== "in-flight" || stop.context < 2) return false;
  return expiry.at - stop.until <= 2 * run.env.op;
}

/** Of removed and "the handler ran" exactly one is true, and nothing comes after the stop. */
export function checkRemovedOrRan(run: Judge): void {
  run.expiries(0).onTime(2 * run.env.op);
  const stop = run.call("stop", 0);
  const ran = run.view.expiries(0).length;
  if (stop.result === "removed") run.expiries(0).exactly(0);
  else if (stop.result === "fired" || stop.result === "in-flight") run.expiries(0).exactly(1);
  else
    run.say(`stop returned "${stop.result}" of a started timer that ran ${ran} times`, stop.index);
  for (const each of run.view.expiries(0)) {
    if (each.index < stop.index || wasInFlight(run, stop, each)) continue;
    run.say(`the handler ran after stop returned "${stop.result}"`, each.index);
  }
}

/** The sweep has to have met the timer before its expiry and after it. */
export function checkBothSidesMet(runs: readonly Judge[]): void {
  const results = runs.flatMap((run) => run.view.results("stop", 0));
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
    main.sleep(shortDelay(env) + tail);
  });
}
