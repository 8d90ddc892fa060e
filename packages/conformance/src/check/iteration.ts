import type { Indexed, IterationView, RecordOf } from "@escapement/scenario";
import type { LawEnv } from "../law.js";
import { type Findings, MissingEvidence } from "./findings.js";
import { ticksText } from "./ticks.js";

/** A call of an operation, as the trace has it. */
export type Call = Indexed<RecordOf<"call">>;

/** One iteration of a law's program: its trace, the board's units, and where findings go. */
export class Iteration {
  /** What is judged. */
  readonly view: IterationView;
  /** The board's units. */
  readonly env: LawEnv;
  readonly #findings: Findings;
  readonly #swept: boolean;

  constructor(view: IterationView, env: LawEnv, findings: Findings, swept: boolean) {
    this.view = view;
    this.env = env;
    this.#findings = findings;
    this.#swept = swept;
  }

  /** Adds a finding. */
  say(message: string, record?: number): void {
    const where = this.#swept ? `variable ${this.view.value}: ` : "";
    this.#findings.say(where + message, record);
  }

  /** Adds a finding unless the condition holds. */
  that(holds: boolean, message: string, record?: number): void {
    if (!holds) this.say(message, record);
  }

  /** Ends this iteration's judgement where evidence is missing. */
  missing(message: string): never {
    this.say(message);
    throw new MissingEvidence(message);
  }

  /** A span of time in words. */
  ticks(ticks: number): string {
    return ticksText(ticks, this.env);
  }
}
