import { program } from "@escapement/scenario";
import type { Call, Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { blockPeriod, withoutRecords } from "../units.js";

/** What a timer does with periods that passed without a handler. */
export type Policy = "coalesce" | "burst" | "skip";

/** A periodic timer whose periods pass in a masked window, some five of them. */
export function periodsUnderMask(env: LawEnv, overrun: Policy, readings = 1) {
  return program(({ main, timer }) => {
    const period = blockPeriod(env);
    const t = timer({ mode: "periodic", period, overrun });
    main.mask().start(t);
    withoutRecords(main, (list) => list.spin(Math.ceil(5.5 * period)));
    main
      .restore()
      .sleep(Math.ceil(2.5 * period))
      .stop(t);
    for (let reading = 0; reading < readings; reading += 1) main.overruns(t);
  });
}

/** Which period of its timer a scheduled time ends, from 1. */
export function periodNumber(env: LawEnv, start: Call, scheduled: number): number {
  const middle = (start.at + start.until) / 2 + 1;
  return Math.round((scheduled - middle) / blockPeriod(env));
}

/** Entries that were due before the mask was lifted, and those that came due later. */
export function entriesAroundRestore(run: Judge) {
  const restore = run.call("restore");
  const all = run
    .expiries(0)
    .atLeast(3)
    .inInterrupt(true)
    .servedBy(restore.until, run.env.op).items;
  const held = all.filter((each) => each.scheduled < restore.at);
  return { restore, all, held };
}
