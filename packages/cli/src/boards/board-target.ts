import { nearestNames } from "@escapement/timeline";
import { cliErrors } from "../cli-errors.js";
import { type CTarget, cTargets, isCName, joinedC } from "./c-target.js";
import { type MicroPythonTarget, microPythonTarget } from "./micropython-target.js";

/** A board as the user named it. */
export type BoardTarget =
  /** A simulated board. */
  | { readonly kind: "sim"; readonly name: string; readonly profile: string }
  /** The emulated Arduino Uno. */
  | { readonly kind: "uno"; readonly name: string }
  /** A board behind a port: a device path, a shortcut, a USB serial number, a TCP address. */
  | { readonly kind: "port"; readonly name: string }
  /** A MicroPython board behind a port, over its REPL. */
  | MicroPythonTarget
  /** A timer driver in C, with its adapter, on a simulated chip. */
  | CTarget
  /** A board, or what makes one, in a module of the user's. */
  | { readonly kind: "module"; readonly name: string };

/** A module: a file of JavaScript or TypeScript. */
const moduleForms = /\.[cm]?[jt]s$/i;

/** Forms of a port: `a0`, `u12`, `c3`, `COM3`, `id:…`, `tcp://…`, `exec:…`, `/dev/…`, `\\.\COM10`. */
const portForms = /^(?:[auc]\d{1,3}|com\d{1,3}|id:.+|tcp:\/\/.+|exec:.+|(?!tcp:|exec:).*[/\\].*)$/i;

/**
 * Reads board names, in order, each board once. `sim` is every profile.
 *
 * @throws CliError `unknown-board`.
 */
export function boardTargets(
  names: readonly string[],
  profiles: readonly string[],
): readonly BoardTarget[] {
  const targets = joinedC(names).flatMap((name) => targetsOf(name, profiles));
  const seen = new Set<string>();
  return targets.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function targetsOf(name: string, profiles: readonly string[]): readonly BoardTarget[] {
  if (name === "sim") return profiles.map(simTarget);
  if (name === "uno") return [{ kind: "uno", name }];
  if (name.startsWith("sim:")) {
    const profile = name.slice("sim:".length);
    if (profiles.includes(profile)) return [simTarget(profile)];
    const names = profiles.map((each) => `sim:${each}`);
    const boards = names.join(", ");
    const [near] = nearestNames(name, names, 1);
    throw near === undefined
      ? cliErrors.noSuchProfile({ profile, boards })
      : cliErrors.misspeltProfile({ profile, boards, near });
  }
  const micropython = microPythonTarget(name);
  if (micropython !== undefined) return [micropython];
  if (isCName(name)) return cTargets(name, profiles);
  if (moduleForms.test(name)) return [{ kind: "module", name }];
  if (portForms.test(name)) return [{ kind: "port", name }];
  if (profiles.includes(name)) throw cliErrors.profileForBoard({ name });
  const [near] = nearestNames(name, ["sim", "uno", ...profiles.map((each) => `sim:${each}`)], 1);
  throw near === undefined
    ? cliErrors.noBoardName({ name })
    : cliErrors.misspeltBoard({ name, near });
}

function simTarget(profile: string): BoardTarget {
  return { kind: "sim", name: `sim:${profile}`, profile };
}
