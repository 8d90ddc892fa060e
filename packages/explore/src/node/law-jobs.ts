import type { SimProfileName } from "@escapement/board-sim";
import { type LawEnv, selectLaws } from "@escapement/conformance";
import { nodeGuard } from "@escapement/conformance/node";
import { thrownText } from "@escapement/scenario";
import { exploreEnv, lawCases } from "../case.js";
import { ExploreError } from "../explore-error.js";
import { type ExploreTarget, halTarget } from "../target.js";
import type { ExploreJob } from "../unit.js";
import { importModule, moduleName, refused } from "./import-module.js";

/** Which laws are explored on what; plain data, so that it can be handed to threads. */
export interface LawJobsData {
  /**
   * Profiles of board-sim by name. With `hal`, the names or profiles of the targets to keep; none
   * keeps all.
   */
  readonly profiles: readonly string[];
  /** Ids or groups of laws; none is all. */
  readonly laws: readonly string[];
  /** How long moves may hold the processor up in one run, in ticks; the targets' own when absent. */
  readonly slackTicks?: number;
  /**
   * URL of an ES module whose default export is an `ExploreTarget`, an array of these, or a function
   * that answers one of these for a profile's name; Escapement's own HAL when absent.
   */
  readonly hal?: string;
}

/** How long a target may take to be put up and tried out, in milliseconds; it takes a few. */
const TRIED_MS = 5_000;

/**
 * The jobs of laws on targets: one for each target, in the order of `profiles`.
 *
 * @throws ExploreError `cannot-run` when `hal` cannot be imported, throws or has no target in it,
 * `invalid-argument` for an unknown profile or a slack out of range.
 */
export async function jobs(data: LawJobsData): Promise<readonly ExploreJob[]> {
  const chosen = selectLaws({ only: data.laws });
  const targets = await targetsOf(data);
  return targets.map((target) => {
    const env = envOf(target);
    return { target, cases: chosen.flatMap((law) => lawCases(law, target, env)) };
  });
}

function envOf(target: ExploreTarget): LawEnv {
  try {
    return exploreEnv(target, nodeGuard(TRIED_MS));
  } catch (cause) {
    if (cause instanceof ExploreError) throw cause;
    throw refused(
      `The target ${target.name} cannot be put up: ${thrownText(cause)}`,
      "Look at the target's boot function and at the options of its chip.",
      cause,
    );
  }
}

async function targetsOf(data: LawJobsData): Promise<readonly ExploreTarget[]> {
  const { profiles, slackTicks, hal } = data;
  const slack = slackTicks === undefined ? {} : { slackTicks };
  if (hal === undefined) {
    return profiles.map((profile) => halTarget({ profile: profile as SimProfileName, ...slack }));
  }
  const { default: exported } = await importModule(hal);
  const found = (await listed(exported, profiles, hal)).map((target) => checked(target, hal));
  const kept = found.filter(
    ({ name, profile }) =>
      profiles.length === 0 || profiles.includes(name) || profiles.includes(profile.name),
  );
  if (kept.length > 0) return kept.map((target) => ({ ...target, ...slack }));
  throw refused(
    `${moduleName(hal)} has no target for ${profiles.join(", ") || "any profile"}`,
    found.length === 0
      ? "Export one or more targets as default; see driverTarget and halTarget."
      : `It has ${found.map(({ name, profile }) => `${name} (${profile.name})`).join(", ")}.`,
  );
}

async function listed(
  exported: unknown,
  profiles: readonly string[],
  hal: string,
): Promise<unknown[]> {
  if (typeof exported !== "function") return Array.isArray(exported) ? exported : [exported];
  const names = profiles.length > 0 ? profiles : ["avr16"];
  try {
    const made = await Promise.all(names.map(async (name): Promise<unknown> => exported(name)));
    return made.flat();
  } catch (cause) {
    throw refused(
      `The function that ${moduleName(hal)} exports as default threw: ${thrownText(cause)}`,
      `It was asked for the targets of ${names.join(", ")}.`,
      cause,
    );
  }
}

/** Whether something that a module exports is a target, as `driverTarget` and `halTarget` make them. */
export function isExploreTarget(found: unknown): found is ExploreTarget {
  const { name, profile, boot } = (found ?? {}) as Partial<Record<keyof ExploreTarget, unknown>>;
  return typeof name === "string" && typeof boot === "function" && typeof profile === "object";
}

function checked(target: unknown, hal: string): ExploreTarget {
  if (isExploreTarget(target)) return target;
  throw refused(
    `The default export of ${moduleName(hal)} is no target`,
    "Export what driverTarget or halTarget of @escapement/explore returns, an array of these, or a function of a profile's name.",
  );
}
