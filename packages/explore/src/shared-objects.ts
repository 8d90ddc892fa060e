import type { Recorder } from "./recorder.js";
import { pointKind } from "./run-log.js";

/** Options of {@link ExploreSite.share}. */
export interface ShareOptions {
  /** Members that two contexts may use at once without a mask, by design: whole words, each used alone. */
  readonly atomic?: readonly string[];
}

/** Cells of registered objects are numbered from here; below are those of a `SharedState`. */
export const SHARED_CELLS = 2 ** 16;
const CELLS_MAX = 2 ** 22;

const changing = new Set(["add", "set", "delete", "clear"]);

/**
 * Makes members of ordinary objects into shared cells: a proxy reports each access to the recorder.
 *
 * Names are numbered in the order in which they are first met, once for all runs of a target.
 */
export class SharedObjects {
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #atomic = new Set<number>();
  readonly #taken = new Map<string, number>();

  /** Forgets which objects there were, not the numbers of their cells: a new run begins. */
  begin(): void {
    this.#taken.clear();
  }

  /** What a cell is called. */
  describe(cell: number): string {
    return this.#names[cell - SHARED_CELLS] ?? `cell ${cell}`;
  }

  /** Whether a cell was declared atomic. */
  isAtomic(cell: number): boolean {
    return this.#atomic.has(cell);
  }

  /** Registers an object, an array, a Map or a Set; use only what this returns from then on. */
  share<T extends object>(recorder: Recorder, name: string, object: T, options: ShareOptions): T {
    const count = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, count);
    const full = count === 1 ? name : `${name} ${count}`;
    const whole = this.#cell(full);
    if (object instanceof Map || object instanceof Set) {
      return this.#shareCollection(recorder, whole, object);
    }
    // An array's elements and its length change together, so an array is one cell.
    const isArray = Array.isArray(object);
    const cellOf = (key: string): number => {
      if (isArray || !Object.hasOwn(object, key)) return whole;
      const cell = this.#cell(`${full}.${key}`);
      if (options.atomic?.includes(key) === true) this.#atomic.add(cell);
      return cell;
    };
    const point = (kind: number, key: string | symbol, value?: unknown): void => {
      if (typeof key === "string") recorder.point(kind, cellOf(key), value);
    };
    return new Proxy(object, {
      get: (target, key, receiver) => {
        if (Object.hasOwn(target, key) || !(key in target)) point(pointKind.load, key);
        return Reflect.get(target, key, receiver);
      },
      set: (target, key, value) => {
        point(pointKind.store, key, value);
        return Reflect.set(target, key, value);
      },
      deleteProperty: (target, key) => {
        point(pointKind.store, key);
        return Reflect.deleteProperty(target, key);
      },
      has: (target, key) => {
        point(pointKind.load, key);
        return Reflect.has(target, key);
      },
      ownKeys: (target) => {
        recorder.point(pointKind.load, whole);
        return Reflect.ownKeys(target);
      },
    });
  }

  /** A Map or a Set is one cell: its inside is no business of the program. */
  #shareCollection<T extends object>(recorder: Recorder, cell: number, object: T): T {
    return new Proxy(object, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") {
          recorder.point(pointKind.load, cell);
          return value;
        }
        return (...parameters: unknown[]): unknown => {
          const stores = typeof key === "string" && changing.has(key);
          recorder.point(stores ? pointKind.store : pointKind.load, cell);
          return Reflect.apply(value, target, parameters);
        };
      },
    });
  }

  #cell(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const cell = SHARED_CELLS + this.#names.length;
    // Beyond that the numbers do not fit the log; what shares so much is not distinguished further.
    if (cell >= CELLS_MAX) return CELLS_MAX - 1;
    this.#names.push(name);
    this.#numbers.set(name, cell);
    return cell;
  }
}
