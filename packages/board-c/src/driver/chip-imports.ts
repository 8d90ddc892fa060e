import type { SimChip } from "@escapement/board-sim";
import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";

/** A function that C calls. */
export type ChipImport = (argument: number) => number | undefined;

/** The names of the chip's functions, as `esc_driver.h` declares them. */
export const chipNames: ReadonlySet<string> = new Set(
  [
    ...["counter_bits", "frequency_hz", "min_delta_ticks", "auto_clear", "latched_high"],
    ...["overflow_pending", "acknowledge_overflow", "enable_overflow", "set_compare"],
    ...["enable_compare", "compare_pending", "acknowledge_compare", "save_and_mask", "restore"],
    ...["in_interrupt", "wait"],
  ].map((name) => `esc_chip_${name}`),
);

/** The chip as C sees it, by the names of {@link chipNames}, over the port of its profile. */
export function chipImports(chip: SimChip, port: TimerPort): Record<string, ChipImport> {
  const flag = (value: boolean): number => (value ? 1 : 0);
  const both = FLAG_OVERFLOW | FLAG_COMPARE;
  return {
    esc_chip_counter_bits: () => port.counterBits,
    esc_chip_frequency_hz: () => Math.round(port.frequencyHz),
    esc_chip_min_delta_ticks: () => port.minDeltaTicks,
    esc_chip_auto_clear: () => flag(port.autoClear === true),
    esc_chip_latched_high: () => (port.counterBits > 32 ? chip.latchedHigh() | 0 : 0),
    esc_chip_overflow_pending: () => flag(port.overflowPending()),
    esc_chip_acknowledge_overflow: () => void port.acknowledgeOverflow(),
    esc_chip_enable_overflow: (on) =>
      void (on !== 0 ? chip.enable(FLAG_OVERFLOW) : chip.disable(FLAG_OVERFLOW)),
    esc_chip_set_compare: (counter) => {
      const bits = Math.min(port.compareBits ?? port.counterBits, 32);
      port.setCompare((counter >>> 0) % 2 ** bits);
      return undefined;
    },
    esc_chip_enable_compare: (on) => void port.enableCompare(on !== 0),
    esc_chip_compare_pending: () => flag(port.comparePending()),
    esc_chip_acknowledge_compare: () => void port.acknowledgeCompare(),
    esc_chip_save_and_mask: () => port.saveAndMask(),
    esc_chip_restore: (state) => void port.restore(state),
    esc_chip_in_interrupt: () => flag(port.inInterrupt()),
    esc_chip_wait: () => {
      const { clock, controller, patience } = chip;
      patience.access(controller.depth, controller.entries);
      // A flag that waits ends it at once, also where it is masked.
      if ((chip.hardware.flags & chip.enabledFlags & both) === 0) clock.advanceTo(clock.nextCycle);
      controller.serve();
      return undefined;
    },
  };
}

/** The counter as C reads it: all of it, or the low half with the high one latched. */
export function readCounter(chip: SimChip, port: TimerPort): number {
  return (port.counterBits > 32 ? chip.latchLow() : port.readCounter()) | 0;
}
