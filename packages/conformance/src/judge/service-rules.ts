import type { Model } from "./model.js";
import type { Activity, Step } from "./trace-tree.js";

/** CALL-14, CALL-21: where `service()` is refused. What a pass runs, the pass itself knows. */
export function judgeServiceCall(
  { context, result }: Step,
  model: Model,
  wrong: (rule: string, kind: string, expected: string) => never,
): void {
  if (context > 0) {
    if (result !== "in-interrupt") wrong("CALL-21", "result", "in-interrupt");
  } else if (model.running.some(isCallback)) {
    if (result !== "reentrant-service") wrong("CALL-14", "result", "reentrant-service");
  } else if (result !== "ok") {
    wrong("CALL-13", "result", "ok");
  }
}

/** A soft callback, also one whose expiry is not recorded. */
function isCallback({ kind, context }: Activity): boolean {
  return (kind === "handler" || kind === "quiet") && context === 0;
}
