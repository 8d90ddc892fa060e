import {
  type SemanticsMember,
  type Stated,
  type StatedSemantics,
  semanticsMembers,
} from "@escapement/scenario";
import { cErrors } from "../c-errors.js";
import type { WasmExports } from "../wasm/web-assembly.js";

/** The functions of the table, in the order of their bits; see `esc_driver_wasm.c`. */
const memberNames = [
  ...["now", "make", "init", "start", "startAt", "stop", "stopSync", "shutdown", "deinit"],
  ...["deinitAll", "setPeriod", "remaining", "active", "overruns", "service", "collect", "stats"],
  ...["onCompare", "onOverflow", "onInterrupt"],
];

/** What the table of a driver says. */
export interface DriverFacts {
  /** Its own name, where it has one. */
  readonly name?: string;
  /** Timers that can exist at once. */
  readonly capacity: number;
  /** The longest delay, in ticks. */
  readonly maxDelayTicks: number;
  /** Whether it has periodic timers. */
  readonly periodic: boolean;
  /** Whether it distinguishes stale handles from live ones. */
  readonly generations: boolean;
  /** How late a handler may be, in ticks, where it says so. */
  readonly lateTicks?: number;
  /** How long a call may take, in ticks, where it says so. */
  readonly opTicks?: number;
  /** The least delay that can be armed directly, in ticks, where it says so. */
  readonly minDeltaTicks?: number;
  /** What it states to do otherwise. */
  readonly semantics: StatedSemantics;
  /** Which functions the table has, by the names of `TimerDriver`. */
  readonly members: ReadonlySet<string>;
}

type NumberCall = (argument: number) => number;

/**
 * Reads the table of an instance that was not booted yet.
 *
 * @throws {@link CError} `bad-driver` for a table that lacks what is required.
 */
export function readFacts(exports: WasmExports): DriverFacts {
  const fact = exports.__esc_wasm_fact as NumberCall;
  const bits = (exports.__esc_wasm_has as () => number)();
  const members = new Set(memberNames.filter((_, place) => (bits & (1 << place)) !== 0));
  const capacity = fact(0);
  const maxDelayTicks = fact(1);
  mustHave(members, capacity, maxDelayTicks);
  const name = textAt(exports, (exports.__esc_wasm_name as () => number)());
  return {
    ...(name !== undefined && { name }),
    capacity: Math.min(capacity, 255),
    maxDelayTicks,
    periodic: fact(2) === 0,
    generations: members.has("make") && fact(3) !== 0,
    ...given("lateTicks", fact(4)),
    ...given("opTicks", fact(5)),
    ...given("minDeltaTicks", fact(6)),
    semantics: readSemantics(exports),
    members,
  };
}

function given(name: string, ticks: number): Record<string, number> {
  return ticks === 0 ? {} : { [name]: ticks };
}

function mustHave(members: ReadonlySet<string>, capacity: number, maxDelayTicks: number): void {
  const lacking = ["now", "start", "stop"].filter((name) => !members.has(name));
  if (members.has("make")) {
    const own = ["init", "deinit", "deinitAll", "active", "collect"];
    lacking.push(...own.filter((name) => !members.has(name)));
  }
  const interrupts = ["onCompare", "onOverflow", "onInterrupt"];
  if (!interrupts.some((name) => members.has(name))) lacking.push("on_compare");
  const names = lacking.map((name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  if (names.length > 0) throw cErrors.tableLacks({ members: names.join(", ") });
  if (capacity < 1) throw cErrors.badFact({ member: "capacity", value: capacity });
  if (maxDelayTicks < 1 || maxDelayTicks > Number.MAX_SAFE_INTEGER)
    throw cErrors.badFact({ member: "max_delay_ticks", value: maxDelayTicks });
}

function readSemantics(exports: WasmExports): StatedSemantics {
  const is = exports.__esc_wasm_stated as NumberCall;
  const sourceOf = exports.__esc_wasm_source as NumberCall;
  const semantics: Record<string, Stated<unknown>> = {};
  for (const [member, { code, words }] of Object.entries(semanticsMembers)) {
    const value = is(code - 1) >>> 0;
    const source = textAt(exports, sourceOf(code - 1));
    if (source === undefined && value === 0) continue;
    semantics[member satisfies string as SemanticsMember] = {
      is: words === undefined ? value : (words[value] ?? `word ${value}`),
      source: source ?? "",
    };
  }
  return semantics as StatedSemantics;
}

/** The text at an address of an instance's memory; undefined for NULL. */
export function textAt(exports: WasmExports, address: number): string | undefined {
  if (address === 0) return undefined;
  const { buffer } = exports.memory as { readonly buffer: ArrayBuffer };
  const bytes = new Uint8Array(buffer, address >>> 0);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)));
}
