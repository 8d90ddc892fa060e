/** Written by `scripts/build.mjs`: the patched HALs, each in a module of its own. */
declare module "#patched-hals" {
  /** What each module exports. */
  export interface PatchedCore {
    readonly TimerHal: typeof import("@escapement/core").TimerHal;
    readonly describePlace: () => string | undefined;
  }
  /** By the bug's name; `none` is the HAL built the same way without a patch. */
  export const patchedHals: Readonly<Record<string, () => Promise<PatchedCore>>>;
}
