import type { Op, Operand, Program, TimerSpec } from "@escapement/scenario";

/** How a program is written down. */
export interface ProgramSourceOptions {
  /** Writes longer times as multiples of a constant `unit`, of so many ticks; plain ticks when absent. */
  readonly unitTicks?: number;
  /** Spaces before each line but the first; 0 when absent. */
  readonly indent?: number;
}

/** Longer lines are broken. */
const lineMax = 100;

/** A number that stands so often in a program gets a name, if it is not short. */
const namedFrom = { uses: 3, ticks: 1_000 };

/**
 * A program in the syntax of its builder: a call of `program()`, which builds the same program.
 *
 * Settings and arguments that have their default are left out, and a number that stands in three or
 * more places is a constant. Pure.
 *
 * @example
 * ```ts
 * import { programSource } from "@escapement/conformance";
 * import { program } from "@escapement/scenario";
 *
 * const stopsItself = program(({ main, timer }) => {
 *   const t = timer({ mode: "periodic", period: 500 });
 *   t.handler.stop(t);
 *   main.start(t).sleep(5_000);
 * });
 * console.log(programSource(stopsItself));
 * ```
 */
export function programSource(program: Program, options: ProgramSourceOptions = {}): string {
  return new Writer(program, options).text();
}

class Writer {
  readonly #program: Program;
  readonly #unitTicks: number | undefined;
  readonly #indent: string;
  readonly #named: ReadonlyMap<number, string>;
  #usesVariable = false;

  constructor(program: Program, { unitTicks, indent = 0 }: ProgramSourceOptions) {
    this.#program = program;
    this.#unitTicks = unitTicks;
    this.#indent = " ".repeat(indent);
    this.#named = unitTicks === undefined ? namedNumbers(program) : new Map();
  }

  text(): string {
    const { timers, interrupts, sweep } = this.#program;
    const body = [
      ...[...this.#named].map(([ticks, name]) => `const ${name} = ${digits(ticks)};`),
      ...timers.map((spec, nth) => `const t${nth} = timer(${this.#timerOptions(spec)});`),
      ...interrupts.map((_, nth) => `const i${nth} = interrupt();`),
      ...timers.flatMap(({ handler }, nth) => this.#chain(`t${nth}.handler`, handler)),
      ...interrupts.flatMap((list, nth) => this.#chain(`i${nth}.handler`, list)),
      ...this.#chain("main", this.#program.main),
      ...(sweep === undefined ? [] : [`sweep(${sweepText(sweep)});`]),
    ];
    const tools = [
      ...(this.#program.main.length > 0 ? ["main"] : []),
      ...(timers.length > 0 ? ["timer"] : []),
      ...(interrupts.length > 0 ? ["interrupt"] : []),
      ...(sweep === undefined ? [] : ["sweep"]),
      ...(this.#usesVariable ? ["variable"] : []),
    ];
    const lines = body.flatMap((each) => each.split("\n")).map((line) => `  ${line}`);
    const head = tools.length === 0 ? "()" : `({ ${tools.join(", ")} })`;
    return [`program(${head} => {`, ...lines, "})"].join(`\n${this.#indent}`);
  }

  #timerOptions(spec: TimerSpec): string {
    return members([
      ["mode", quoted(spec.mode)],
      ["period", this.#operand(spec.period)],
      ["dispatch", spec.dispatch === "hard" ? undefined : quoted(spec.dispatch)],
      ["overrun", spec.overrun === "coalesce" ? undefined : quoted(spec.overrun)],
      ["late", spec.late === "fire" ? undefined : quoted(spec.late)],
      ["quiet", spec.quiet ? "true" : undefined],
    ]);
  }

  /** A list's operations as one statement; none where there are none. */
  #chain(list: string, ops: readonly Op[]): readonly string[] {
    if (ops.length === 0) return [];
    const calls = ops.map((op) => this.#call(op));
    const whole = `${list}${calls.join("")};`;
    const isShort = this.#indent.length + 2 + whole.length <= lineMax && !whole.includes("\n");
    return [isShort ? whole : [list, ...calls.map(indented)].join("\n").concat(";")];
  }

  #call(op: Op): string {
    const args = this.#args(op).filter((each) => each !== undefined);
    return `.${op.op}(${args.join(", ")})`;
  }

  #args(op: Op): readonly (string | undefined)[] {
    switch (op.op) {
      case "startAt":
        return [`t${op.timer}`, this.#startAtOptions(op)];
      case "setPeriod":
        return [`t${op.timer}`, this.#operand(op.period)];
      case "stopSync":
        return [`t${op.timer}`, this.#operand(op.timeout)];
      case "capture":
        return [op.register === 0 ? undefined : String(op.register)];
      case "readMany":
        return [this.#operand(op.count)];
      case "spin":
      case "sleep":
        return [this.#operand(op.ticks)];
      case "phase":
        return [this.#operand(op.counter)];
      case "interrupt":
        return [`i${op.interrupt}`, this.#operand(op.delay)];
      case "mark":
        return [String(op.id)];
      case "when":
        return [digits(op.count)];
      case "repeat":
        return [this.#operand(op.count), `(body) => ${this.#body(op.body)}`];
      default:
        return ["timer" in op ? `t${op.timer}` : undefined];
    }
  }

  #startAtOptions({ register, back, delta }: Extract<Op, { readonly op: "startAt" }>): string {
    return members([
      ["register", register === 0 ? undefined : String(register)],
      ["back", back === 0 ? undefined : this.#operand(back)],
      ["delta", this.#operand(delta)],
    ]);
  }

  #body(ops: readonly Op[]): string {
    return ops.length === 0 ? "{}" : `body${ops.map((op) => this.#call(op)).join("")}`;
  }

  #operand(operand: Operand): string {
    if (typeof operand === "number") return this.#number(operand);
    this.#usesVariable = true;
    return `variable(${operand.offset === 0 ? "" : this.#number(operand.offset)})`;
  }

  #number(ticks: number): string {
    const unit = this.#unitTicks;
    const units = unit === undefined ? 0 : Math.round(ticks / unit);
    if (unit === undefined || units === 0 || units > 10_000) {
      return this.#named.get(ticks) ?? digits(ticks);
    }
    const rest = ticks - units * unit;
    const times = units === 1 ? "unit" : `${digits(units)} * unit`;
    if (rest === 0) return times;
    return `${times} ${rest < 0 ? "-" : "+"} ${digits(Math.abs(rest))}`;
  }
}

/** Names for the numbers that stand in several places. */
function namedNumbers(program: Program): ReadonlyMap<number, string> {
  const uses = new Map<number, number>();
  JSON.stringify(program, (_, value: unknown) => {
    if (typeof value === "number") uses.set(value, (uses.get(value) ?? 0) + 1);
    return value;
  });
  const often = [...uses].filter(
    ([ticks, count]) => count >= namedFrom.uses && ticks >= namedFrom.ticks,
  );
  return new Map(often.map(([ticks]) => [ticks, `ticks${ticks}`]));
}

function sweepText({ from, count, step }: NonNullable<Program["sweep"]>): string {
  return `{ from: ${digits(from)}, count: ${digits(count)}, step: ${digits(step)} }`;
}

function members(list: readonly (readonly [string, string | undefined])[]): string {
  const given = list.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `{ ${given.join(", ")} }`;
}

function quoted(text: string): string {
  return `"${text}"`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}

/** A number as it is written in code: thousands apart. */
function digits(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, "_");
}
