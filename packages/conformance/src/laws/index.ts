import type { Law } from "../law.js";
import { any01To05 } from "./any/any-01-to-05-any-program.js";
import { arm01To04 } from "./arm/arm-01-to-04-short-delays.js";
import { arm05To08 } from "./arm/arm-05-to-08-reference-and-delta.js";
import { arm09To10 } from "./arm/arm-09-to-10-laps.js";
import { arm11To15 } from "./arm/arm-11-to-15-the-queue.js";
import { arm16To20 } from "./arm/arm-16-to-20-due-at-once.js";
import { arm21To27 } from "./arm/arm-21-to-27-extremes.js";
import { arm29To30 } from "./arm/arm-29-to-30-inside-other-calls.js";
import { arm31To32 } from "./arm/arm-31-to-32-always-due.js";
import { call01To04 } from "./call/call-01-to-04-contexts.js";
import { call05To12 } from "./call/call-05-to-12-inside-a-handler.js";
import { call13To20 } from "./call/call-13-to-20-service-and-order.js";
import { call21To23 } from "./call/call-21-to-23-interrupts-and-soft-queue.js";
import { call26 } from "./call/call-26-many-due-behind-one.js";
import { life01To05 } from "./life/life-01-to-05-set-up-and-refused.js";
import { life06To10 } from "./life/life-06-to-10-released.js";
import { life11To13 } from "./life/life-11-to-13-one-schedule.js";
import { life14 } from "./life/life-14-ended-while-due.js";
import { per01To03 } from "./per/per-01-to-03-the-schedule.js";
import { per04To10 } from "./per/per-04-to-10-overruns-and-new-periods.js";
import { per11To15 } from "./per/per-11-to-15-laps-and-restarts.js";
import { per17To19 } from "./per/per-17-to-19-queued-and-masked.js";
import { per20To23 } from "./per/per-20-to-23-soft-periods-and-overruns.js";
import { read01To05 } from "./read/read-01-to-05-across-the-wrap.js";
import { read06To08 } from "./read/read-06-to-08-in-interrupts.js";
import { read09To13 } from "./read/read-09-to-13-laps-and-order.js";
import { read18To21 } from "./read/read-18-to-21-bounds-and-load.js";
import { reg01To03 } from "./reg/reg-01-to-03-capacity.js";
import { reg04To08 } from "./reg/reg-04-to-08-stale-handles-and-release.js";
import { reg09To13 } from "./reg/reg-09-to-13-collecting-and-stale-calls.js";
import { stop01To03 } from "./stop/stop-01-to-03-plain-stops.js";
import { stop04To05 } from "./stop/stop-04-to-05-in-its-own-handler.js";
import { stop06To11 } from "./stop/stop-06-to-11-around-the-expiry.js";
import { stop12To13 } from "./stop/stop-12-to-13-due-or-queued.js";
import { stop14To19 } from "./stop/stop-14-to-19-stop-sync-and-shutdown.js";
import { stop20To25 } from "./stop/stop-20-to-25-bounds-and-repeats.js";
import { stop27To29 } from "./stop/stop-27-to-29-periods-and-many-rounds.js";
import { stop30To31 } from "./stop/stop-30-to-31-siblings.js";
import { stop32 } from "./stop/stop-32-crossed-set-ups.js";

/**
 * The catalogue: one law for each rule of the contract that a board can be asked about, in the
 * contract's order, file by file.
 *
 * @example
 * ```ts
 * import { laws } from "@escapement/conformance";
 *
 * for (const { id, statement } of laws) console.log(id, statement);
 * ```
 */
export const laws: readonly Law[] = [
  ...read01To05,
  ...read06To08,
  ...read09To13,
  ...read18To21,
  ...arm01To04,
  ...arm05To08,
  ...arm09To10,
  ...arm11To15,
  ...arm16To20,
  ...arm21To27,
  ...arm29To30,
  ...arm31To32,
  ...stop01To03,
  ...stop04To05,
  ...stop06To11,
  ...stop12To13,
  ...stop14To19,
  ...stop20To25,
  ...stop27To29,
  ...stop30To31,
  ...stop32,
  ...reg01To03,
  ...reg04To08,
  ...reg09To13,
  ...per01To03,
  ...per04To10,
  ...per11To15,
  ...per17To19,
  ...per20To23,
  ...call01To04,
  ...call05To12,
  ...call13To20,
  ...call21To23,
  ...call26,
  ...life01To05,
  ...life06To10,
  ...life11To13,
  ...life14,
  ...any01To05,
];
