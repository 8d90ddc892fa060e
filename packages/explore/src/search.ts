/*
 * The search of one case on a simulated chip: all schedules within the bound, but those to which one
 * that is run is equivalent.
 *
 * A *point* is an access to the chip or to shared state, or a record of the trace. Between two points a
 * program does nothing that an interrupt could see, so an interrupt needs to be tried once between
 * them. A *move* holds the processor up before a point until the wrap, the compare match or the
 * second interrupt has just happened, or a tick before or after. Code takes no time here (decision
 * 0013): a run is decided by its program and its schedule alone, and one schedule gives one run. The
 * search checks that: a run must be the same up to its last move as the run that it extends.
 *
 * A tree. The root is the plain run. The children of a schedule are that schedule with one more move,
 * at a later point, whose event is within the slack that is left. Depth first, bound after bound, so
 * that the first finding has the fewest moves.
 *
 * Sliding (decision 0014). Take a move at point p and the same move, until the same tick, at p + 1. If
 * the access at p and the move are *independent*, that is if they leave the same state in either order
 * (independence.ts), both runs do the same things, and only the earlier is made. `made` holds the
 * moves that are still sliding; at each point, those that the access depends on are dropped, so the
 * next point makes them again.
 *
 * Why that is sound. What a move lets in may differ from run to run: a later move can change what the
 * handler does. So a move's *footprint* is what its interrupts touched in all runs below it in the
 * tree, and it is asked only when these have been made. Where independence is not certain, it is
 * denied: that costs a run and misses nothing. The tests compare with a search that leaves nothing out.
 *
 * What falls out of it: an access that is not independent because an interrupt that can come just
 * there uses the same cell is a race when no mask is held (races.ts), whatever the law says.
 *
 * What is left out: more moves than the bound; moves longer than the slack; interrupts between the
 * accesses to state that nobody registered; the time that code takes; cases whose plain run is too long,
 * which are run once (limits.ts).
 */
import type { ExploreCase } from "./case.js";
import { exploreErrors } from "./explore-errors.js";
import { type ExploreFinding, type FindingKind, FindingSet, type FoundInRun } from "./finding.js";
import { Footprint } from "./footprint.js";
import { isIndependent, type MadeMove } from "./independence.js";
import { judgeRun } from "./judge-run.js";
import { isTooLong, type SearchLimits } from "./limits.js";
import { crossedBy, endOfMove, moveUntil, possibleMoves, slackOf } from "./possible-moves.js";
import { Races } from "./races.js";
import type { SearchCoverage } from "./report.js";
import { hashPoint, RunLog } from "./run-log.js";
import { formatSchedule, type Schedule } from "./schedule.js";
import type { World } from "./world.js";

/** A part of the places for a first move, so that one case can be shared out. */
export interface SearchPart {
  /** Which part, from 0. */
  readonly index: number;
  /** Of how many. */
  readonly count: number;
}

/** The result of a search of one case. */
export interface SearchResult {
  /** What was searched. */
  readonly coverage: SearchCoverage;
  /** What it found, fewest moves first. */
  readonly findings: readonly ExploreFinding[];
  /** Schedules, at the last bound, in whose run anything was found. */
  readonly failed: number;
}

/** Thrown inside to leave the search; never seen outside. */
class Stopped extends Error {}

interface Node {
  readonly schedule: Schedule;
  readonly footprint: Footprint;
  /** Level of the access that the last move came before. */
  readonly level: number;
}

/** Searches all schedules of one case within the limits, by running the program again for each. */
export class CaseSearch {
  readonly #world: World;
  readonly #case: ExploreCase;
  readonly #limits: SearchLimits;
  readonly #part: SearchPart;
  readonly #onRun: (() => boolean) | undefined;
  readonly #findings: FindingSet;
  readonly #races: Races;
  readonly #raceMessages = new Set<string>();
  /** The runs that are being extended, by their number of moves. */
  readonly #logs: RunLog[] = [];
  #bound = 0;
  #runs = 0;
  #pruned = 0;
  #failed = 0;
  #byMoves: number[] = [];
  #points = 0;
  #maskedPoints = 0;

  /** Prepares a search. `onRun` is called after each run, and ends the search by returning false. */
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
    this.#races = new Races(world);
  }

  /**
   * Searches bound after bound.
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
        this.#failed = 0;
        this.#byMoves = Array.from({ length: bound + 1 }, () => 0);
        this.#visit({ schedule: [], footprint: new Footprint(), level: 0 }, [], 0);
        done = bound;
        counted = { pruned: this.#pruned, byMoves: this.#byMoves };
        if (this.#findings.size > 0 && this.#limits.stopAtFirst) break;
        if (isTooLong(this.#points, this.#limits)) break;
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      counted = { pruned: this.#pruned, byMoves: this.#byMoves };
    }
    return {
      findings: this.#findings.list(),
      failed: this.#failed,
      coverage: {
        points: this.#points,
        schedules: counted.byMoves.reduce((sum, count) => sum + count, 0),
        pruned: counted.pruned,
        runs: this.#runs,
        byMoves: counted.byMoves,
        bound: done,
        maskedPoints: this.#maskedPoints,
        atomic: this.#races.atomic,
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
    this.#scan(
      node,
      ancestors,
      log,
      start,
      slackOf(this.#world.target, schedule.length, heldTicks),
    );
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
    if (found.length > 0) this.#failed += 1;
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

  /** Makes the moves that are possible at a point and not known to be equivalent to one before. */
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

  /** Whether a move made before this point is equivalent to one made after it; notes a race if not. */
  #holds(log: RunLog, point: number, move: MadeMove, schedule: Schedule): boolean {
    const independent = isIndependent(log, point, move);
    if (!independent) this.#noteRace(log, point, move, schedule);
    return independent && this.#limits.prune;
  }

  #noteRace(log: RunLog, point: number, made: MadeMove, schedule: Schedule): void {
    const message = this.#races.look(log, point, made);
    if (message === undefined || this.#raceMessages.has(message) || !this.#looksFor("race")) return;
    this.#raceMessages.add(message);
    const move = moveUntil(log, point, made.until);
    if (move === undefined) return;
    const { name, value } = this.#case;
    this.#add({ kind: "race", name, value, message, point }, [...schedule, move]);
  }
}
