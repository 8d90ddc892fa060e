import type { ChipSnapshot } from "../chip.js";
import { commutes } from "./commute.js";
import { PointTracker, type TrackerState } from "./point-tracker.js";
import {
  formatUnoSchedule,
  type UnoMove,
  type UnoMoveEvent,
  type UnoSchedule,
} from "./schedule.js";
import { SweepError } from "./sweep-error.js";
import type { IterationEnd, RunEnd, SweepMachine } from "./sweep-machine.js";
import type { SweepCounts, SweepReach, SweepRun } from "./sweep-run.js";

const moveEvents: readonly UnoMoveEvent[] = ["w", "c", "s"];
const offsets = [-1, 0, 1] as const;
const bitCounts = [0, 1, 1, 2, 1, 2, 2, 3] as const;

/** An iteration that does not end may take so many cycles more than twice the plain one. */
const HANG_CYCLES = 16 * 65_536;

/** A point with moves that may still be covered by the next one. */
interface Slot {
  readonly chip: ChipSnapshot;
  readonly tracker: TrackerState;
  point: number;
  word: number;
  /** Bits of {@link Candidates}; 0 where the slot is empty. */
  bits: number;
  readonly at: Float64Array;
  commutes: boolean;
}

/** What each depth of the search keeps to itself. */
interface Level {
  readonly here: ChipSnapshot;
  readonly hereTracker: TrackerState;
  readonly slots: readonly [Slot, Slot];
}

/**
 * Sweeps one iteration: walks through its plain run, and before each point lets the CPU be held up
 * until each event that is within reach, each time going back to a copy of the machine.
 */
export class IterationSweep {
  /** Counted over all iterations. */
  readonly counts: SweepCounts = { points: 0, placed: 0, equivalent: 0 };
  /** For each flash word: 1 a point of a plain run, 3 one before which an event was placed. */
  readonly seen = new Uint8Array(0x4000);
  readonly #machine: SweepMachine;
  readonly #tracker: PointTracker;
  readonly #reach: SweepReach;
  readonly #start: ChipSnapshot;
  readonly #levels: Level[];
  readonly #next = new Float64Array(moveEvents.length);
  #limit = 0;
  #judge: (run: SweepRun) => boolean = () => true;
  #stopped = false;

  /** Sweeps iterations of whatever the machine has loaded. */
  constructor(machine: SweepMachine, reach: SweepReach) {
    this.#machine = machine;
    this.#reach = reach;
    this.#tracker = new PointTracker(machine.map);
    this.#start = machine.chip.snapshot();
    this.#levels = Array.from({ length: reach.bound }, () => this.#newLevel());
  }

  /**
   * Sweeps the iteration that the machine stands before, and leaves it at the end of the plain run.
   *
   * @param plainCycles - What the plain run takes at most; one that goes on hangs.
   * @param judge - Called after each run, the plain one first, with the machine at the run's end;
   * false ends the sweep of this iteration.
   */
  sweep(plainCycles: number, judge: (run: SweepRun) => boolean): IterationEnd {
    const machine = this.#machine;
    const { cpu } = machine.chip;
    this.#judge = judge;
    this.#stopped = false;
    this.#start.save();
    const from = cpu.cycles;
    const end = machine.runPlain(plainCycles);
    if (end === "ended" && machine.isTakenBack) return "again";
    const goOn = judge({ schedule: [], word: -1, end });
    if (end === "hang" || !goOn) return end;
    this.#limit = cpu.cycles + (cpu.cycles - from) + HANG_CYCLES;
    machine.onTrial = true;
    this.#start.restore();
    this.#tracker.begin();
    this.#walk([], this.#reach.slackTicks);
    if (this.#stopped) {
      this.#start.restore();
      machine.runPlain(plainCycles);
    }
    machine.onTrial = false;
    return end;
  }

  /**
   * Runs one schedule, and leaves the machine at its end.
   *
   * @throws SweepError `schedule-mismatch` when the run has no such point, or no such event is in reach there.
   */
  replay(plainCycles: number, schedule: UnoSchedule): SweepRun {
    const machine = this.#machine;
    const { chip } = machine;
    this.#start.save();
    const from = chip.cpu.cycles;
    const plain = machine.runPlain(plainCycles);
    if (plain === "ended" && machine.isTakenBack && machine.nextIteration()) {
      return this.replay(plainCycles, schedule);
    }
    if (schedule.length === 0 || plain === "hang") return { schedule, word: -1, end: plain };
    const limit = chip.cpu.cycles + (chip.cpu.cycles - from) + HANG_CYCLES;
    this.#start.restore();
    this.#tracker.begin();
    let slack = this.#reach.slackTicks;
    let word = -1;
    for (const move of schedule) {
      const arrived = this.#walkTo(move.point, limit);
      const cycle = machine.eventCycle(move.event) + move.offset;
      const ticks = cycle - chip.cpu.cycles;
      if (!arrived || !(ticks > 0 && ticks <= slack)) throw mismatch(schedule, move, slack);
      word = chip.cpu.pc;
      slack -= ticks;
      chip.hold(cycle);
    }
    return { schedule, word, end: machine.runTo(machine.endWord, limit) };
  }

  /** Walks to a point, and stops before it. */
  #walkTo(point: number, limit: number): boolean {
    const { cpu } = this.#machine.chip;
    while (cpu.pc !== this.#machine.endWord && cpu.cycles <= limit) {
      if (this.#tracker.look(cpu)) {
        if (this.#tracker.count === point) return true;
        this.#tracker.count += 1;
      } else {
        this.#machine.passWait();
      }
      this.#machine.chip.step();
    }
    return false;
  }

