import { programSource } from "@escapement/conformance";
import {
  type ExploreFinding,
  type Replay,
  randomCaseName,
  type SearchLimits,
  shrinkFinding,
} from "@escapement/explore";
import type { Op, Program } from "@escapement/scenario";
import type { CaseFinder, FoundCase } from "./case-finder.js";
import { guarded, replayFinding } from "./finding-text.js";

/** A finding and the target that it was made on. */
export interface PlacedFinding {
  /** The target's name. */
  readonly target: string;
  /** The finding. */
  readonly finding: ExploreFinding;
}

/** A finding as it is shown: one of a random program by the smallest program that has it. */
export interface ShownFinding {
  /** The finding whose run is shown. */
  readonly finding: ExploreFinding;
  /** That run; absent where the case cannot be found or the finding does not come again. */
  readonly replay: Replay | undefined;
  /** The program, where it is no law's. */
  readonly program?: ShownProgram;
}

/** A random program as it is shown. */
export interface ShownProgram {
  /** The program in the builder's syntax. */
  readonly source: string;
  /** Its operations. */
  readonly operations: number;
  /** Operations of the program that the finding was made in. */
  readonly operationsFound: number;
}

/** Prepares findings for being shown, each once. */
export class ShownFindings {
  readonly #finder: CaseFinder;
  readonly #limits: SearchLimits;
  readonly #known = new Map<string, Promise<ShownFinding>>();

  /** Shows findings of a search with these limits; the finder knows the cases. */
  constructor(finder: CaseFinder, limits: SearchLimits) {
    this.#finder = finder;
    this.#limits = limits;
  }

  /** How a finding is shown. */
  show(placed: PlacedFinding): Promise<ShownFinding> {
    const { target, finding } = placed;
    const key = [target, finding.name, finding.value, finding.message, finding.schedule].join(" ");
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.#prepare(placed);
      this.#known.set(key, known);
    }
    return known;
  }

  async #prepare({ target, finding }: PlacedFinding): Promise<ShownFinding> {
    const found = await this.#case(target, finding);
    if (found === undefined || finding.name !== randomCaseName) {
      return { finding, replay: replayFinding(found, finding) };
    }
    const { world, subject } = found;
    const limits = this.#limits;
    const small = await shrinkFinding(world, subject, finding, { limits, guard: guarded });
    const shown = small ?? { subject, finding };
    const { program } = shown.subject;
    return {
      finding: shown.finding,
      replay: replayFinding({ world, subject: shown.subject }, shown.finding),
      program: {
        source: programSource(program),
        operations: operationsOf(program),
        operationsFound: operationsOf(subject.program),
      },
    };
  }

  async #case(target: string, { name, value }: ExploreFinding): Promise<FoundCase | undefined> {
    try {
      const cases = await this.#finder.cases(name, target, value);
      return cases.find(
        ({ subject, world }) => subject.value === value && world.target.name === target,
      );
    } catch {
      // A merged report may be of a HAL that is not here: its findings stand without a timeline.
      return undefined;
    }
  }
}

function operationsOf({ main, timers, interrupts }: Program): number {
  const count = (ops: readonly Op[]): number =>
    ops.reduce((sum, op) => sum + 1 + (op.op === "repeat" ? count(op.body) : 0), 0);
  const lists = [main, ...timers.map(({ handler }) => handler), ...interrupts];
  return lists.reduce((sum, list) => sum + count(list), 0);
}
