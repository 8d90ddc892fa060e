import type { ChipSnapshot } from "@escapement/board-uno";
import type { AvrMachine, CaseEnd, RunEnd } from "./avr-machine.js";
import { commutes } from "./commute.js";
import { Coverage, type PathCoverage } from "./coverage.js";
import {
  bitCounts,
  bitOf,
  bitsOf,
  EventsInReach,
  logEvents,
  moveOffsets,
} from "./events-in-reach.js";
import { Holds } from "./holds.js";
import { PointTracker } from "./point-tracker.js";
import type { AvrRun, SearchCounts, SearchReach } from "./run.js";
import { hangCycle } from "./run-schedule.js";
import type { Move } from "./schedule.js";
import { type Depth, newDepth, type OpenPoint } from "./search-depth.js";

/**
 * Sweeps one iteration: walks through its plain run, and before each point lets the CPU be held up
 * until each event that is within reach, each time going back to a copy of the machine.
 */
export class CaseSearch {
  /** Counted over all iterations. */
  readonly counts: SearchCounts = { points: 0, phases: 0, placed: 0, equivalent: 0 };
  /** What was reached, and before what an event was placed. */
  readonly coverage: Coverage;
  readonly #machine: AvrMachine;
  readonly #tracker: PointTracker;
  readonly #reach: SearchReach;
  readonly #phases: Holds;
  readonly #start: ChipSnapshot;
  readonly #end: ChipSnapshot;
  readonly #levels: Depth[];
  readonly #events: EventsInReach;
  #limit = 0;
  #holdTicks = 0;
  #startCycle = 0;
  #endCycle = 0;
  #judge: (run: AvrRun) => boolean = () => true;
  #stopped = false;

  /** Sweeps iterations of whatever the machine has loaded. */
  constructor(machine: AvrMachine, reach: SearchReach, paths: PathCoverage) {
    this.coverage = new Coverage(paths);
    this.#machine = machine;
    this.#reach = reach;
    this.#tracker = new PointTracker(machine.map);
    this.#phases = new Holds(this.coverage, reach.slackTicks);
    this.#start = machine.chip.snapshot();
    this.#end = machine.chip.snapshot();
    this.#events = new EventsInReach(machine);
    this.#levels = Array.from({ length: reach.bound }, () => newDepth(machine.chip, this.#tracker));
  }

