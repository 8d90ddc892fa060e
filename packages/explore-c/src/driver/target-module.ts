/** A module of targets: its URL says which driver in C, see `target-url.ts`. */
import type { SimProfileName } from "@escapement/board-sim";
import type { ExploreTarget } from "@escapement/explore";
import { cTarget } from "./c-target.js";
import { compileRequested } from "./request-driver.js";
import { requestIn } from "./target-url.js";

const request = requestIn(import.meta.url);
const compiled = compileRequested(request);
// Whoever asks for a target gets the error; until then nobody waits for it.
compiled.catch(() => {});

/** The driver on a chip of that profile. */
export default async function target(profile: string): Promise<ExploreTarget> {
  const { wordBytes = 4 } = request;
  const { driver, devices } = await compiled;
  return cTarget(driver, { profile: profile as SimProfileName, wordBytes, devices });
}
