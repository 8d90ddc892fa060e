import type { PlacedSite } from "@escapement/board-c";
import { discover } from "./discover.js";
import { faultOf } from "./fault-of.js";
import { type RaceFinding, RaceFindings } from "./finding.js";
import { areOfTwo } from "./footprints.js";
import { defaultRaceLimits, type RaceLimits } from "./limits.js";
import type { Decider, Point, Watcher } from "./point.js";
import { raceErrors } from "./race-errors.js";
import type { RaceSetup } from "./race-setup.js";
import { ReplayDecider } from "./run-decider.js";
import { Quiet } from "./run-end.js";
import { formatRaceSchedule, parseRaceSchedule, type RaceSchedule } from "./schedule.js";
import { World } from "./world.js";

/** One thing that a replayed run does: an access to shared memory, or the begin or end of a handler. */
export interface RaceStep {
  /** What it is. */
  readonly kind: "access" | "enter" | "return";
  /** Accesses of the run before it. */
  readonly accesses: number;
  /** Contexts below it that it interrupts. */
  readonly depth: number;
  /** The main program or the handler that does it. */
  readonly context: string;
  /** Where in the source, of an access. */
  readonly site?: PlacedSite;
  /** Whether it writes. */
  readonly write?: boolean;
  /** The variable, of an access. */
  readonly variable?: string;
  /** The value before the access. */
  readonly value?: number;
}

/** A run by a schedule. */
export interface RaceReplay {
  /** The schedule's text. */
  readonly schedule: string;
  /** What is wrong in this run. */
  readonly findings: readonly RaceFinding[];
  /** What it does, up to 20 000 steps. */
  readonly steps: readonly RaceStep[];
  /** How it ended, where that was by itself: `waiting` is for an interrupt that does not come. */
  readonly end: "end" | "waiting" | "fault";
}

/** The most steps that a replay keeps. */
const STEPS_MAX = 20_000;

/**
 * Runs a program by a schedule that a search printed, and says what it does on the way.
 *
 * @throws ExploreError `bad-schedule`, `schedule-version`; `schedule-mismatch` where a move cannot be made.
 */
export function replayRace(
  setup: RaceSetup,
  scheduleText: string,
  given: Partial<RaceLimits> = {},
): RaceReplay {
  const schedule = parseRaceSchedule(scheduleText);
  const limits = { ...defaultRaceLimits, ...given };
  const world = new World(setup, limits);
  discover(world);
  world.footprints.watchAll(true);
  // Once to learn what the contexts share in this run, and again to write it down.
  runBy(world, schedule, { split: () => {} });
  world.footprints.freeze();
  const steps: RaceStep[] = [];
  const findings = new RaceFindings(world);
  const watcher = recorder(world, steps);
  const { end, fault } = runBy(world, schedule, {
    ...watcher,
    split: (found) => findings.split(found, () => schedule),
  });
  if (fault !== undefined) findings.fault(fault.fault, fault.stack, schedule);
  return { schedule: formatRaceSchedule(schedule), findings: findings.list(), steps, end };
}

interface RunResult {
  readonly end: RaceReplay["end"];
  readonly fault?: {
    readonly fault: NonNullable<ReturnType<typeof faultOf>>;
    readonly stack: string;
  };
}

function runBy(world: World, schedule: RaceSchedule, watcher: Watcher): RunResult {
  const decider = new ReplayDecider(world, schedule);
  const result = attempt(world, decider, watcher);
  const { unused } = decider;
  if (unused !== undefined) {
    const move = formatRaceSchedule([unused]).slice(3);
    throw raceErrors.unusedMove({ move, schedule: formatRaceSchedule(schedule) });
  }
  return result;
}

function attempt(world: World, decider: Decider, watcher: Watcher): RunResult {
  try {
    world.run(decider, watcher);
    return { end: "end" };
  } catch (error) {
    if (error instanceof Quiet) return { end: error.end === "waiting" ? "waiting" : "end" };
    const fault = faultOf(error, world.machine.stackPointer);
    if (fault === undefined) throw error;
    return { end: "fault", fault: { fault, stack: (error as Error).stack ?? "" } };
  }
}

function recorder(world: World, steps: RaceStep[]): Omit<Watcher, "split"> {
  const { setup, machine } = world;
  const { readers, writers } = machine;
  const add = (step: RaceStep): void => {
    if (steps.length < STEPS_MAX) steps.push(step);
  };
  const here = () => {
    const { contexts } = world;
    const { accesses } = machine;
    return {
      accesses,
      depth: contexts.depth - 1,
      context: world.contextName(contexts.current.index),
    };
  };
  return {
    handler: (_, enters) => add({ kind: enters ? "enter" : "return", ...here() }),
    access: ({ address, site, size, write, accesses }: Point) => {
      const isShared = areOfTwo(writers[address] ?? 0, readers[address] ?? 0);
      if (!isShared && !hasModel(world, address)) return;
      const placed = setup.program.sites[site];
      add({
        ...here(),
        accesses,
        kind: "access",
        ...(placed !== undefined && { site: placed }),
        write,
        variable: world.nameAt(address),
        value: valueAt(machine.view, address, size),
      });
    },
  };
}

/** Whether a byte of memory is behind a register with a model. */
function hasModel({ peripherals, registers }: World, memory: number): boolean {
  const address = registers.addressOf(memory);
  return address !== undefined && peripherals?.has(address) === true;
}

function valueAt(view: DataView, address: number, size: number): number {
  if (size === 1) return view.getUint8(address);
  return size === 2 ? view.getUint16(address, true) : view.getInt32(address, true);
}
