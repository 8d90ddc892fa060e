import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firmwareErrors } from "./firmware-errors.js";

/** A firmware image, and where in it things are. */
export interface FirmwareImage {
  /** The image as Intel HEX, lines ended by a line feed. */
  readonly hex: string;
  /** Byte address of each function in flash, and of each variable in data space. */
  readonly symbols: Readonly<Record<string, number>>;
  /** Size in bytes of each function and variable; a subset of `symbols`. */
  readonly sizes: Readonly<Record<string, number>>;
  /** For each source file, pairs of flash byte address and line, by address. */
  readonly lines: Readonly<Record<string, readonly (readonly [address: number, line: number])[]>>;
  /** The first line of each build tool's `--version`. */
  readonly toolchain: Readonly<Record<string, string>>;
  /** What it takes of the chip: `flashBytes`, `ramBytes` (without the stack); of the package's own image also measured cycles. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Which image. */
export interface UnoImageOptions {
  /** A folder that `scripts/build.mjs --out` wrote. The package's own image when absent. */
  readonly folder?: string;
}

/** Beside `src/` and beside `dist/` alike. */
const assets = fileURLToPath(new URL("../assets", import.meta.url));

/**
 * The agent's image for the ATmega328P at 16 MHz (Arduino Uno): the one that ships in this package, or another build
 * of its sources.
 *
 * Reads the files again at each call. Functions in flash are called with avr-gcc's convention. Not promised: that a
 * symbol keeps its address, or exists, in another version or another image.
 *
 * @throws FirmwareError `no-image` where the folder has none; its cause is the file system's error.
 *
 * @example
 * ```ts
 * import { unoImage } from "@escapement/firmware";
 *
 * const { hex, symbols, figures } = unoImage();
 * console.log(hex.split("\n").length, symbols.esc_now, figures.flashBytes);
 * ```
 */
export function unoImage({ folder = assets }: UnoImageOptions = {}): FirmwareImage {
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  try {
    const map = JSON.parse(read("escapement-uno.sym.json")) as Omit<
      FirmwareImage,
      "hex" | "figures"
    >;
    const figures = JSON.parse(read("figures.json")) as { uno: Record<string, number> };
    return { hex: read("escapement-uno.hex"), ...map, figures: figures.uno };
  } catch (cause) {
    throw firmwareErrors.noImage({ folder }, { cause });
  }
}
