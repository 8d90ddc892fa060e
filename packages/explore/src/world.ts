import {
  chipShape,
  SimChip,
  type SimChipOptions,
  SimMachine,
  type SimProbe,
} from "@escapement/board-sim";
import {
  type Board,
  type BoardDescription,
  BoardError,
  type CallGuard,
  CallNotReturned,
  createBoard,
  type Program,
  ProgramRun,
  type TimerDriver,
  type Trace,
  thrownText,
} from "@escapement/scenario";
import { ExploreError, exploreErrors } from "./explore-errors.js";
import { slackOf } from "./possible-moves.js";
import { RecordedState } from "./recorded-state.js";
import { Recorder } from "./recorder.js";
import { pointKind } from "./run-log.js";
import { formatSchedule, type Schedule } from "./schedule.js";
import { SHARED_CELLS, SharedObjects } from "./shared-objects.js";
import { SilentRun } from "./silent-run.js";
import type { SplitAccesses } from "./source.js";
import type { ExploreBoot, ExploreTarget, Share } from "./target.js";

/** Points of a run whose search has no limit of its own: more would fill the memory. */
const POINTS_MAX = 2 ** 24;

/** How late a handler may be on a processor of no cost, besides the slack: the running tick. */
const LATE_TICKS = 1;

/** One run of a program by a schedule. What is not copied here is in the recorder, until the next run. */
export interface RunOutcome {
  /** The trace, as far as the run came. */
  readonly trace: Trace;
  /** Why the run was ended, if it did not come to its end. */
  readonly fault: Error | undefined;
}

/** Instruments of a replay. */
export interface RunWatch {
  /** Sees the hardware. */
  readonly probe?: SimProbe;
  /** Called before the program begins. */
  begin(chip: SimChip, boot: ExploreBoot, run: ProgramRun<unknown>): void;
}

/** A machine on which only the program and the moves let time pass, and whose every look is a point. */
class RecordedMachine extends SimMachine {
  readonly #recorder: Recorder;

  constructor(chip: SimChip, recorder: Recorder) {
    super(chip);
    this.#recorder = recorder;
  }

  override stamp(): number {
    this.#recorder.point(pointKind.stamp, 0);
    return super.stamp();
  }

  override reference(): number {
    this.#recorder.point(pointKind.stamp, 0);
    return super.reference();
  }

  override spin(ticks: number): void {
    this.#recorder.point(pointKind.passTime, 0);
    super.spin(ticks);
  }

  override sleep(ticks: number): void {
    this.#recorder.point(pointKind.passTime, 0);
    super.sleep(ticks);
  }

  override phase(counter: number): void {
    this.#recorder.point(pointKind.passTime, 0);
    super.phase(counter);
  }

  override requestInterrupt(handler: () => void, delayTicks: number): void {
    this.#recorder.point(pointKind.passTime, 0);
    super.requestInterrupt(handler, delayTicks);
  }

  /** The interpreter's first step after the program's end: what follows only clears away. */
  override cancelInterrupt(): void {
    this.#recorder.recording = false;
    super.cancelInterrupt();
  }
}

/**
 * Runs programs on a target, each on new hardware: the processor takes no time, so that a run is
 * decided by its program and its schedule alone.
 */
export class World {
  /** What is explored. */
  readonly target: ExploreTarget;
  /** @internal The points of the last run. */
  readonly recorder: Recorder;
  /** Called with each run's schedule before it begins. */
  onBegin: ((schedule: Schedule) => void) | undefined;
  /** Called with what an interrupt came between in a run, and that run's schedule. */
  onSplit: ((key: number, describe: () => SplitAccesses, schedule: Schedule) => void) | undefined;
  /** Ends a run that does not return; none does where it is absent. */
  guard: CallGuard | undefined;
  /** Width of its counter. */
  readonly counterBits: number;
  /** Ticks per second of its counter. */
  readonly frequencyHz: number;
  readonly #shape: SimChipOptions;
  readonly #objects = new SharedObjects();
  #state: RecordedState | undefined;
  #underWay: { readonly chip: SimChip; readonly run: ProgramRun<unknown> } | undefined;

