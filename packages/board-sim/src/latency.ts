import type { TimerPort } from "@escapement/core";
import type { BoardLatencies } from "@escapement/scenario";
import type { SimChip } from "./chip.js";

/** Worst cases of Escapement's HAL on a chip, in CPU cycles. */
interface HalCosts {
  /** `now()` without its mask: two readings of the counter where a wrap is pending. */
  readonly time: number;
  /**
   * Programming the compare: written, checked, and written again further ahead where it was too
   * late.
   */
  readonly program: number;
  /** How far ahead the last of these writes is, when the others were too late. */
  readonly ahead: number;
  /** The overflow interrupt from request to return. */
  readonly overflow: number;
  /** The compare interrupt from request to the handler. */
  readonly dispatch: number;
}

/**
 * The bounds that a simulated board states about itself under Escapement's own HAL.
 *
 * Lateness is worst for a delay so short that it passes while it is being armed: the operation is
 * masked meanwhile, the compare is written several times, the last one some way ahead; then the
 * overflow interrupt may come first. An operation is longest when it arms and both timer interrupts
 * come in its midst. The counts of port calls are those of the HAL's source, and a test holds them
 * to be bounds, and near the truth. Both assume short handlers, and nothing else that is due.
 */
export function simLatencies(chip: SimChip, port: TimerPort, jitterCycles: number): BoardLatencies {
  const { shape, stallCycles } = chip;
  const costs = halCosts(chip, port, jitterCycles);
  const access = shape.accessCycles;
  const armed = 2 * access + costs.time + costs.program;
  const late = armed + costs.ahead + costs.overflow + costs.dispatch + 2 * stallCycles;
  const interrupt = costs.dispatch + 2 * access + costs.time + costs.program + shape.exitCycles;
  const operation = 2 * access + armed + costs.overflow + interrupt + 2 * stallCycles;
  const ticks = (cycles: number): number => Math.ceil(cycles / shape.cyclesPerTick);
  return {
    // One for the tick that is only partly there when the deadline comes.
    lateTicks: ticks(late) + 1,
    minDeltaTicks: port.minDeltaTicks,
    opTicks: ticks(operation) + 1,
  };
}

function halCosts(chip: SimChip, port: TimerPort, jitterCycles: number): HalCosts {
  const { accessCycles: access, entryCycles, exitCycles, cyclesPerTick } = chip.shape;
  const { read, test, set, acknowledge, pending, enable } = portCosts(chip, port);
  const time = 2 * read + test;
  // Compare written, old flag acknowledged, time read, flag tested.
  const attempt = set + acknowledge + read + test + pending;
  const neededTicks = port.minDeltaTicks + Math.ceil(attempt / cyclesPerTick);
  let aheadTicks = port.minDeltaTicks;
  let attempts = 1;
  for (; aheadTicks < neededTicks; aheadTicks *= 2) attempts += 1;
  const entry = entryCycles + jitterCycles;
  const wraps = port.counterBits <= 32;
  return {
    time,
    program: time + attempts * attempt + enable,
    ahead: aheadTicks * cyclesPerTick,
    overflow: wraps ? entry + 3 * access + 2 * test + time + exitCycles : 0,
    dispatch: entry + 4 * access + time,
  };
}

/** What a port's members take: some wait for the hardware, such as for a write to another clock. */
function portCosts(chip: SimChip, port: TimerPort): Record<PortCall, number> {
  // Masked, as under the HAL; and a port that waits forever is ended.
  const was = chip.controller.saveAndMask();
  chip.patience.turn(0);
  const far = Math.floor(2 ** Math.min(port.counterBits, 32) / 2);
  const calls: Readonly<Record<PortCall, (round: number) => unknown>> = {
    read: () => port.readCounter(),
    test: () => port.overflowPending(),
    set: (round) => port.setCompare(far + round),
    acknowledge: () => port.acknowledgeCompare(),
    pending: () => port.comparePending(),
    enable: () => port.enableCompare(true),
  };
  const costs = Object.entries(calls).map(([name, call]) => [name, slowest(chip, call)]);
  port.enableCompare(false);
  chip.controller.restore(was);
  return Object.fromEntries(costs);
}

/** Members of a port by what they are for. */
type PortCall = "read" | "test" | "set" | "acknowledge" | "pending" | "enable";

/** Calls back to back: what the one before left under way is waited for by the next. */
const ROUNDS = 4;

function slowest(chip: SimChip, call: (round: number) => unknown): number {
  let most = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = chip.clock.now;
    call(round);
    most = Math.max(most, chip.clock.now - start);
  }
  return most;
}
