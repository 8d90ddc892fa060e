import { counted } from "@escapement/timeline";
import type { Finding } from "../law.js";

/** A sweep can break a law in every iteration; this many findings say enough. */
const most = 8;

/** Collects what breaks a law. */
export class Findings {
  readonly #list: Finding[] = [];
  #more = 0;

  /** Adds a finding; `record` is the place in the trace. */
  say(message: string, record?: number): void {
    if (this.#list.length >= most) {
      this.#more += 1;
      return;
    }
    this.#list.push(record === undefined ? { message } : { message, record });
  }

  /** All of them, or the first eight and how many more there are. */
  list(): readonly Finding[] {
    const more = this.#more;
    if (more === 0) return this.#list;
    return [...this.#list, { message: `and ${counted(more, "more finding")} like these`, more }];
  }
}

/** Ends the judgement of an iteration in which the evidence is missing; the finding was said. */
export class MissingEvidence extends Error {
  /** Its name in a report. */
  override name = "MissingEvidence";
}