  /** Puts nothing up yet, but for a look at what the target can do. */
  constructor(target: ExploreTarget, pointsMax: number) {
    this.target = target;
    this.recorder = new Recorder(Math.min(pointsMax, POINTS_MAX), slackOf(target, 0, 0));
    const { chip } = target.profile;
    this.#shape = chipShape({
      ...chip,
      cpuHz: chip.cpuHz / (chip.cyclesPerTick ?? 1),
      cyclesPerTick: 1,
      accessCycles: 0,
      entryCycles: 0,
      exitCycles: 0,
    });
    this.counterBits = chip.counterBits;
    this.frequencyHz = this.#shape.cpuHz;
  }

  /**
   * The board that laws are given: as late and as slow as the slack allows. The target is put up
   * and its driver tried out for it, under the guard; one that does not return is then not tried.
   *
   * @throws {@link ExploreError} `cannot-run` when the guard ended the target's boot.
   */
  describe(): BoardDescription {
    const { guard = (work) => work() } = this;
    let board: Board | undefined;
    const look = (): BoardDescription => {
      board ??= this.#board();
      return board.describe();
    };
    try {
      return guard(look);
    } catch (error) {
      if (!(error instanceof CallNotReturned)) throw error;
      if (board !== undefined) return guard(look);
      throw exploreErrors.bootDidNotReturn({ name: this.target.name }, { cause: error });
    }
  }

  #board(): Board {
    const { latencies = {}, exceptions, name, profile } = this.target;
    const slackTicks = slackOf(this.target, 0, 0);
    const { chip, port } = profile;
    const { minDeltaTicks = port(new SimChip(this.#shape)).minDeltaTicks } = latencies;
    const { lateTicks = LATE_TICKS + minDeltaTicks, opTicks = 1 } = latencies;
    const { counterBits, frequencyHz } = this;
    return createBoard({
      name: `explore:${name}`,
      counterBits,
      frequencyHz,
      latencies: {
        lateTicks: slackTicks + lateTicks,
        minDeltaTicks,
        opTicks: slackTicks + opTicks,
      },
      ...(exceptions !== undefined && { exceptions }),
      reference: { frequencyHz, modulusTicks: 2 ** 53 },
      nesting: chip.nesting ?? true,
      fastForward: true,
      boot: () => {
        const { chip: made, boot } = this.#boot([], 0);
        return { driver: boot.driver, machine: new RecordedMachine(made, this.recorder) };
      },
    });
  }

  /** What a cell is called. */
  describeCell(cell: number): string {
    if (cell >= SHARED_CELLS) return this.#objects.describe(cell);
    return this.target.describeCell?.(cell) ?? `cell ${cell}`;
  }

  /** Whether a cell may be used by two contexts at once without a mask, by design. */
  isAtomicCell(cell: number): boolean {
    if (cell >= SHARED_CELLS) return this.#objects.isAtomic(cell);
    return this.target.isAtomicCell?.(cell) ?? false;
  }

  /**
   * Runs a checked program once.
   *
   * @param watch sees the run from within: for replays
   * @param auditFrom the first point at which the shared state is audited
   * @throws {@link ExploreError} `schedule-mismatch` when the schedule is not one of this program,
   * `cannot-run` when the target cannot be put up. With a `guard`, SilentRun for a run that it ended.
   */
  run(program: Program, schedule: Schedule, auditFrom = 0, watch?: RunWatch): RunOutcome {
    this.onBegin?.(schedule);
    if (this.guard === undefined) return this.#run(program, schedule, auditFrom, watch);
    this.#underWay = undefined;
    try {
      return this.guard(() => this.#run(program, schedule, auditFrom, watch));
    } catch (error) {
      if (!(error instanceof CallNotReturned)) throw error;
      throw this.#silent(schedule, error);
    }
  }

  /** The run was left without its `catch` and `finally`, so all is as it was then. */
  #silent(schedule: Schedule, error: CallNotReturned): SilentRun {
    const { recorder } = this;
    recorder.recording = false;
    const { run, chip } = this.#underWay ?? {};
    const depth = chip?.controller.depth ?? 0;
    return new SilentRun(schedule, recorder.log.count, run?.activities, depth, error);
  }

  #run(program: Program, schedule: Schedule, auditFrom: number, watch?: RunWatch): RunOutcome {
    const { recorder } = this;
    const { chip, boot } = this.#boot(schedule, auditFrom, watch?.probe);
    const machine = new RecordedMachine(chip, recorder);
    const run = new ProgramRun<unknown>({
      program,
      driver: boot.driver,
      machine,
      // Every operation is a point or more, and these are limited.
      stepLimit: Number.POSITIVE_INFINITY,
      ...(this.target.exceptions !== undefined && { exceptions: this.target.exceptions }),
      validated: true,
    });
    this.#underWay = { chip, run };
    watch?.begin(chip, boot, run);
    recorder.audit = boot.audit;
    recorder.recording = true;
    let fault: Error | undefined;
    try {
      while (run.step());
    } catch (error) {
      fault = error instanceof Error ? error : new Error(thrownText(error));
    }
    recorder.recording = false;
    fault = recorder.fault ?? fault;
    if (fault instanceof ExploreError) throw fault;
    // The interpreter lets errors of a board through, so a target that cannot go on has to put it into one.
    if (fault instanceof BoardError && fault.cause instanceof ExploreError) throw fault.cause;
    if (fault === undefined) {
      this.#checkEnd(schedule, chip, boot);
    }
    return { trace: run.trace, fault };
  }

  #checkEnd(schedule: Schedule, chip: SimChip, boot: ExploreBoot): void {
    const { recorder } = this;
    if (!recorder.isComplete) {
      const point = recorder.log.count;
      throw exploreErrors.endedEarly({ point, schedule: formatSchedule(schedule) });
    }
    if (recorder.unsound !== undefined) return;
    const message = chip.controller.masked
      ? "interrupts are still masked at the program's end"
      : boot.audit?.();
    if (message !== undefined) recorder.unsound = { point: recorder.log.count, message };
  }

  #boot(
    schedule: Schedule,
    auditFrom: number,
    probe?: SimProbe,
  ): { chip: SimChip; boot: ExploreBoot } {
    const { recorder, target } = this;
    let driver: TimerDriver | undefined;
    const chip = new SimChip(this.#shape, {
      watcher: (access, argument) => recorder.point(access, argument),
      stormed: () => driver?.onError?.("driver-fault"),
      ...(probe !== undefined && { probe }),
    });
    recorder.begin(chip, schedule, auditFrom);
    const objects = this.#objects;
    objects.begin();
    const share: Share = (name, object, options = {}) =>
      objects.share(recorder, name, object, options);
    const boot = target.boot({
      chip,
      port: target.makePort?.(chip, share) ?? target.profile.port(chip),
      state: (cells) => {
        this.#state = new RecordedState(recorder, cells, this.#state);
        return this.#state;
      },
      touch: (cell, stores) => recorder.point(stores ? pointKind.store : pointKind.load, cell),
      split: (key, describe) => {
        if (recorder.recording) this.onSplit?.(key, describe, schedule);
      },
      share,
    });
    driver = boot.driver;
    return { chip, boot };
  }
}
