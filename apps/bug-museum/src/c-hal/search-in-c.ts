import { cBoard } from "@escapement/board-c";
import { type LawId, runConformance, type Verdict } from "@escapement/conformance";
import type { ExploreFinding } from "@escapement/explore";
import { type FirmwareBug, findFirmwareBug } from "../firmware-bugs.js";
import type { KillBackend } from "../matrix.js";
import { patchedCSources } from "../patched-firmware.js";
import { searchForBug } from "../search-bug.js";
import {
  type CHalOptions,
  type CHalProfile,
  cHalDriver,
  cHalProfile,
  cHalTarget,
  isCHalProfile,
} from "./c-hal-driver.js";

/** What the search of the C HAL with a bug in it found. */
export interface CSearch {
  /** The chip that it was found on, or the last that was tried. */
  readonly profile: CHalProfile;
  /** The first finding of the smallest bound; absent where the bug was not found. */
  readonly finding?: ExploreFinding;
  /** Whether the owner rejects a plain run; asked only where the search finds nothing. */
  readonly plain: boolean;
}

/** Where a bug shows: on the chip of its row, on one as in the firmware's, on others. */
function profilesOf({ profile }: FirmwareBug): readonly CHalProfile[] {
  const first = isCHalProfile(profile) ? [profile] : [];
  return [...new Set<CHalProfile>([...first, "avr16", "systick24", "stm32"])];
}

/**
 * Searches the C HAL with a bug in it under the law that owns the bug there, chip after chip, until something is
 * wrong; without the bug nothing is, which `pnpm coverage:c` shows. A bug that needs what the search leaves out, such
 * as the time that code takes, is looked for in a plain run.
 *
 * @throws MuseumError `unknown-bug`, `not-in-c`, `patch-failed`.
 */
export async function searchInC(name: string): Promise<CSearch> {
  const bug = findFirmwareBug(name);
  const portChange = bug.where === "port" ? bug.change : undefined;
  // A bug of the Uno's port is one of the chip's side here.
  const changed = portChange === undefined ? patchedCSources(bug) : undefined;
  const owner = ownerInC(bug);
  const asked = (profile: CHalProfile): CHalOptions => ({
    ...{ profile, portChange },
    ...(changed !== undefined && { changed }),
  });
  const profiles = profilesOf(bug);
  for (const profile of profiles) {
    const { finding } = searchForBug(await cHalTarget(asked(profile)), { ...bug, owner });
    if (finding !== undefined) return { profile, finding, plain: false };
  }
  const [profile = "avr16"] = profiles;
  return { profile, plain: await isRejectedPlain(asked(profile), owner) };
}

async function isRejectedPlain(options: CHalOptions, owner: LawId): Promise<boolean> {
  const driver = await cHalDriver(options, "guard");
  const board = cBoard(driver, { profile: cHalProfile(options) });
  const { laws } = await runConformance(board, { only: [owner], shrinkRuns: 0 });
  await board.close();
  return laws.some(({ id, verdict }) => id === owner && verdict === "fail");
}

/** The law that has to reject a bug in C: of one in the Uno's port, which is the chip's here, the one in TypeScript. */
export function ownerInC({ where, owner, c }: FirmwareBug): LawId {
  return where === "port" ? owner : c.owner;
}

/** Whether a search, or a plain run where that finds nothing, showed the bug. */
export function isShown({ finding, plain }: Pick<CSearch, "finding" | "plain">): boolean {
  return finding !== undefined || plain;
}

/**
 * The search of the C HAL as a backend of the kill matrix, from what was gathered before by {@link searchInC}: the
 * owner in C alone, with up to two moves.
 */
export function cSearchBackend(gathered: ReadonlyMap<string, CSearch>): KillBackend {
  return {
    name: "search in C",
    run: async ({ name }) => {
      const found = gathered.get(name);
      if (found === undefined) return new Map();
      const verdict: Verdict = isShown(found) ? "fail" : "pass";
      return new Map<LawId, Verdict>([[ownerInC(findFirmwareBug(name)), verdict]]);
    },
  };
}
