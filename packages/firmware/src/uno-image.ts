import { readFileSync } from "node:fs";
import { findFirmwareBug } from "./bugs.js";

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
  /** First lines of what the tools that built it say about their version. */
  readonly toolchain: Readonly<Record<string, string>>;
  /** What it takes of the chip: `flashBytes`, `ramBytes` (without the stack), and measured cycles, which an image with a bug has none of. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Which of the Uno's images. */
export interface UnoImageOptions {
  /** The image with a bug: the name of one of `bugImages`. The shipped one when absent. */
  readonly bug?: string;
}

/** The assets lie beside `src/` and beside `dist/` alike. */
function readAsset(name: string): string {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8");
}

/**
 * The agent's image for the ATmega328P at 16 MHz (Arduino Uno), as it ships in this package, or the
 * same with a bug that another timer system really had.
 *
 * Reads the package's files anew at each call; throws the file system's error where they are missing. Flash
 * functions are called with avr-gcc's convention. Not promised: that a symbol keeps its address, or
 * exists, in another version or another image.
 *
 * @throws FirmwareError `unknown-bug` for a name that is not in `bugImages`.
 *
 * @example
 * ```ts
 * import { unoImage } from "@escapement/firmware";
 *
 * const { hex, symbols, figures } = unoImage();
 * console.log(hex.split("\n").length, symbols.esc_now, figures.flashBytes);
 *
 * const broken = unoImage({ bug: "pico-1953" });
 * console.log(broken.hex === hex); // false
 * ```
 */
export function unoImage(options: UnoImageOptions = {}): FirmwareImage {
  if (options.bug !== undefined) {
    const { name } = findFirmwareBug(options.bug);
    const map = JSON.parse(readAsset(`bugs/${name}.sym.json`)) as Omit<FirmwareImage, "hex">;
    return { hex: readAsset(`bugs/${name}.hex`), ...map };
  }
  const map = JSON.parse(readAsset("escapement-uno.sym.json")) as Omit<
    FirmwareImage,
    "hex" | "figures"
  >;
  const figures = JSON.parse(readAsset("figures.json")) as { uno: Record<string, number> };
  return { hex: readAsset("escapement-uno.hex"), ...map, figures: figures.uno };
}
