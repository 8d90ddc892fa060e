import type { SimChip } from "@escapement/board-sim";
import { exploreErrors, programErrors } from "./explore-errors.js";
import { hashPoint, pointKind, RunLog } from "./run-log.js";
import { formatSchedule, type Move, type MoveEvent, type Schedule } from "./schedule.js";

/** A long run gives a sign of life each 65 536 points. */
const SIGN_MASK = 0xffff;

/** Ticks between two points, on average, in a run that is long because its program is. */
const LONG_TICKS_A_POINT = 4;

/** A loop that has only looked this often, and changed nothing, is waiting for the hardware. */
const LOOKS_MAX = 1000;

/** A wait of this many laps of the counter (of 2^32 ticks where it is wide) is one for ever. */
const LAPS_MAX = 4;
const WIDEST_LAP_BITS = 32;

/** Levels that are distinguished. */
const LEVELS = 33;

/** Kinds of chip accesses up to this one only look. */
const LAST_LOOK = 2;
const MASK_KIND = 8;

/**
 * Records a run's points, and carries out the moves of its schedule.
 *
 * A point is an access to the chip or to a shared cell, or a look at the clock for the trace. All
 * take no time; time passes where the program says so, and in moves. The log is kept in flat
 * arrays, because a search makes millions of runs.
 */
export class Recorder {
  /** The points of the run. */
  readonly log = new RunLog(512);
  /** Ticks by which moves held the processor up. */
  heldTicks = 0;
  /** The longest section with interrupts masked, in points. */
  maskedMax = 0;
  /** A fingerprint of the points up to the last move. */
  prefixHash = 0;
  /** False while the board is set up and cleared away. */
  recording = false;
  /** Called before a point at which interrupts are open; returns what is wrong. */
  audit: (() => string | undefined) | undefined;
  /** Called with each point after it was recorded: for replays. */
  observer: ((point: number, value: unknown) => void) | undefined;
  /** Called with each move before it is made. */
  moveObserver: ((move: Move) => void) | undefined;
  /** Called now and then in a long run: a sign of life. */
  onLongRun: (() => void) | undefined;
  /** Whether the run was ended as it only is long. */
  isTooLong = false;
  /** What the audit found first, and at which point. */
  unsound: { readonly point: number; readonly message: string } | undefined;
  readonly #pointsMax: number;
  readonly #slackTicks: number;
  #chip: SimChip | undefined;
  #schedule: Schedule = [];
  #nextMove = 0;
  #movePoint = -1;
  #hash = 0;
  /** By level: how often the code there has only looked, and how long it was let wait. */
  readonly #looks = new Int32Array(LEVELS);
  readonly #waitedTicks = new Float64Array(LEVELS);
  #maskedSince = -1;
  #auditFrom = 0;
  #fault: Error | undefined;
  #faultKind: "deadlock" | "livelock" | undefined;

  constructor(pointsMax: number, slackTicks: number) {
    this.#pointsMax = pointsMax;
    this.#slackTicks = slackTicks;
  }

  /** Begins a run. Audits begin at a point, since those before it were audited in another run. */
  begin(chip: SimChip, schedule: Schedule, auditFrom: number): void {
    this.#chip = chip;
    this.#schedule = schedule;
    this.#nextMove = 0;
    this.#movePoint = schedule[0]?.point ?? -1;
    this.#hash = 0;
    this.#looks.fill(0);
    this.#waitedTicks.fill(0);
    this.#maskedSince = -1;
    this.#auditFrom = auditFrom;
    this.#fault = undefined;
    this.#faultKind = undefined;
    this.log.count = 0;
    this.heldTicks = 0;
    this.maskedMax = 0;
    this.prefixHash = 0;
    this.unsound = undefined;
    this.isTooLong = false;
    this.recording = false;
  }

  /** A fingerprint of all points so far. */
  get hash(): number {
    return this.#hash;
  }

  /** Why the run was ended before its time, if it was. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** What sort of fault, where it is the program's. */
  get faultKind(): "deadlock" | "livelock" | undefined {
    return this.#faultKind;
  }

  /** Whether all moves of the schedule were carried out. */
  get isComplete(): boolean {
    return this.#nextMove === this.#schedule.length;
  }