  /**
   * Sweeps the iteration that the machine stands before, and leaves it at the end of the plain run.
   *
   * @param plainCycles - What the plain run takes at most; one that goes on hangs.
   * @param judge - Called after each run, the plain one first, with the machine at the run's end;
   * false ends the sweep of this iteration.
   */
  sweep(plainCycles: number, judge: (run: AvrRun) => boolean): CaseEnd {
    const machine = this.#machine;
    const { cpu } = machine.chip;
    this.#judge = judge;
    this.#stopped = false;
    this.#start.save();
    this.#startCycle = cpu.cycles;
    this.#holdTicks = 0;
    const end = machine.runPlain(plainCycles);
    if (end === "ended" && machine.isTakenBack) return "again";
    const goOn = judge({ schedule: { holdTicks: 0, moves: [] }, word: -1, end });
    if (end === "hang" || !goOn) return end;
    this.#end.save();
    this.#limit = hangCycle(this.#startCycle, cpu.cycles);
    machine.onTrial = true;
    this.#start.restore();
    this.#tracker.begin();
    this.#phases.begin();
    this.#walk([], this.#reach.slackTicks);
    if (this.#reach.phases) this.#sweepPhases(plainCycles);
    this.#end.restore();
    machine.onTrial = false;
    return end;
  }

  /** Has the iteration begin later, so that the wrap comes to instructions that have not had it. */
  #sweepPhases(plainCycles: number): void {
    const machine = this.#machine;
    const { chip } = machine;
    const { cpu } = chip;
    this.#start.restore();
    const wrapTicks = machine.eventCycle("w") - cpu.cycles;
    const begin = cpu.cycles;
    const hold = (): void => {
      this.#start.restore();
      chip.hold(this.#startCycle);
    };
    while (!this.#stopped) {
      const ticks = this.#phases.next(wrapTicks);
      if (ticks === undefined) return;
      // Without a hold, it is the plain run, which was judged.
      if (ticks === 0) continue;
      this.#holdTicks = ticks;
      this.#startCycle = begin + ticks;
      this.counts.phases += 1;
      hold();
      const end = machine.runPlain(plainCycles);
      const schedule = { holdTicks: ticks, moves: [] };
      if (!this.#judge({ schedule, word: -1, end }) || end === "hang") return;
      this.#endCycle = cpu.cycles;
      this.#limit = hangCycle(this.#startCycle, cpu.cycles);
      hold();
      this.#tracker.begin();
      this.#walk([], this.#reach.slackTicks);
    }
  }

  /** Walks on to the iteration's end and makes moves on the way. */
  #walk(prefix: readonly Move[], slack: number): RunEnd {
    const machine = this.#machine;
    const { chip } = machine;
    const { cpu } = chip;
    const tracker = this.#tracker;
    const { slots } = this.#levels[prefix.length] as Depth;
    const plain = prefix.length === 0;
    let last: OpenPoint | undefined;
    let turn = 0;
    while (cpu.pc !== machine.endWord) {
      if (cpu.cycles > this.#limit) return "hang";
      const isPoint = tracker.look(cpu);
      const bits = isPoint ? this.#placesHere(plain, slack) : 0;
      let slot: OpenPoint | undefined;
      if (bits !== 0) {
        slot = slots[turn] as OpenPoint;
        turn = 1 - turn;
        this.#fill(slot, bits);
      }
      if (last !== undefined) this.#settle(last, slot, prefix, slack);
      if (this.#stopped) return "ended";
      last = slot;
      if (plain && slot === undefined && this.#isDone()) return "ended";
      if (isPoint) tracker.count += 1;
      else machine.passWait();
      chip.step();
    }
    if (last !== undefined) this.#settle(last, undefined, prefix, slack);
    return "ended";
  }

  /** Whether the rest of a run from a chosen phase has nothing to do with it. */
  #isDone(): boolean {
    if (this.#holdTicks === 0 || !this.#phases.isMet) return false;
    return this.#machine.eventCycle("w") - this.#reach.slackTicks > this.#endCycle;
  }

  /** Notes a point, and says which events are to be placed before it, as {@link EventsInReach.look} does. */
  #placesHere(plain: boolean, slack: number): number {
    const { coverage } = this;
    const { cpu } = this.#machine.chip;
    let bits = this.#events.look(slack);
    if (!plain && bits === 0) return 0;
    const path = coverage.pathOf(cpu, this.#tracker.level, this.#tracker.chain.hash);
    if (plain && this.#holdTicks === 0) {
      this.counts.points += 1;
      coverage.reach(cpu, path);
    } else if (plain) {
      if (coverage.hasWrap(path)) return 0;
      bits &= bitsOf("w");
    }
    if (bits !== 0) {
      coverage.place(cpu, path, (bits & bitOf("w", 0)) !== 0, (bits & bitOf("c", 0)) !== 0);
    }
    if (plain && !this.#tracker.isAfterWrap) {
      this.#phases.note(path, cpu.cycles - this.#startCycle);
    }
    return bits;
  }

  #fill(slot: OpenPoint, bits: number): void {
    const { chip } = this.#machine;
    slot.chip.save();
    this.#tracker.save(slot.tracker);
    slot.point = this.#tracker.count;
    slot.word = chip.cpu.pc;
    slot.bits = bits;
    slot.at.set(this.#events.cycles);
    slot.commutes = this.#reach.prune && commutes(chip.cpu, chip.cpu.pc);
  }

  /** Makes the moves of a point that the next one does not cover. */
  #settle(
    slot: OpenPoint,
    next: OpenPoint | undefined,
    prefix: readonly Move[],
    slack: number,
  ): void {
    let left = slot.bits;
    if (slot.commutes && next !== undefined && next.point === slot.point + 1) {
      for (const [index, event] of logEvents.entries()) {
        if (slot.at[index] !== next.at[index]) continue;
        const covered = left & next.bits & bitsOf(event);
        left &= ~covered;
        this.counts.equivalent += bitCounts[covered >> (3 * index)] as number;
      }
    }
    if (left === 0) return;
    const level = this.#levels[prefix.length] as Depth;
    level.here.save();
    this.#tracker.save(level.hereTracker);
    for (const [index, event] of logEvents.entries()) {
      for (const offset of moveOffsets) {
        if ((left & bitOf(event, offset)) === 0 || this.#stopped) continue;
        const cycle = (slot.at[index] as number) + offset;
        this.#place(slot, { point: slot.point, event, offset }, cycle, prefix, slack);
      }
    }
    level.here.restore();
    this.#tracker.restore(level.hereTracker);
  }

  #place(slot: OpenPoint, move: Move, cycle: number, prefix: readonly Move[], slack: number): void {
    const machine = this.#machine;
    const { chip } = machine;
    slot.chip.restore();
    const ticks = cycle - chip.cpu.cycles;
    chip.hold(cycle);
    this.counts.placed += 1;
    const moves = [...prefix, move];
    let end: RunEnd;
    if (moves.length < this.#reach.bound) {
      this.#tracker.restore(slot.tracker);
      end = this.#walk(moves, slack - ticks);
      if (this.#stopped) return;
    } else {
      end = machine.runTo(machine.endWord, this.#limit);
    }
    const schedule = { holdTicks: this.#holdTicks, moves };
    if (!this.#judge({ schedule, word: slot.word, end })) this.#stopped = true;
  }
}