  /** Walks on to the iteration's end and makes moves on the way. */
  #walk(prefix: UnoSchedule, slack: number): RunEnd {
    const machine = this.#machine;
    const { chip } = machine;
    const { cpu } = chip;
    const tracker = this.#tracker;
    const { slots } = this.#levels[prefix.length] as Level;
    const plain = prefix.length === 0;
    let last: Slot | undefined;
    let turn = 0;
    while (cpu.pc !== machine.endWord) {
      if (cpu.cycles > this.#limit) return "hang";
      const isPoint = tracker.look(cpu);
      const bits = isPoint ? this.#candidates(slack) : 0;
      if (isPoint && plain) {
        this.counts.points += 1;
        this.seen[cpu.pc] = (this.seen[cpu.pc] as number) | 1;
      }
      let slot: Slot | undefined;
      if (bits !== 0) {
        slot = slots[turn] as Slot;
        turn = 1 - turn;
        this.#fill(slot, bits);
        this.seen[cpu.pc] = (this.seen[cpu.pc] as number) | 2;
      }
      if (last !== undefined) this.#settle(last, slot, prefix, slack);
      if (this.#stopped) return "ended";
      last = slot;
      if (isPoint) tracker.count += 1;
      else machine.passWait();
      chip.step();
    }
    if (last !== undefined) this.#settle(last, undefined, prefix, slack);
    return "ended";
  }

  /** Which events are within reach, as bits 3 × event + offset + 1; their cycles are left in `#next`. */
  #candidates(slack: number): number {
    const { cpu } = this.#machine.chip;
    const now = cpu.cycles;
    let bits = 0;
    for (let event = 0; event < moveEvents.length; event += 1) {
      const cycle = this.#machine.eventCycle(moveEvents[event] as UnoMoveEvent);
      this.#next[event] = cycle;
      const ticks = cycle - now;
      if (!(ticks - 1 <= slack)) continue;
      for (const offset of offsets) {
        const held = ticks + offset;
        if (held > 0 && held <= slack) bits |= 1 << (3 * event + offset + 1);
      }
    }
    return bits;
  }

  #fill(slot: Slot, bits: number): void {
    const { chip } = this.#machine;
    slot.chip.save();
    this.#tracker.save(slot.tracker);
    slot.point = this.#tracker.count;
    slot.word = chip.cpu.pc;
    slot.bits = bits;
    slot.at.set(this.#next);
    slot.commutes = this.#reach.prune && commutes(chip.cpu, chip.cpu.pc);
  }

  /** Makes the moves of a point that the next one does not cover. */
  #settle(slot: Slot, next: Slot | undefined, prefix: UnoSchedule, slack: number): void {
    let left = slot.bits;
    if (slot.commutes && next !== undefined && next.point === slot.point + 1) {
      for (let event = 0; event < moveEvents.length; event += 1) {
        if (slot.at[event] !== next.at[event]) continue;
        const covered = left & next.bits & (7 << (3 * event));
        left &= ~covered;
        this.counts.equivalent += bitCounts[covered >> (3 * event)] as number;
      }
    }
    if (left === 0) return;
    const level = this.#levels[prefix.length] as Level;
    level.here.save();
    this.#tracker.save(level.hereTracker);
    for (let event = 0; event < moveEvents.length && !this.#stopped; event += 1) {
      for (const offset of offsets) {
        if ((left & (1 << (3 * event + offset + 1))) === 0 || this.#stopped) continue;
        const move = { point: slot.point, event: moveEvents[event] as UnoMoveEvent, offset };
        this.#place(slot, move, (slot.at[event] as number) + offset, prefix, slack);
      }
    }
    level.here.restore();
    this.#tracker.restore(level.hereTracker);
  }

  #place(slot: Slot, move: UnoMove, cycle: number, prefix: UnoSchedule, slack: number): void {
    const machine = this.#machine;
    const { chip } = machine;
    slot.chip.restore();
    const ticks = cycle - chip.cpu.cycles;
    chip.hold(cycle);
    this.counts.placed += 1;
    const schedule = [...prefix, move];
    let end: RunEnd;
    if (schedule.length < this.#reach.bound) {
      this.#tracker.restore(slot.tracker);
      end = this.#walk(schedule, slack - ticks);
      if (this.#stopped) return;
    } else {
      end = machine.runTo(machine.endWord, this.#limit);
    }
    if (!this.#judge({ schedule, word: slot.word, end })) this.#stopped = true;
  }

  #newLevel(): Level {
    const { chip } = this.#machine;
    const slot = (): Slot => ({
      chip: chip.snapshot(),
      tracker: this.#tracker.newState(),
      point: 0,
      word: 0,
      bits: 0,
      at: new Float64Array(moveEvents.length),
      commutes: false,
    });
    return {
      here: chip.snapshot(),
      hereTracker: this.#tracker.newState(),
      slots: [slot(), slot()],
    };
  }
}

function mismatch(schedule: UnoSchedule, move: UnoMove, slack: number): SweepError {
  return new SweepError(
    "schedule-mismatch",
    `Before instruction ${move.point} of ${formatUnoSchedule(schedule)} no such event is within ${slack} ticks`,
    "Replay a schedule with the program, iteration, image, emulator and slack that it was printed for.",
  );
}
