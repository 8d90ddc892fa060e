import type { ExploreCase } from "./case.js";
import { exploreErrors } from "./explore-errors.js";
import { type ExploreFinding, type FindingKind, FindingSet, type FoundInRun } from "./finding.js";
import { Footprint } from "./footprint.js";
import { isIndependent, type MadeMove } from "./independence.js";
import { judgeRun } from "./judge-run.js";
import { crossedBy, endOfMove, moveUntil, possibleMoves } from "./possible-moves.js";
import { hashPoint, pointKind, RunLog } from "./run-log.js";
import { formatSchedule, type Schedule } from "./schedule.js";
import type { World } from "./world.js";

/** Limits of a search. */
export interface SearchLimits {
  /** Moves in a schedule: 0, 1, 2 …; the search goes through all smaller bounds first. */
  readonly bound: number;
  /** Points of a run at which a move may be made, from its begin; Infinity for all. */
  readonly length: number;
  /** Points after which a run is taken for endless. */
  readonly pointsMax: number;
  /** Points that interrupts may be masked for. */
  readonly maskedMax: number;
  /** Distinct findings kept of a case. */
  readonly findingsMax: number;
  /** Whether equivalent schedules are left out; false only to test that leaving them out is sound. */
  readonly prune: boolean;
  /** Ends the search at its first finding. */
  readonly stopAtFirst: boolean;
  /** What to look for; everything where it is absent. */
  readonly kinds?: readonly FindingKind[];
  /** Looks at the shared state at the program's end only, not at each step; default false. */
  readonly auditAtEnd?: boolean;
}

/** What a search went through. All counts are of the last, largest bound unless they say otherwise. */
export interface SearchCoverage {
  /** Points of the plain run. */
  readonly points: number;
  /** Distinct schedules run. */
  readonly schedules: number;
  /** Schedules left out because one that was run comes to the same. */
  readonly pruned: number;
  /** Runs in all, those of smaller bounds and prefixes that were run again included. */
  readonly runs: number;
  /** Distinct schedules by their number of moves. */
  readonly byMoves: readonly number[];
  /** The bound that was gone through whole; −1 if not even 0. */
  readonly bound: number;
  /** The longest section with interrupts masked, in points. */
  readonly maskedPoints: number;
  /** Shared cells that two contexts used at once without a mask, as declared, by name. */
  readonly atomic: readonly string[];
}

/** A part of the places for a first move, so that one case can be shared out. */
export interface SearchPart {
  /** Which part, from 0. */
  readonly index: number;
  /** Of how many. */
  readonly count: number;
}

/** What a search of one case came to. */
export interface SearchResult {
  /** What it went through. */
  readonly coverage: SearchCoverage;
  /** What it found, fewest moves first. */
  readonly findings: readonly ExploreFinding[];
}

/** Thrown inside to leave the search; never seen outside. */
class Stopped extends Error {}

interface Node {
  readonly schedule: Schedule;
  readonly footprint: Footprint;
  /** Level of the access that the last move came before. */
  readonly level: number;
}

/**
 * Searches all schedules of one case within the limits, by running the program anew for each.
 *
 * Depth first, bound by bound. A move is tried before every point at which its event is within
 * the slack; one that only slides over an access that is independent of it is left out, judged by
 * everything that ran inside it in its whole subtree.
 */
export class CaseSearch {
  readonly #world: World;
  readonly #case: ExploreCase;
  readonly #limits: SearchLimits;
  readonly #part: SearchPart;
  readonly #onRun: (() => boolean) | undefined;
  readonly #findings: FindingSet;
  readonly #atomic = new Set<number>();
  readonly #races = new Set<string>();
  /** The runs that are being extended, by their number of moves. */
  readonly #logs: RunLog[] = [];
  #bound = 0;
  #runs = 0;
  #pruned = 0;
  #byMoves: number[] = [];
  #points = 0;
  #maskedPoints = 0;

