import type { BoardSemantics, OpResult } from "@escapement/scenario";
import type { LawEnv } from "../law.js";

type StopResult = BoardSemantics["stopResult"];
type Said = { readonly [Result in OpResult]?: readonly OpResult[] };

/** What a system that cannot distinguish all four results of a stop returns in place of each. */
const tables: Readonly<Record<StopResult, Said>> = {
  exact: {},
  "no-fired": { fired: ["idle"] },
  "no-in-flight": { "in-flight": ["removed", "fired"] },
  boolean: { fired: ["idle"], "in-flight": ["removed", "idle"] },
  nothing: { removed: ["ok"], "in-flight": ["ok"], fired: ["ok"], idle: ["ok"] },
};

/** What a board may return of a stop to which the contract gives this result. */
export function saidOf(env: LawEnv, result: OpResult): readonly OpResult[] {
  return tables[env.semantics.stopResult][result] ?? [result];
}
