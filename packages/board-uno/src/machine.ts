import { unoImage } from "@escapement/firmware";
import { UnoEmulator } from "./emulator.js";
import { type Pace, Runner } from "./runner.js";

/** Which board is emulated, and how fast. */
export interface UnoOptions {
  /** `free` (as fast as the host can) when absent; `real-time` for use with other tools on the line. */
  readonly pace?: Pace;
  /** Runs the library's peripherals as they are, faults included. */
  readonly stock?: boolean;
  /**
   * Another firmware, in Intel HEX. It is never put to sleep while it waits for the host, because
   * only the shipped one is known to have nothing else to do then.
   */
  readonly hex?: string;
  /**
   * The addresses of that firmware, where it is the shipped one with a change that leaves the agent
   * alone: it sleeps, too, and an idle board costs nothing.
   */
  readonly symbols?: Readonly<Record<string, number>>;
}

/** An emulator with the shipped firmware, or another, and what runs it. */
export interface UnoMachine {
  /** The chip. */
  readonly emulator: UnoEmulator;
  /** What runs it. */
  readonly runner: Runner;
}

/** Puts chip, firmware and runner together; the runner is not started. */
export function makeMachine(options: UnoOptions, onFault: (error: unknown) => void): UnoMachine {
  const { pace = "free", stock = false, hex, symbols } = options;
  const image = hex === undefined ? unoImage() : { hex, symbols: symbols ?? {} };
  const emulator = new UnoEmulator({ ...image, stock });
  const runner = new Runner(emulator, {
    pace,
    sleepWhenIdle: hex === undefined || symbols !== undefined,
    onFault,
  });
  return { emulator, runner };
}
