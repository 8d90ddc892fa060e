import { limits } from "@escapement/scenario";
import type { Activity, Step } from "./trace-tree.js";

/** What a register may hold: one value, several where a capture was interrupted by another, none where that is not known. */
interface Register {
  candidates: readonly number[];
}

/** The registers of an iteration, which begin with 0 of the HAL's time. */
export class Registers {
  readonly #registers: Register[];

  readonly #quietCaptures: readonly number[];

  /**
   * `zeroTicks`: where the HAL's time has its 0, by the stamps. `quietCaptures`: what may be captured into by
   * a record that may be of another operation, too.
   */
  constructor(zeroTicks: number, quietCaptures: readonly number[]) {
    this.#quietCaptures = quietCaptures;
    this.#registers = Array.from({ length: limits.registers }, () => ({ candidates: [zeroTicks] }));
  }

  /** What that register may hold. */
  at(register: number): Register {
    return this.#registers[register] as Register;
  }

  /** A capture into it is not recorded. */
  forget(register: number): void {
    this.at(register).candidates = [];
  }

  /**
   * A capture begins: its value may be there from now on. A start begins at the register's time: which
   * of the captures that interrupt it came before it was read is not known.
   */
  begin(step: Step): void {
    const { op, nested } = step;
    if (isGuessedCapture(step)) {
      for (const register of this.#quietCaptures) this.forget(register);
    } else if (op.op === "capture") {
      this.#mayHold(op.register, step.value);
    } else if (op.op === "startAt" && nested.length > 0) {
      const values: number[] = [];
      for (const each of nested) collect(each, op.register, values);
      for (const value of values) this.#mayHold(op.register, value);
    }
  }

  /** A capture is over: its value is there, unless one that came between, or that it interrupted, wrote after it. */
  end(step: Step, inProgress: readonly Step[]): void {
    if (step.op.op !== "capture" || isGuessedCapture(step)) return;
    const { register } = step.op;
    if (this.#quietCaptures.includes(register) && step.nested.some(hasGuessedCapture)) {
      this.forget(register);
      return;
    }
    const values = [step.value];
    for (const each of step.nested) collect(each, register, values);
    for (const { op, value } of inProgress) {
      if (op.op === "capture" && op.register === register) values.push(value);
    }
    this.at(register).candidates = values.length === 1 ? values : [...new Set(values)];
  }

  #mayHold(register: number, value: number): void {
    const place = this.at(register);
    const isKnown = place.candidates.length > 0;
    if (isKnown && !place.candidates.includes(value))
      place.candidates = [...place.candidates, value];
  }
}

function collect(activity: Activity, register: number, values: number[]): void {
  for (const step of activity.steps) {
    if (step.op.op === "capture" && step.op.register === register) values.push(step.value);
    for (const each of step.nested) collect(each, register, values);
  }
  for (const each of activity.closing) collect(each, register, values);
}

/** A record of a time read, by one of several operations of handlers without entries. */
function isGuessedCapture({ isGuess, record }: Step): boolean {
  return isGuess && record.kind === "read";
}

function hasGuessedCapture({ steps, closing }: Activity): boolean {
  const isIn = (step: Step) => isGuessedCapture(step) || step.nested.some(hasGuessedCapture);
  return steps.some(isIn) || closing.some(hasGuessedCapture);
}
