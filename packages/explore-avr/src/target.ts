import { openUnoBoard } from "@escapement/board-uno";
import { type Law, lawEnv, skipReason } from "@escapement/conformance";
import { wholeNumber } from "@escapement/explore";
import { unoImage } from "@escapement/firmware";
import type { BoardDescription } from "@escapement/scenario";
import { avrErrors } from "./avr-errors.js";
import type { AvrImage } from "./avr-machine.js";
import type { UnoSymbols } from "./code-map.js";
import type { UnoProgram } from "./judge.js";

/** Which firmware is searched, on which emulator, and for how long a run may be held up. */
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
   * write: with more, the write comes too late for what the port states, and the HAL programs the
   * compare once more, twice as far ahead.
   */
  readonly slackTicks?: number;
}

const SLACK_TICKS = 192;
const SLACK_TICKS_MAX = 8192;

/** The image and the slack of these options, checked. */
export function targetOf(options: UnoTargetOptions): { image: AvrImage; slackTicks: number } {
  const asked = options.slackTicks ?? SLACK_TICKS;
  const slackTicks = wholeNumber("slackTicks", asked, 2, SLACK_TICKS_MAX);
  const { hex, symbols, stock = false } = options;
  if (hex === undefined && symbols !== undefined) throw avrErrors.noImage();
  if (hex !== undefined && symbols === undefined) throw avrErrors.noSymbols();
  if (hex !== undefined && symbols !== undefined) {
    return { image: { hex, symbols, stock }, slackTicks };
  }
  const shipped = unoImage();
  return { image: { hex: shipped.hex, symbols: shipped, stock }, slackTicks };
}

/**
 * The board that the programs are for and that laws are judged by: the Uno, with the slack added to
 * how late it may be and to how long an operation takes.
 *
 * @throws ExploreError `invalid-argument` or `symbols`; BoardError when the image cannot be run.
 */
export async function describeUno(options: UnoTargetOptions = {}): Promise<BoardDescription> {
  const { image, slackTicks } = targetOf(options);
  const board = await openUnoBoard({ hex: image.hex, stock: image.stock });
  const described = board.describe();
  await board.close();
  const { latencies } = described;
  return {
    ...described,
    latencies: {
      ...latencies,
      lateTicks: latencies.lateTicks + slackTicks,
      opTicks: latencies.opTicks + slackTicks,
    },
  };
}

/** The programs of laws on the Uno; none of laws that need what it lacks, or that have several programs. */
export function unoPrograms(laws: readonly Law[], board: BoardDescription): readonly UnoProgram[] {
  const env = lawEnv(board);
  return laws
    .filter((law) => law.programs === undefined && skipReason(law, board) === undefined)
    .map((law) => ({
      name: law.id,
      program: law.program(env),
      check: (trace, part) => law.check(trace, env, part),
    }));
}
