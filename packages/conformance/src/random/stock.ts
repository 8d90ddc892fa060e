/** Where operations are drawn for. */
export type ListKind = "main" | "body" | "handler" | "interrupt";

/** What a list under construction knows. */
export interface ListPlace {
  readonly kind: ListKind;
  /** The timer that half of its operations are about; none when absent. */
  readonly own?: number;
  /** The register that it captures into, so that what interrupts it leaves its captures alone. */
  readonly register: number;
  /** How deep it is inside of masks. */
  readonly masks: number;
}

/** What the program has: how many of each, and how its timers behave. */
export interface Stock {
  readonly periods: readonly number[];
  readonly isPeriodic: readonly boolean[];
  /** The timer that is only spawned; its spec is nobody else's. */
  readonly spawned?: number;
  /** Its period. */
  readonly spawnedTicks?: number;
  readonly interrupts: number;
}
