import type { Move, MoveEvent } from "@escapement/explore";
import type { AvrMachine } from "./avr-machine.js";

/** The events that a move may wait for, in the order of their bits. */
export const moveEvents: readonly MoveEvent[] = ["w", "c", "s"];
/** What a move may add to its event's cycle, in the order of their bits. */
export const moveOffsets = [-1, 0, 1] as const;
/** How many bits are set in a number from 0 to 7. */
export const bitCounts = [0, 1, 1, 2, 1, 2, 2, 3] as const;

const shifts = { w: 0, c: 3, s: 6 } as const;

/** The bit of an event with an offset. */
export function bitOf(event: MoveEvent, offset: Move["offset"]): number {
  return 1 << (shifts[event] + offset + 1);
}

/** The bits of an event with any offset. */
export function bitsOf(event: MoveEvent): number {
  return 7 << shifts[event];
}

/** Finds the moves that are possible before an instruction. */
export class EventsInReach {
  /** The cycle of each of {@link moveEvents}, as last looked at; Infinity for never. */
  readonly cycles = new Float64Array(moveEvents.length);
  readonly #machine: AvrMachine;

  /** Looks at this machine. */
  constructor(machine: AvrMachine) {
    this.#machine = machine;
  }

  /** The events with offsets that are at most so many ticks ahead, as bits. */
  look(slackTicks: number): number {
    const now = this.#machine.chip.cpu.cycles;
    let bits = 0;
    for (let index = 0; index < moveEvents.length; index += 1) {
      const event = moveEvents[index] as MoveEvent;
      const cycle = this.#machine.eventCycle(event);
      this.cycles[index] = cycle;
      const ticks = cycle - now;
      if (!(ticks - 1 <= slackTicks)) continue;
      for (const offset of moveOffsets) {
        const held = ticks + offset;
        if (held > 0 && held <= slackTicks) bits |= bitOf(event, offset);
      }
    }
    return bits;
  }
}