  /**
   * A point has come. Carries out the moves that are due before it, then records it. `value` is what
   * a store is to put into the cell.
   */
  point(kind: number, cell: number, value?: unknown): void {
    const chip = this.#chip;
    if (!this.recording || chip === undefined) return;
    if (this.#fault !== undefined) throw this.#fault;
    const { log } = this;
    while (log.count === this.#movePoint) this.#move(chip);
    const { clock, controller, hardware } = chip;
    const { masked } = controller;
    const point = log.count;
    if (point >= this.#pointsMax) this.#endless(clock.now);
    if ((point & SIGN_MASK) === SIGN_MASK) this.onLongRun?.();
    const code = log.add(
      kind,
      cell,
      controller.depth,
      masked,
      clock.now,
      hardware.wrapCycle,
      hardware.matchCycle,
      chip.secondCycle,
    );
    this.#hash = hashPoint(this.#hash, code, clock.now);
    this.#watch(kind, masked, point, controller.depth);
    if (this.observer !== undefined) {
      this.recording = false;
      this.observer(point, value);
      this.recording = true;
    }
  }

  #watch(kind: number, masked: boolean, point: number, level: number): void {
    if (masked) {
      if (this.#maskedSince < 0) this.#maskedSince = point;
      const length = point - this.#maskedSince + 1;
      if (length > this.maskedMax) this.maskedMax = length;
    } else {
      this.#maskedSince = -1;
      if (this.audit !== undefined && point >= this.#auditFrom && this.unsound === undefined) {
        this.recording = false;
        const message = this.audit();
        this.recording = true;
        if (message !== undefined) this.unsound = { point, message };
      }
    }
    if (kind <= LAST_LOOK || kind === pointKind.load) {
      const looks = (this.#looks[level] ?? 0) + 1;
      this.#looks[level] = looks;
      if (looks > LOOKS_MAX) this.#wait(level);
    } else if (kind < MASK_KIND || kind >= pointKind.store) {
      this.#looks[level] = 0;
      this.#waitedTicks[level] = 0;
    }
  }

  /**
   * Somebody waits by looking again and again: time goes on, by longer steps the longer it takes. What
   * did not come in several laps of the counter will never come.
   */
  #wait(level: number): void {
    const { clock, controller, shape } = this.#chip as SimChip;
    const waited = this.#waitedTicks[level] ?? 0;
    if (waited > LAPS_MAX * 2 ** Math.min(shape.counterBits, WIDEST_LAP_BITS)) {
      this.#faultKind = "deadlock";
      const masked = controller.masked ? ", with interrupts masked," : "";
      this.#fail(programErrors.deadlock({ masked }));
    }
    const step = Math.max(1, Math.min(clock.nextCycle - clock.now, waited));
    this.#waitedTicks[level] = waited + step;
    clock.advance(step);
    controller.serve();
  }

  #move(chip: SimChip): void {
    const move = this.#schedule[this.#nextMove] as Move;
    this.#nextMove += 1;
    this.#movePoint = this.#schedule[this.#nextMove]?.point ?? -1;
    if (this.#nextMove === this.#schedule.length) this.prefixHash = this.#hash;
    const { clock, controller } = chip;
    const target = this.#eventCycle(chip, move.event) + move.offset;
    const room = this.#slackTicks - this.heldTicks;
    if (!(target > clock.now && target - clock.now <= room)) this.#mismatch(move);
    this.moveObserver?.(move);
    this.heldTicks += target - clock.now;
    clock.advanceTo(target);
    while (controller.serve()) clock.advance(1);
  }

  #eventCycle({ hardware, secondCycle }: SimChip, event: MoveEvent): number {
    if (event === "w") return hardware.wrapCycle;
    return event === "c" ? hardware.matchCycle : secondCycle;
  }

  #mismatch(move: Move): never {
    return this.#fail(
      exploreErrors.noSuchEvent({ point: move.point, schedule: formatSchedule(this.#schedule) }),
    );
  }

  /**
   * Too many points. Where much time has passed between them, the run only is long, and nothing is known of
   * its end; else something goes round and round.
   */
  #endless(now: number): never {
    const most = this.#pointsMax;
    const half = Math.floor(most / 2);
    if (now - this.log.nowAt(half) > LONG_TICKS_A_POINT * (most - half)) {
      this.isTooLong = true;
      return this.#fail(exploreErrors.tooLong({ most }));
    }
    this.#faultKind = "livelock";
    return this.#fail(programErrors.livelock({ most }));
  }

  /** Ends the run: every point from here on throws, until the program has been left. */
  #fail(error: Error): never {
    this.#fault = error;
    throw error;
  }
}
