import { openUnoBoard } from "@escapement/board-uno";
import { findLaw, type LawId, laws, runConformance, type Verdict } from "@escapement/conformance";
import { describeUno, exploreUno, type UnoFinding, unoPrograms } from "@escapement/explore-avr";
import { type FirmwareBug, findFirmwareBug } from "./firmware-bugs.js";
import type { KillBackend } from "./matrix.js";
import { patchedFirmware } from "./patched-firmware.js";

export {
  type FirmwareBug,
  findFirmwareBug,
  firmwareBugs,
  firmwarePatch,
  isOfUno,
} from "./firmware-bugs.js";
export { patchedCSources, patchedFirmware } from "./patched-firmware.js";

/** The verdicts on an image with a bug. */
export interface FirmwareKills {
  /** The verdict of each law; that of the owner by the search where a plain run does not show it. */
  readonly verdicts: ReadonlyMap<LawId, Verdict>;
  /** The finding that shows it, where a plain run does not. */
  readonly finding?: UnoFinding;
}

/** The slack of a search for a bug that needs a long stall: the largest that any of them asks for. */
const SLACK_TICKS = 1024;

/**
 * Holds every law against an image of the firmware with a bug, on the emulated Uno. Where its owner
 * passes, every place for an interrupt on the owner's paths is tried.
 *
 * @throws MuseumError `unknown-bug`, `not-in-c`, `no-compiler`; ExploreError or BoardError where the emulator cannot be run.
 */
export async function killFirmware(name: string): Promise<FirmwareKills> {
  const bug = findFirmwareBug(name);
  const { hex } = patchedFirmware(name);
  const verdicts = new Map<LawId, Verdict>();
  let board = await openUnoBoard({ hex });
  for (const law of laws) {
    const { laws: results, stopped } = await runConformance(board, { laws: [law], shrinkRuns: 0 });
    for (const { id, verdict } of results) verdicts.set(id, verdict);
    if (results.every(({ verdict }) => verdict !== "error") && stopped === undefined) continue;
    // The next law must not fail for what this one left behind.
    await board.close();
    board = await openUnoBoard({ hex });
  }
  await board.close();
  const { owner } = bug.c;
  if (verdicts.get(owner) === "fail") return { verdicts };
  const finding = await searchForBug(bug);
  if (finding !== undefined) verdicts.set(owner, "fail");
  return { verdicts, ...(finding !== undefined && { finding }) };
}

/** The first finding of the search under the owner by which an image's bug shows. */
async function searchForBug(bug: FirmwareBug): Promise<UnoFinding | undefined> {
  const image = patchedFirmware(bug.name);
  const target = { hex: image.hex, symbols: image, slackTicks: SLACK_TICKS };
  const programs = unoPrograms([findLaw(bug.c.owner)], await describeUno(target));
  const { units } = await exploreUno(programs, { ...target, limits: { findingsMax: 1 } });
  return units[0]?.findings[0];
}

/**
 * The firmware as a backend of the kill matrix, from verdicts that were gathered before (by
 * {@link killFirmware}, which takes seconds an image and may run in several threads).
 */
export function firmwareBackend(
  gathered: ReadonlyMap<string, ReadonlyMap<LawId, Verdict>>,
): KillBackend {
  return {
    name: "firmware",
    run: async ({ name }) => gathered.get(name) ?? new Map(),
  };
}

/** Those of the bugs that survive the law that owns them in the firmware, which may be another than in TypeScript. */
export function firmwareSurvivors(
  bugs: readonly FirmwareBug[],
  gathered: ReadonlyMap<string, ReadonlyMap<LawId, Verdict>>,
): readonly FirmwareBug[] {
  return bugs.filter(({ name, c }) => gathered.get(name)?.get(c.owner) !== "fail");
}
