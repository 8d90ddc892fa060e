import { cliErrors } from "../cli-errors.js";

/** A timer driver in C on a simulated chip, as the user named it. */
export interface CTarget {
  /** Which board it is. */
  readonly kind: "c";
  /** Its files, by commas, and the profile behind an @ where one was chosen. */
  readonly name: string;
  /** Its files. */
  readonly files: readonly string[];
  /** The profile of its chip, where one was chosen. */
  readonly profile?: string;
}

/** A file of C or C++, a folder of them, or a response file that names them. */
const fileForms = /^(?!tcp:|id:|exec:)(?:@.+|.+\.(?:c|cc|cpp|cxx|c\+\+|wasm)|.+[/\\])$/i;

const withProfile = /^(?<files>.+?)(?:@(?<profile>[a-z0-9]+))?$/;

/** Whether a board's name is that of a driver in C: `./timer.c`, `./timer.c,./adapter.c@avr16`, `./src/`, `@files`. */
export function isCName(name: string): boolean {
  return partsOf(name).files.every((file) => fileForms.test(file));
}

/** All files of C that a command line names are one driver: their names become one. */
export function joinedC(names: readonly string[]): readonly string[] {
  const files = names.filter((name) => isCName(name) && partsOf(name).profile === undefined);
  if (files.length < 2) return names;
  const joined = files.join(",");
  return names.flatMap((name) =>
    name === files[0] ? [joined] : files.includes(name) ? [] : [name],
  );
}

/**
 * Puts the profiles of `--profile` behind the driver in C that has none; `all` is every one.
 *
 * @throws CliError `invalid-option` where there is no such profile.
 */
export function withProfiles(
  names: readonly string[],
  chosen: readonly string[],
  profiles: readonly string[],
): readonly string[] {
  const wrong = chosen.find((each) => each !== "all" && !profiles.includes(each));
  if (wrong !== undefined) {
    const expected = `all, or one or more of ${profiles.join(", ")}`;
    throw cliErrors.badValue({ name: "profile", text: wrong, expected, example: "stm32,avr16" });
  }
  const wanted = chosen.includes("all") ? profiles : chosen;
  if (wanted.length === 0) return names;
  return joinedC(names).flatMap((name) =>
    isCName(name) && partsOf(name).profile === undefined
      ? wanted.map((profile) => `${name}@${profile}`)
      : [name],
  );
}

/** The driver of a name. */
export function cTargets(name: string, profiles: readonly string[]): readonly CTarget[] {
  const { files, profile } = partsOf(name);
  if (profile !== undefined && !profiles.includes(profile)) {
    const boards = profiles.map((each) => `${files.join(",")}@${each}`).join(", ");
    throw cliErrors.noSuchProfile({ profile, boards });
  }
  return [{ kind: "c", name, files, ...(profile !== undefined && { profile }) }];
}

function partsOf(name: string): { readonly files: readonly string[]; readonly profile?: string } {
  const { files = name, profile } = withProfile.exec(name)?.groups ?? {};
  return { files: files.split(","), ...(profile !== undefined && { profile }) };
}
