import type { AVRTimerConfig } from "avr8js";
import type { InterruptSource } from "./corrected-cpu.js";

/** A flag of the timer, with the cycle in which it will next be raised. */
export interface TimerFlag {
  readonly source: InterruptSource;
  at: number;
}

/** One flag register's flag as an interrupt; a vector of 0 would be the reset and never occurs here. */
export function flagOf(
  config: AVRTimerConfig,
  address: number,
  mask: number,
  enableMask: number,
): TimerFlag {
  const { TIFR, TIMSK } = config;
  const source = {
    address,
    flagRegister: TIFR,
    flagMask: mask,
    enableRegister: TIMSK,
    enableMask,
  };
  return { source, at: Number.POSITIVE_INFINITY };
}
