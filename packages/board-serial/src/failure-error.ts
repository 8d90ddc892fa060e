import { BoardError, requestTypes } from "@escapement/scenario";
import { type Damage, diagnoseDamage, diagnoseRequest } from "./diagnose-damage.js";
import type { Exchange, Outcome } from "./exchange.js";
import { encodeFrame } from "./frame.js";
import { causedBy, lineErrors, secondsText } from "./line-errors.js";
import { silentError } from "./link-errors.js";
import { refusedError } from "./refusals.js";

/** An exchange that ended without a reply. */
export type Failure = Exclude<Outcome, { kind: "reply" }>;

/** What is known of the exchange and its line. */
export interface FailureScene {
  readonly line: string;
  readonly exchange: Exchange;
  readonly waitedMs: number;
  readonly damage: Damage;
  /** Whether anything was lost, damaged or late. */
  readonly isTroubled: boolean;
}

/** The error of an exchange without a reply. */
export function failureError(failure: Failure, scene: FailureScene): BoardError {
  const { line, exchange } = scene;
  switch (failure.kind) {
    case "refused":
      return refusedError(line, failure.code, failure.detail, scene.isTroubled);
    case "silent":
      return silentError(line, {
        heard: failure.heard,
        waitedMs: exchange.silenceMs,
        isStep: exchange.type === requestTypes.step,
        pattern: diagnoseDamage(scene.damage) ?? diagnoseRequest(encodeFrame(exchange)),
      });
    case "overdue":
      return lineErrors.overdue({ line, seconds: secondsText(scene.waitedMs) });
    case "closed":
      return lineErrors.closed({ line });
    case "aborted":
      return lineErrors.aborted({ line }, causedBy(exchange.signal?.reason));
    case "lost":
      // A transport's own "disconnected" only says that it is closed; that the line is lost says more.
      if (failure.cause instanceof BoardError && failure.cause.code !== "disconnected") {
        return failure.cause;
      }
      return lineErrors.lost({ line, reason: failure.reason }, causedBy(failure.cause));
  }
}
