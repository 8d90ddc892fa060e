import { ExploreError } from "@escapement/explore";
import { unoImage } from "@escapement/firmware";
import type { AvrImage } from "./avr-machine.js";
import type { UnoSymbols } from "./code-map.js";

/** Which firmware is swept, on which emulator, and how far a move may reach. */
export interface UnoTargetOptions {
  /** Runs the library's peripherals as they are, faults included. */
  readonly stock?: boolean;
  /** Another build of the firmware, in Intel HEX; the shipped one when absent. */
  readonly hex?: string;
  /** The symbol map of that build; needed with `hex`. */
  readonly symbols?: UnoSymbols;
  /**
   * Ticks for which all moves of one run together may hold the CPU up; 2 to 8192. The default, 192, stays
   * below the port's least distance of 256 less the way from a look at the counter to the compare's
   * write: with more, the write comes too late for what the port states, and the HAL aims once more,
   * twice as far ahead.
   */
  readonly slackTicks?: number;
}

const SLACK_TICKS = 192;
const SLACK_TICKS_MAX = 8192;
/** The image and the slack of these options, checked. */
export function targetOf(options: UnoTargetOptions): { image: AvrImage; slackTicks: number } {
  const slackTicks = whole("slackTicks", options.slackTicks ?? SLACK_TICKS, 2, SLACK_TICKS_MAX);
  const { hex, symbols, stock = false } = options;
  if ((hex === undefined) !== (symbols === undefined)) {
    throw new ExploreError(
      "symbols",
      hex === undefined
        ? "There is a symbol map, but no image"
        : "There is an image, but no symbol map",
      "Give hex and symbols of the same build, or neither for the shipped firmware.",
    );
  }
  if (hex !== undefined && symbols !== undefined)
    return { image: { hex, symbols, stock }, slackTicks };
  const shipped = unoImage();
  return { image: { hex: shipped.hex, symbols: shipped, stock }, slackTicks };
}

/** A whole number within bounds. */
export function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ExploreError(
    "invalid-argument",
    `${name} is ${String(value)}`,
    `Give a whole number from ${least} to ${most}.`,
  );
}
