import type { SimChip, SimProbe, simAccess } from "@escapement/board-sim";
import type { RunActivity, Trace } from "@escapement/scenario";
import type { ExploreCase } from "./case.js";
import type { FoundInRun } from "./finding.js";
import { FoundSplits } from "./found-splits.js";
import { judgeRun } from "./judge-run.js";
import { pointKind } from "./run-log.js";
import { formatSchedule, type Move, type Schedule } from "./schedule.js";
import type { FoundSplit, SourceFrame } from "./source.js";
import type { World } from "./world.js";

/** One point of a replayed run, with the state just before the access. */
export interface ReplayStep {
  /** The point's number. */
  readonly point: number;
  /** Ticks since power-up. */
  readonly at: number;
  /** 0 in the thread, 1 in a handler, 2 in one that interrupted it. */
  readonly level: number;
  /** Whether the global mask is closed. */
  readonly masked: boolean;
  /** What the access does, in a word or two, such as `store` or `read counter`. */
  readonly access: string;
  /** The shared cell, for a load or a store. */
  readonly cell?: string;
  /** Where in its source the access is, as `my_timer.c:42`, where the target shows it. */
  readonly place?: string;
  /** The calls that lead there, innermost first, where the target shows them: of a step that a move held up. */
  readonly stack?: readonly SourceFrame[];
  /** Whether two contexts may use the cell at once without a mask, by design. */
  readonly atomic?: boolean;
  /** What a store puts there, as text. */
  readonly value?: string;
  /** The moves made just before this point. */
  readonly moves: readonly Move[];
  /** For how many ticks they held the processor up. */
  readonly heldTicks: number;
  /** The counter, counted up. */
  readonly counter: number;
  /** The compare register, raw. */
  readonly compare: number;
  /** The latched flags, FLAG_OVERFLOW and FLAG_COMPARE. */
  readonly flags: number;
  /** The enabled interrupts, as flags. */
  readonly enabled: number;
  /** Records of the trace before this point. */
  readonly records: number;
  /** What the program has under way, outermost first. */
  readonly activities: readonly RunActivity[];
  /** The shared state in a few words, where the target shows it. */
  readonly state?: string;
}

/** A run, point by point. */
export interface Replay {
  /** The target's name. */
  readonly target: string;
  /** The case's name. */
  readonly name: string;
  /** The value of the sweep variable. */
  readonly value: number;
  /** The schedule's text. */
  readonly schedule: string;
  /** Width of the counter. */
  readonly counterBits: number;
  /** Its ticks per second. */
  readonly frequencyHz: number;
  /** Every point, in order. */
  readonly steps: readonly ReplayStep[];
  /** The trace. */
  readonly trace: Trace;
  /** What is wrong in this run. */
  readonly findings: readonly FoundInRun[];
  /** What an interrupt came between in this run; absent where there is nothing of the kind. */
  readonly splits?: readonly FoundSplit[];
  /** Distinguishes two runs: the same case and schedule give the same each time. */
  readonly fingerprint: string;
}

const chipAccessNames: readonly string[] = Object.entries({
  readCounter: "read counter",
  readCompare: "read compare",
  readFlags: "read flags",
  writeCounter: "write counter",
  writeCompare: "write compare",
  clearFlags: "clear flags",
  enable: "enable",
  disable: "disable",
  mask: "mask",
  restore: "restore",
  takeFlags: "take flags",
  pend: "pend",
} satisfies Record<keyof typeof simAccess, string>).map(([, name]) => name);

function accessName(kind: number): string {
  if (kind === pointKind.load) return "load";
  if (kind === pointKind.store) return "store";
  if (kind === pointKind.stamp) return "record";
  if (kind === pointKind.passTime) return "pass time";
  return chipAccessNames[kind] ?? `access ${kind}`;
}

/** Options of a replay. */
export interface ReplayOptions {
  /** Sees the hardware, for instance of a `VcdRecorder`. */
  readonly probe?: SimProbe;
  /** Points that interrupts may be masked for; no limit where absent. */
  readonly maskedMax?: number;
  /** Looks at the shared state at the program's end only, as the limit of a search of that name. */
  readonly auditAtEnd?: boolean;
}

/**
 * Runs a case by one schedule and keeps all that can be seen.
 *
 * @throws {@link ExploreError} `schedule-mismatch` for a schedule of another program, target or release.
 */