  /** Prepares a search. `onRun` is asked after each run and ends the search by answering false. */
  constructor(
    world: World,
    subject: ExploreCase,
    limits: SearchLimits,
    part: SearchPart = { index: 0, count: 1 },
    onRun?: () => boolean,
  ) {
    this.#world = world;
    this.#case = subject;
    this.#limits = limits;
    this.#part = part;
    this.#onRun = onRun;
    this.#findings = new FindingSet(limits.findingsMax);
  }

  /**
   * Goes through the bounds.
   *
   * @throws {@link ExploreError} `nondeterministic` when the same schedule led to two different runs.
   */
  run(): SearchResult {
    let done = -1;
    let counted = { pruned: 0, byMoves: [] as number[] };
    try {
      for (let bound = 0; bound <= this.#limits.bound; bound += 1) {
        this.#bound = bound;
        this.#pruned = 0;
        this.#byMoves = Array.from({ length: bound + 1 }, () => 0);
        this.#visit({ schedule: [], footprint: new Footprint(), level: 0 }, [], 0);
        done = bound;
        counted = { pruned: this.#pruned, byMoves: this.#byMoves };
        if (this.#findings.size > 0 && this.#limits.stopAtFirst) break;
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      counted = { pruned: this.#pruned, byMoves: this.#byMoves };
    }
    return {
      findings: this.#findings.list(),
      coverage: {
        points: this.#points,
        schedules: counted.byMoves.reduce((sum, count) => sum + count, 0),
        pruned: counted.pruned,
        runs: this.#runs,
        byMoves: counted.byMoves,
        bound: done,
        maskedPoints: this.#maskedPoints,
        atomic: [...this.#atomic].map((cell) => this.#world.describeCell(cell)).sort(),
      },
    };
  }

  /** Runs a node's schedule, then its children. `ancestors` are the moves that may enclose it. */
  #visit(node: Node, ancestors: readonly Node[], expectedHash: number): void {
    const { schedule } = node;
    const last = schedule[schedule.length - 1];
    const start = last?.point ?? 0;
    const sound = this.#run(node, expectedHash);
    const { recorder } = this.#world;
    // A part of several runs the plain schedule too, but only the first counts it.
    if (last !== undefined || this.#part.index === 0) {
      this.#byMoves[schedule.length] = (this.#byMoves[schedule.length] ?? 0) + 1;
    }
    if (last !== undefined) node.footprint.collect(recorder.log, start, node.level);
    for (const { schedule: outer, footprint, level } of ancestors) {
      footprint.collect(recorder.log, outer[outer.length - 1]?.point ?? 0, level);
    }
    if (!sound || schedule.length >= this.#bound) return;
    const heldTicks = recorder.heldTicks;
    const log = this.#logs[schedule.length] ?? new RunLog(recorder.log.count);
    this.#logs[schedule.length] = log;
    log.copyFrom(recorder.log);
    this.#scan(node, ancestors, log, start, this.#world.target.slackTicks - heldTicks);
  }

  #run({ schedule }: Node, expectedHash: number): boolean {
    const { recorder } = this.#world;
    const auditFrom =
      this.#limits.auditAtEnd === true
        ? Number.POSITIVE_INFINITY
        : (schedule[schedule.length - 1]?.point ?? 0);
    const outcome = this.#world.run(this.#case.program, schedule, auditFrom);
    this.#runs += 1;
    if (schedule.length === 0) this.#points = recorder.log.count;
    else if (recorder.prefixHash !== expectedHash) {
      const text = formatSchedule(schedule);
      const what = `${this.#case.name} that had to be alike up to the last move of ${text} were not`;
      throw exploreErrors.carriedOver({ what });
    }
    this.#maskedPoints = Math.max(this.#maskedPoints, recorder.maskedMax);
    const found = judgeRun(this.#world, this.#case, outcome, this.#limits.maskedMax).filter(
      ({ kind }) => this.#looksFor(kind),
    );
    for (const finding of found) this.#add(finding, schedule);
    if (this.#onRun?.() === false) throw new Stopped();
    return found.length === 0;
  }

  #looksFor(kind: FindingKind): boolean {
    return this.#limits.kinds?.includes(kind) ?? true;
  }

  #add(finding: FoundInRun, schedule: Schedule): void {
    this.#findings.add(finding, schedule);
    if (this.#limits.stopAtFirst) throw new Stopped();
  }

  /** Tries one more move at every point from `start` on. */
  #scan(node: Node, ancestors: readonly Node[], log: RunLog, start: number, slack: number): void {
    const { schedule } = node;
    const [first, end] = this.#range(log, schedule.length === 0);
    const made = new Map<number, MadeMove>();
    let hash = 0;
    // Right after a move nothing has happened yet: only what it let in makes another place.
    const fresh = schedule.length === 0 || log.levelAt(start) > node.level ? start : start + 1;
    for (let point = 0; point < end; point += 1) {
      if (point >= fresh && point >= first) {
        this.#tryAt(node, ancestors, log, point, slack, hash, made);
        for (const [until, move] of made) {
          if (!this.#holds(log, point, move, schedule)) made.delete(until);
        }
      }
      hash = hashPoint(hash, log.codeAt(point), log.nowAt(point));
    }
  }

  #range(log: RunLog, isRoot: boolean): readonly [number, number] {
    const end = Math.min(log.count, this.#limits.length);
    if (!isRoot) return [0, end];
    const { index, count } = this.#part;
    return [Math.floor((end * index) / count), Math.floor((end * (index + 1)) / count)];
  }

  /** Makes the moves that are possible at a point and not known to come to the same as one before. */
  #tryAt(
    node: Node,
    ancestors: readonly Node[],
    log: RunLog,
    point: number,
    slack: number,
    hash: number,
    made: Map<number, MadeMove>,
  ): void {
    const now = log.nowAt(point);
    for (const move of possibleMoves(log, point, slack)) {
      const until = endOfMove(log, move);
      if (made.has(until)) {
        this.#pruned += 1;
        continue;
      }
      const child: Node = {
        schedule: [...node.schedule, move],
        footprint: new Footprint(),
        level: log.levelAt(point),
      };
      const enclosing = node.schedule.length === 0 ? ancestors : [...ancestors, node];
      this.#visit(child, enclosing, hash);
      made.set(until, {
        until,
        crossed: crossedBy(log, point, now, until),
        footprint: child.footprint,
      });
    }
  }

  /** Whether a move made before this point stands for one made after it; notes a race if not. */
  #holds(log: RunLog, point: number, move: MadeMove, schedule: Schedule): boolean {
    const independent = isIndependent(log, point, move);
    if (!independent) this.#noteRace(log, point, move, schedule);
    return independent && this.#limits.prune;
  }

  /** An unmasked access to a cell that the interrupts which can come just here use as well. */
  #noteRace(log: RunLog, point: number, move: MadeMove, schedule: Schedule): void {
    const kind = log.kindAt(point);
    const isCell = kind === pointKind.load || kind === pointKind.store;
    if (!isCell || log.maskedAt(point)) return;
    const cell = log.cellAt(point);
    const stores = kind === pointKind.store;
    if (!move.footprint.conflicts(cell, stores)) return;
    if (this.#world.isAtomicCell(cell)) {
      this.#atomic.add(cell);
      return;
    }
    const name = this.#world.describeCell(cell);
    const who = log.levelAt(point) === 0 ? "the thread" : "a handler";
    const message = `${who} ${stores ? "writes" : "reads"} ${name} with interrupts open, and an interrupt that can come just there uses it too`;
    if (this.#races.has(message) || !this.#looksFor("race")) return;
    this.#races.add(message);
    const event = moveUntil(log, point, move.until);
    if (event === undefined) return;
    this.#add({ kind: "race", name: this.#case.name, value: this.#case.value, message, point }, [
      ...schedule,
      event,
    ]);
  }
}
