import type { SimClock } from "./clock.js";
import type { SimRandom } from "./random.js";
import { simErrors } from "./sim-errors.js";

/** Seldom enough that hours of idle time stay a few events. */
const DRIFT_CYCLES = 2 ** 26;

/** Interrupts are entered up to `maxCycles` later, each by an amount of its own. */
export interface LatencyModel {
  /** Most extra cycles; 0 or more. */
  readonly maxCycles: number;
}

/**
 * The counter's oscillator runs off the CPU's, which is the reference clock. A board with drift does
 * not claim the `reference` capability: its two clocks disagree, and neither is wrong.
 */
export interface DriftModel {
  /** Always `ppm`; between −`ppm` and `ppm` in a triangle; or a new random value at each step. */
  readonly shape: "constant" | "periodic" | "step";
  /** Deviation in parts per million, whole, −100 000 to 100 000. */
  readonly ppm: number;
  /**
   * `periodic`: a whole triangle; `step`: how long a value holds. CPU cycles; default 2^26.
   */
  readonly everyCycles?: number;
}

/** The CPU stands still now and then, as while its flash is written. */
export interface StallModel {
  /** A stall comes on average once in this many cycles; 1000 or more. */
  readonly everyCycles: number;
  /** Longest stall; 1 or more. */
  readonly maxCycles: number;
}

/** What is less than ideal about a simulated chip. Everything is off by default, and seeded. */
export interface SimModels {
  /** Jitter of interrupt entry. */
  readonly latency?: LatencyModel;
  /** Deviation of the counter from the CPU's clock. */
  readonly drift?: DriftModel;
  /** Stalls of the CPU. */
  readonly stall?: StallModel;
}

/**
 * Checks the models.
 *
 * @throws TimerError `invalid-argument`, naming the member and its range.
 */
export function checkModels(models: SimModels): void {
  const { latency, drift, stall } = models;
  if (latency) whole("latency.maxCycles", latency.maxCycles, 0, 1e6);
  if (drift) {
    whole("drift.ppm", drift.ppm, -100_000, 100_000);
    whole("drift.everyCycles", drift.everyCycles ?? DRIFT_CYCLES, 1000, 2 ** 27);
  }
  if (stall) {
    whole("stall.everyCycles", stall.everyCycles, 1000, 2 ** 31);
    whole("stall.maxCycles", stall.maxCycles, 1, 2 ** 31);
  }
}

/** Steps in which a periodic drift goes once up and down. */
const TRIANGLE_STEPS = 16;

/**
 * The drift model as a sequence of deviations, and how long each holds.
 *
 * The shapes are the usual ones of clock simulations: a fixed offset, a slow swing, and jumps.
 */
export function driftSequence(
  model: DriftModel,
  below: (limit: number) => number,
): { readonly nextPpm: () => number; readonly everyCycles: number } {
  const everyCycles = model.everyCycles ?? DRIFT_CYCLES;
  if (model.shape === "constant") return { nextPpm: () => model.ppm, everyCycles: 2 ** 40 };
  if (model.shape === "step") {
    const span = 2 * Math.abs(model.ppm) + 1;
    return { nextPpm: () => below(span) - Math.abs(model.ppm), everyCycles };
  }
  let step = 0;
  const nextPpm = (): number => {
    const place = step % TRIANGLE_STEPS;
    step += 1;
    const rising = place < TRIANGLE_STEPS / 2 ? place : TRIANGLE_STEPS - place;
    return Math.round(model.ppm * (rising / (TRIANGLE_STEPS / 4) - 1));
  };
  return { nextPpm, everyCycles: Math.max(1, Math.floor(everyCycles / TRIANGLE_STEPS)) };
}

/** The stall model as a call before each access; none without it. */
export function stallOf(
  { stall }: SimModels,
  clock: SimClock,
  random: SimRandom,
): (() => void) | undefined {
  if (stall === undefined) return undefined;
  const gap = (): number => 1 + random.below(2 * stall.everyCycles);
  let next = gap();
  // Drawn again from where the CPU is: what fell into idle time delays nothing.
  return () => {
    const { now } = clock;
    if (now < next) return;
    if (now - next < stall.everyCycles) clock.advance(1 + random.below(stall.maxCycles));
    next = clock.now + gap();
  };
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw simErrors.badModel({ name, value: String(value), least, most });
}