export function replay(
  world: World,
  subject: ExploreCase,
  schedule: Schedule,
  options: ReplayOptions = {},
): Replay {
  const { recorder } = world;
  const { log } = recorder;
  const auditFrom = options.auditAtEnd === true ? Number.POSITIVE_INFINITY : 0;
  const steps: ReplayStep[] = [];
  let moves: Move[] = [];
  // By level, where code was that a move holds up: the interrupt makes accesses before that one is seen.
  const heldUp = new Map<number, HeldUp>();
  const splits = new FoundSplits();
  let held = 0;
  const outcome = watched(world, splits, () =>
    world.run(subject.program, schedule, auditFrom, {
      ...(options.probe !== undefined && { probe: options.probe }),
      begin: (chip, boot, run) => {
        recorder.moveObserver = (move) => {
          holdUp(heldUp, chip.controller.depth, world);
          moves.push(move);
        };
        recorder.observer = (point, value) => {
          const kind = log.kindAt(point);
          const isCell = kind === pointKind.load || kind === pointKind.store;
          const state = boot.inspect?.();
          const isCode = kind !== pointKind.stamp && kind !== pointKind.passTime;
          const level = log.levelAt(point);
          const was = heldUp.get(level);
          const place = isCode ? (was?.place ?? world.target.describePlace?.()) : undefined;
          heldUp.delete(level);
          steps.push({
            point,
            at: log.nowAt(point),
            level,
            masked: log.maskedAt(point),
            access: accessName(kind),
            ...(isCell && cellOf(world, log.cellAt(point))),
            ...(kind === pointKind.store && value !== undefined && { value: String(value) }),
            ...(place !== undefined && { place }),
            ...(was?.stack !== undefined && { stack: was.stack }),
            moves,
            heldTicks: recorder.heldTicks - held,
            ...registersOf(chip),
            records: run.trace.records.length,
            activities: run.activities.slice(),
            ...(state !== undefined && { state }),
          });
          moves = [];
          held = recorder.heldTicks;
        };
      },
    }),
  );
  const { counterBits, frequencyHz } = world;
  const split = splits.list();
  return {
    target: world.target.name,
    ...{ name: subject.name, value: subject.value },
    schedule: formatSchedule(schedule),
    ...{ counterBits, frequencyHz },
    steps,
    trace: outcome.trace,
    findings: judgeRun(world, subject, outcome, options.maskedMax ?? Number.POSITIVE_INFINITY),
    ...(split.length > 0 && { splits: split }),
    fingerprint: fingerprintOf(steps, outcome.trace),
  };
}

/** A step's cell, and whether it may be used at once without a mask. */
function cellOf(world: World, cell: number): Pick<ReplayStep, "cell" | "atomic"> {
  const name = world.describeCell(cell);
  return { cell: name, ...(world.isAtomicCell(cell) && { atomic: true }) };
}

/** What the chip's registers hold. */
function registersOf({
  hardware,
  enabledFlags,
}: SimChip): Pick<ReplayStep, "counter" | "compare" | "flags" | "enabled"> {
  const { compare, flags } = hardware;
  return { counter: hardware.count(), compare, flags, enabled: enabledFlags };
}

/** Where code is that a move holds up. */
interface HeldUp {
  readonly place: string | undefined;
  readonly stack: readonly SourceFrame[] | undefined;
}

/** Keeps where the code of a level is, at the first of the moves that hold it up. */
function holdUp(heldUp: Map<number, HeldUp>, level: number, { target }: World): void {
  if (heldUp.has(level)) return;
  heldUp.set(level, { place: target.describePlace?.(), stack: target.describeStack?.() });
}

/** Takes the observers off again, however the run ended. */
function watched<T>(world: World, splits: FoundSplits, body: () => T): T {
  const { recorder, onSplit } = world;
  world.onSplit = (key, describe, made) => splits.add(key, describe, made);
  try {
    return body();
  } finally {
    recorder.observer = undefined;
    recorder.moveObserver = undefined;
    world.onSplit = onSplit;
  }
}

/** Names, not numbers of cells: a world numbers them in the order of all its runs. */
function fingerprintOf(steps: readonly ReplayStep[], { records }: Trace): string {
  const points = steps.map(({ at, level, access, cell }) => [at, level, access, cell]);
  let sum = 0;
  for (const character of JSON.stringify([points, records])) {
    sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0;
  }
  return (sum >>> 0).toString(16).padStart(8, "0");
}
