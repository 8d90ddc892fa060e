/*
 * The search of one iteration of a program on the compiled firmware: the second machine under the
 * vocabulary of @escapement/explore, whose `search.ts` explains the first.
 *
 * A *point* is an instruction (point-tracker.ts says which). A *move* holds the CPU up before a point
 * until the wrap, the compare match or the second interrupt's match has just happened, or a tick
 * before or after: all clocks go on, nothing is executed, as when a DMA transfer takes the bus. So
 * nothing happens that the chip could not do, and the interrupt comes because the hardware requests
 * it, now or when it is unmasked.
 *
 * How a run is made. The plain run is walked once, instruction by instruction. Before each point with
 * an event in reach the chip is copied; the moves are made from that copy; then the walk goes on from
 * where it was. With bound 2, the run after the first move is walked in the same way.
 *
 * Why most moves need not be made. An instruction *commutes* with an interrupt (commute.ts) when it
 * touches no peripheral, not the interrupt flag, and no memory that a handler could see. Then a move
 * before it and the same move before the next point do the same things in the same order, a few
 * cycles apart, and only the later one is made. For that, both must aim at the same cycle: the event's
 * cycle must not have changed between the two. Hence each point with moves stays *open* until the
 * next instruction is known.
 *
 * Holds. The wrap comes once in 65536 ticks, so in the plain run most code never has it in reach. A
 * hold before the iteration, while nothing of the program runs, brings the wrap to code that has not
 * had it (holds.ts chooses); it takes nothing of the slack. A run with a hold is walked only for that:
 * it makes moves of the wrap alone, on paths that have not had it.
 *
 * What is left out: more moves than the bound; moves longer than the slack; points in the agent's
 * waiting, where interrupts come in the plain run; the few cycles by which equivalent runs differ; and
 * the wrap, for programs that set the counter's phase themselves.
 */
import type { ChipSnapshot } from "@escapement/board-uno";
import type { Move } from "@escapement/explore";
import type { AvrMachine } from "./avr-machine.js";
import { commutes } from "./commute.js";
import { Coverage, type PathCoverage } from "./coverage.js";
import {
  bitCounts,
  bitOf,
  bitsOf,
  EventsInReach,
  moveEvents,
  moveOffsets,
} from "./events-in-reach.js";
import { Holds } from "./holds.js";
import { PointTracker } from "./point-tracker.js";
import type { AvrRun, RunEnd } from "./run.js";
import { hangCycle } from "./run-schedule.js";
import { newDepth, type OpenPoint, type SearchDepth } from "./search-depth.js";

/** What is counted over all iterations of a program. */
export interface SearchCounts {
  /** Points of plain runs. */
  points: number;
  /** Runs from a hold alone. */
  holds: number;
  /** Runs with a move. */
  schedules: number;
  /** Moves that were not made because one at the next point is equivalent. */
  pruned: number;
}

/** Which moves are made. */
export interface SearchReach {
  /** Moves in one run. */
  readonly bound: 1 | 2;
  /** Ticks that all moves of one run may take together. */
  readonly slackTicks: number;
  /** Whether equivalent moves are left out. */
  readonly prune: boolean;
  /** Whether iterations are also run with holds. */
  readonly holds: boolean;
}

/** How the search of an iteration ended; `again`: the agent takes the iteration back, and it is still the next. */
export type CaseEnd = RunEnd | "again";

/** Searches iterations of one program, one after the other. */
export class CaseSearch {
  /** Counted over all iterations. */
  readonly counts: SearchCounts = { points: 0, holds: 0, schedules: 0, pruned: 0 };
  /** What was reached, and before what an event was put. */
  readonly coverage: Coverage;
  readonly #machine: AvrMachine;
  readonly #tracker: PointTracker;
  readonly #reach: SearchReach;
  readonly #holds: Holds;
  readonly #start: ChipSnapshot;
  readonly #end: ChipSnapshot;
  readonly #depths: readonly SearchDepth[];
  readonly #events: EventsInReach;
  #limit = 0;
  #holdTicks = 0;
  #startCycle = 0;
  #endCycle = 0;
  #judge: (run: AvrRun) => boolean = () => true;
  #stopped = false;

  /** Searches iterations of whatever the machine has loaded. */
  constructor(machine: AvrMachine, reach: SearchReach, paths: PathCoverage) {
    this.coverage = new Coverage(paths);
    this.#machine = machine;
    this.#reach = reach;
    this.#tracker = new PointTracker(machine.map);
    this.#holds = new Holds(this.coverage, reach.slackTicks);
    this.#start = machine.chip.snapshot();
    this.#end = machine.chip.snapshot();
    this.#events = new EventsInReach(machine);
    const { bound } = reach;
    this.#depths = Array.from({ length: bound }, () => newDepth(machine.chip, this.#tracker));
  }

