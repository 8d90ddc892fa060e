import type { SimProfileName } from "@escapement/board-sim";
import { type LawEnv, selectLaws } from "@escapement/conformance";
import { nodeGuard } from "@escapement/conformance/node";
import { thrownText } from "@escapement/scenario";
import { type ExploreCase, exploreEnv, lawCases } from "../case.js";
import { ExploreError } from "../explore-errors.js";
import { type RandomPrograms, randomCases } from "../random-case.js";
import { type ExploreTarget, halTarget } from "../target.js";
import type { ExploreJob } from "../unit.js";
import { importModule, moduleName } from "./import-module.js";
import { moduleErrors } from "./module-errors.js";

/** Which laws, or which random programs, are explored on what; plain data, so that it can be handed to threads. */
export interface LawJobsData {
  /**
   * Profiles of board-sim by name. With `hal`, the names or profiles of the targets to keep; none
   * keeps all.
   */
  readonly profiles: readonly string[];
  /** Ids or groups of laws; none is all. */
  readonly laws: readonly string[];
  /** Random programs in place of laws. */
  readonly programs?: RandomPrograms;
  /** How long moves may hold the processor up in one run, in ticks; the targets' own when absent. */
  readonly slackTicks?: number;
  /**
   * URL of an ES module whose default export is an `ExploreTarget`, an array of these, or a function
   * that returns one of these for a profile's name; Escapement's own HAL when absent.
   */
  readonly hal?: string;
}

/** How long a target may take to be put up and tried out, in milliseconds; it takes a few. */
const TRIED_MS = 5_000;

/**
 * The jobs of laws, or of random programs, on targets: one for each target, in the order of `profiles`.
 *
 * @throws ExploreError `cannot-run` when `hal` cannot be imported, throws or has no target in it,
 * `invalid-argument` for an unknown profile or a slack out of range.
 */
export async function jobs(data: LawJobsData): Promise<readonly ExploreJob[]> {
  const targets = await targetsOf(data);
  return targets.map((target) => ({ target, cases: casesOf(data, target, envOf(target)) }));
}

function casesOf(
  { programs, laws }: LawJobsData,
  target: ExploreTarget,
  env: LawEnv,
): readonly ExploreCase[] {
  if (programs !== undefined) return randomCases(programs, target, env.board);
  return selectLaws({ only: laws }).flatMap((law) => lawCases(law, target, env));
}

function envOf(target: ExploreTarget): LawEnv {
  try {
    return exploreEnv(target, nodeGuard(TRIED_MS));
  } catch (cause) {
    if (cause instanceof ExploreError) throw cause;
    throw moduleErrors.targetThrew({ name: target.name, why: thrownText(cause) }, { cause });
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
  const values = { name: moduleName(hal), profiles: profiles.join(", ") || "any profile" };
  if (found.length === 0) throw moduleErrors.noTarget(values);
  const has = found.map(({ name, profile }) => `${name} (${profile.name})`).join(", ");
  throw moduleErrors.otherTargets({ ...values, has });
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
    const values = { name: moduleName(hal), why: thrownText(cause), profiles: names.join(", ") };
    throw moduleErrors.makerThrew(values, { cause });
  }
}

/** Whether something that a module exports is a target, as `driverTarget` and `halTarget` make them. */
export function isExploreTarget(found: unknown): found is ExploreTarget {
  const { name, profile, boot } = (found ?? {}) as Partial<Record<keyof ExploreTarget, unknown>>;
  return typeof name === "string" && typeof boot === "function" && typeof profile === "object";
}

function checked(target: unknown, hal: string): ExploreTarget {
  if (isExploreTarget(target)) return target;
  throw moduleErrors.notATarget({ name: moduleName(hal) });
}
