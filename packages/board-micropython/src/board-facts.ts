import {
  type BoardDescription,
  type Capability,
  checkDescription,
  type StatedSemantics,
} from "@escapement/scenario";
import { mpyErrors } from "./mpy-errors.js";
import { commonSemantics, portOf } from "./ports.js";
import { wordsOfRecord } from "./step-reply.js";

/** What a MicroPython board said when it was asked. */
export interface BoardFacts {
  /** `sys.platform`. */
  readonly platform: string;
  /** The version of MicroPython. */
  readonly version: string;
  /** Width of the count of `time.ticks_us`, in bits. */
  readonly tickBits: number;
  /** Whether a callback can run in the interrupt, `hard=True`. */
  readonly hasHard: boolean;
  /** Whether `init` knows `tick_hz`. */
  readonly hasTickHz: boolean;
  /** Whether a timer has `value()`. */
  readonly hasValue: boolean;
  /** Whether interrupts can be disabled. */
  readonly hasMask: boolean;
  /** How many timers can be armed at once, as far as was tried. */
  readonly armable: number;
  /** What arming a timer and stopping it took, in microseconds. */
  readonly opUs: number;
  /** Numbers that the record buffer holds; seven of them are a record. */
  readonly bufferWords: number;
  /** Bytes of the heap that are free with the agent loaded. */
  readonly freeBytes: number;
}

const leastWords = 140;
/** What a record takes in a trace, for the generator of random programs. */
const bytesOfRecord = 8;

/** Reads what the agent's `ask()` replied. */
export function readFacts(reply: Uint8Array, line: string): BoardFacts {
  const text = Buffer.from(reply).toString("latin1");
  const [platform = "", version = "", ...rest] = text.split(" ");
  const numbers = rest.map(Number);
  if (numbers.length !== 9 || numbers.some((each) => !Number.isSafeInteger(each) || each < 0)) {
    throw mpyErrors.oddFacts({ line, facts: text });
  }
  const [tickBits = 0, hard = 0, tickHz = 0, value = 0, mask = 0] = numbers;
  const [armable = 0, opUs = 0, bufferWords = 0, freeBytes = 0] = numbers.slice(5);
  if (bufferWords < leastWords) {
    const records = Math.floor(bufferWords / wordsOfRecord);
    throw mpyErrors.noMemory({ line, reason: `room for ${records} records` });
  }
  if (armable < 2) throw mpyErrors.noTimerArmed({ line, count: armable, least: 2 });
  return {
    platform,
    version,
    tickBits,
    hasHard: hard === 1,
    hasTickHz: tickHz === 1,
    hasValue: value === 1,
    hasMask: mask === 1,
    armable,
    opUs,
    bufferWords,
    freeBytes,
  };
}

/** What the user adds to what the board says. */
export interface DescriptionOptions {
  /** Callbacks scheduled, `hard=False`, rather than run in the interrupt. */
  readonly isSoft: boolean;
  /** How late a callback may come, in microseconds; only a wider bound than the port's has an effect. */
  readonly lateUs?: number | undefined;
}

/**
 * The width of the counter that the laws about laps go by. `ticks_us` counts to 2^30 and more, a lap of
 * 18 minutes; the laws that wait for laps would take hours. Nothing of a board wraps at 2^18 us, so
 * those laws ask it for delays of a quarter of a second and more, and mask it for no longer.
 */
const lapBits = 18;

/** The description of a board that said this of itself. */
export function describeBoard(facts: BoardFacts, options: DescriptionOptions): BoardDescription {
  const { isSoft, lateUs = 0 } = options;
  const port = portOf(facts.platform);
  const isHard = !isSoft && facts.hasHard;
  const granularity = port.semantics.granularityTicks?.is ?? 1;
  const opTicks = Math.max(port.opUs, 2 * facts.opUs);
  const description: BoardDescription = {
    name: `${facts.platform}${isHard ? "" : "?soft"}`,
    counterBits: Math.min(lapBits, facts.tickBits),
    frequencyHz: 1_000_000,
    capabilities: capabilities(facts, isHard),
    ...(!isHard && { lacks: ["hard"] as const }),
    timers: Math.min(16, facts.armable - 1),
    maxDelayTicks: 2 ** (facts.tickBits - 1) - 2 * granularity,
    maxTraceBytes: bytesOfRecord * Math.floor(facts.bufferWords / wordsOfRecord),
    latencies: {
      lateTicks: Math.max(isHard ? port.hardLateUs : port.softLateUs, lateUs),
      minDeltaTicks: granularity,
      opTicks,
    },
    semantics: semanticsOf(port.semantics, isHard),
  };
  checkDescription(description);
  return description;
}

function capabilities({ hasMask }: BoardFacts, isHard: boolean): readonly Capability[] {
  if (!isHard) return ["exceptions"];
  // disable_irq holds back the interrupt, not what is scheduled already.
  return [...(hasMask ? (["mask"] as const) : []), "second-interrupt", "exceptions"];
}

/** A scheduled callback that throws prints its traceback, and its timer goes on. */
function semanticsOf(stated: StatedSemantics, isHard: boolean): StatedSemantics {
  const all = { ...commonSemantics, ...stated };
  if (isHard) return all;
  const { callbackThrows, ...rest } = all;
  return rest;
}
