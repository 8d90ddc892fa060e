import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import {
  type CDriver,
  cacheFolder,
  compileDriver,
  folderCache,
  npmClang,
} from "@escapement/board-c";
import { type SimProfile, type SimProfileName, simProfiles } from "@escapement/board-sim";
import type { ExploreTarget } from "@escapement/explore";
import { cTarget } from "@escapement/explore-c";
import type { PortChange } from "../bug.js";
import { museumErrors } from "../museum-errors.js";

/** Chips that the C HAL is searched on: those whose counter it takes. */
export type CHalProfile = Exclude<SimProfileName, "rp2040">;

/** How the C HAL is compiled for a search. */
export interface CHalOptions {
  /** The kind of chip. */
  readonly profile: CHalProfile;
  /** Bytes that the processor reads and writes at once; 4 when absent. */
  readonly wordBytes?: 1 | 2 | 4;
  /** Files under `packages/firmware/c` with other texts. */
  readonly changed?: ReadonlyMap<string, string>;
  /** Gives the chip's side of the port a bug. */
  readonly portChange?: PortChange | undefined;
}

const TIMERS = 16;

/** The port's constants: the simulated chip with no cost, as the search has it. */
const ports: Readonly<Record<CHalProfile, { minDeltaTicks: number; autoClear: boolean }>> = {
  avr16: { minDeltaTicks: 1, autoClear: true },
  systick24: { minDeltaTicks: 1, autoClear: false },
  rtc24: { minDeltaTicks: 3, autoClear: false },
  stm32: { minDeltaTicks: 1, autoClear: false },
  prescaled8: { minDeltaTicks: 1, autoClear: true },
};

/** Whether the C HAL can be put on a chip. */
export function isCHalProfile(profile: string): profile is CHalProfile {
  return Object.hasOwn(ports, profile);
}

/**
 * Compiles the HAL's own C sources for a chip, with a port over the simulated chips.
 *
 * @param hooks - `guard` for a board that only runs; those of a search when absent
 * @throws CError `does-not-compile`.
 */
export async function cHalDriver(options: CHalOptions, hooks?: "guard"): Promise<CDriver> {
  const { profile, wordBytes = 4, changed = new Map<string, string>() } = options;
  const { minDeltaTicks, autoClear } = ports[profile];
  const { counterBits, cpuHz, cyclesPerTick = 1 } = simProfiles[profile].chip;
  const c = join(
    dirname(createRequire(import.meta.url).resolve("@escapement/firmware/package.json")),
    "c",
  );
  const hal = readdirSync(join(c, "hal")).filter((name) => name.endsWith(".c"));
  const request = {
    files: [...hal.sort().map((name) => join(c, "hal", name)), join(c, "ports/chip/hal_driver.c")],
    includeFolders: [join(c, "hal"), join(c, "ports/chip")],
    defines: [
      'ESC_PORT_HEADER="esc_port_chip.h"',
      `ESC_CHIP_COUNTER_BITS=${counterBits}`,
      `ESC_CHIP_FREQUENCY_HZ=${cpuHz / cyclesPerTick}`,
      `ESC_CHIP_MIN_DELTA_TICKS=${minDeltaTicks}`,
      `ESC_CHIP_AUTO_CLEAR=${autoClear ? 1 : 0}`,
      `ESC_TIMERS=${TIMERS}`,
    ],
    read: (path: string): string | undefined => {
      const text = changed.get(relative(c, path).replaceAll("\\", "/"));
      return text ?? (existsSync(path) ? readFileSync(path, "utf8") : undefined);
    },
  };
  const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };
  if (hooks === "guard") return compileDriver({ ...request, hooks }, tools);
  return compileDriver(request, tools, { wordBytes });
}

/** The chip, with the bug of its port where it has one. */
export function cHalProfile({ profile, portChange }: CHalOptions): SimProfile {
  const plain = simProfiles[profile];
  if (portChange === undefined) return plain;
  return { ...plain, port: (chip) => portChange(plain.port(chip), chip) };
}

/** The C HAL as something to explore; every use of shared memory without a mask is a finding, too. */
export async function cHalTarget(options: CHalOptions): Promise<ExploreTarget> {
  const { profile, wordBytes = 4 } = options;
  const name = wordBytes === 4 ? profile : `${profile}-word${wordBytes}`;
  const driver = await cHalDriver(options);
  return cTarget(driver, { profile: cHalProfile(options), name, wordBytes, races: true });
}

/**
 * What the search of the C HAL covers on a chip; the 16 bits of an ATmega at its own word size, too.
 *
 * @throws MuseumError `unknown-profile` for a chip whose counter the C HAL does not take.
 */
export async function cHalTargets(profile: string): Promise<readonly ExploreTarget[]> {
  if (!isCHalProfile(profile)) {
    throw museumErrors.notForC({ profile, profiles: Object.keys(ports).join(", ") });
  }
  const words = profile === "avr16" ? ([4, 1] as const) : ([4] as const);
  return Promise.all(words.map((wordBytes) => cHalTarget({ profile, wordBytes })));
}