  /**
   * Searches the iteration that the machine stands before, and leaves it at the end of the plain run.
   *
   * @param plainCycles - What the plain run takes at most; one that goes on hangs.
   * @param judge - Called after each run, the plain one first, with the machine at the run's end;
   * false ends the search of this iteration.
   */
  run(plainCycles: number, judge: (run: AvrRun) => boolean): CaseEnd {
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
    this.#holds.begin();
    this.#walk([], this.#reach.slackTicks);
    if (this.#reach.holds) this.#runHolds(plainCycles);
    this.#end.restore();
    machine.onTrial = false;
    return end;
  }

  /** Has the iteration begin later, so that the wrap comes to instructions that have not had it. */
  #runHolds(plainCycles: number): void {
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
      const ticks = this.#holds.next(wrapTicks);
      if (ticks === undefined) return;
      // Without a hold, it is the plain run, which was judged.
      if (ticks === 0) continue;
      this.#holdTicks = ticks;
      this.#startCycle = begin + ticks;
      this.counts.holds += 1;
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
    const { open } = this.#depths[prefix.length] as SearchDepth;
    const plain = prefix.length === 0;
    let last: OpenPoint | undefined;
    let turn = 0;
    while (cpu.pc !== machine.endWord) {
      if (cpu.cycles > this.#limit) return "hang";
      const isPoint = tracker.look(cpu);
      const bits = isPoint ? this.#movesHere(plain, slack) : 0;
      let here: OpenPoint | undefined;
      if (bits !== 0) {
        here = open[turn] as OpenPoint;
        turn = 1 - turn;
        this.#fill(here, bits);
      }
      if (last !== undefined) this.#close(last, here, prefix, slack);
      if (this.#stopped) return "ended";
      last = here;
      if (plain && here === undefined && this.#isDone()) return "ended";
      if (isPoint) tracker.count += 1;
      else machine.passWait();
      chip.step();
    }
    if (last !== undefined) this.#close(last, undefined, prefix, slack);
    return "ended";
  }

  /** Whether the rest of a run with a hold cannot have the wrap where the hold was to bring it. */
  #isDone(): boolean {
    if (this.#holdTicks === 0 || !this.#holds.isMet) return false;
    return this.#machine.eventCycle("w") - this.#reach.slackTicks > this.#endCycle;
  }

  /** Notes a point, and returns the moves to make before it, as {@link EventsInReach.look} does. */
  #movesHere(plain: boolean, slack: number): number {
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
      coverage.move(cpu, path, (bits & bitOf("w", 0)) !== 0, (bits & bitOf("c", 0)) !== 0);
    }
    if (plain && !this.#tracker.isAfterWrap) {
      this.#holds.note(path, cpu.cycles - this.#startCycle);
    }
    return bits;
  }

  #fill(here: OpenPoint, bits: number): void {
    const { chip } = this.#machine;
    here.chip.save();
    this.#tracker.save(here.tracker);
    here.point = this.#tracker.count;
    here.word = chip.cpu.pc;
    here.bits = bits;
    here.at.set(this.#events.cycles);
    here.commutes = this.#reach.prune && commutes(chip.cpu, chip.cpu.pc);
  }

  /** Makes the moves of an open point, but those to which one at the next point is equivalent. */
  #close(
    last: OpenPoint,
    next: OpenPoint | undefined,
    prefix: readonly Move[],
    slack: number,
  ): void {
    let left = last.bits;
    if (last.commutes && next !== undefined && next.point === last.point + 1) {
      for (const [index, event] of moveEvents.entries()) {
        if (last.at[index] !== next.at[index]) continue;
        const equivalent = left & next.bits & bitsOf(event);
        left &= ~equivalent;
        this.counts.pruned += bitCounts[equivalent >> (3 * index)] as number;
      }
    }
    if (left === 0) return;
    const depth = this.#depths[prefix.length] as SearchDepth;
    depth.here.save();
    this.#tracker.save(depth.hereTracker);
    for (const [index, event] of moveEvents.entries()) {
      for (const offset of moveOffsets) {
        if ((left & bitOf(event, offset)) === 0 || this.#stopped) continue;
        const cycle = (last.at[index] as number) + offset;
        this.#move(last, { point: last.point, event, offset }, cycle, prefix, slack);
      }
    }
    depth.here.restore();
    this.#tracker.restore(depth.hereTracker);
  }

  /** Makes one move, and runs or walks on to the iteration's end. */
  #move(from: OpenPoint, move: Move, cycle: number, prefix: readonly Move[], slack: number): void {
    const machine = this.#machine;
    const { chip } = machine;
    from.chip.restore();
    const ticks = cycle - chip.cpu.cycles;
    chip.hold(cycle);
    this.counts.schedules += 1;
    const moves = [...prefix, move];
    let end: RunEnd;
    if (moves.length < this.#reach.bound) {
      this.#tracker.restore(from.tracker);
      end = this.#walk(moves, slack - ticks);
      if (this.#stopped) return;
    } else {
      end = machine.runTo(machine.endWord, this.#limit);
    }
    const schedule = { holdTicks: this.#holdTicks, moves };
    if (!this.#judge({ schedule, word: from.word, end })) this.#stopped = true;
  }
}
