/**
 * A driver in C that only runs: for the suite, not for the search. Its module has the hooks of
 * `esc_driver_guard.c`, which end what would not end and find addresses that are none.
 *
 * A loop costs time here, as on a chip, though only a long one: a driver may wait for a variable that its own
 * interrupt sets. Everything else between two accesses to the chip takes none.
 */
import type { SimChip } from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";
import type { TimerDriver } from "@escapement/scenario";
import { guardLayout } from "../c/guard-layout.js";
import { IdlePolls } from "../idle/idle-polls.js";
import { PollLog } from "../idle/poll-log.js";
import { instantiate, type WasmExports, type WasmImports } from "../wasm/web-assembly.js";
import type { CDriver } from "./c-driver.js";
import { assertionFailed, crashErrors, crashOf, placeHere } from "./crash.js";
import { DeviceBus } from "./devices.js";
import { DriverHost } from "./driver-host.js";
import type { Device } from "./registers.js";

/** Rounds of loops until time passes, and the most in one call. */
const ROUNDS = 4096;
const ROUNDS_MAX = 4096 * ROUNDS;

/** Cycles of the processor that a round of a loop takes. */
const ROUND_CYCLES = 1;

/** The stack lies below all data, above the page of the null pointer. */
const STACK_FULL_BELOW = 512;

/** Lines of the log that an error shows. */
const LOG_LINES = 3;

/** Puts a driver up on a chip, in an instance of its own. */
export function bootGuarded(
  driver: CDriver,
  chip: SimChip,
  port: TimerPort,
  { devices = [], log }: GuardedOptions = {},
): TimerDriver<number> {
  return new GuardedInstance(driver, chip, port, devices, log).driver;
}

/** What a driver runs with besides its chip. */
export interface GuardedOptions {
  /** Chip models behind addresses. */
  readonly devices?: readonly Device[];
  /** Gets each line of the driver's log. */
  readonly log?: ((line: string) => void) | undefined;
}

class GuardedInstance {
  readonly driver: TimerDriver<number>;
  readonly #cDriver: CDriver;
  readonly #chip: SimChip;
  readonly #words: Uint32Array;
  readonly #fuelAt: number;
  readonly #stackPointer: { readonly value: number };
  readonly #bus: DeviceBus;
  readonly #lastLines: string[] = [];
  #rounds = 0;
  #fault: unknown;

  constructor(
    cDriver: CDriver,
    chip: SimChip,
    port: TimerPort,
    devices: readonly Device[],
    logLine: ((line: string) => void) | undefined,
  ) {
    const log = new PollLog();
    this.#cDriver = cDriver;
    this.#chip = chip;
    const host = new DriverHost(chip, port, {
      log: (line) => {
        this.#lastLines.push(line);
        if (this.#lastLines.length > LOG_LINES) this.#lastLines.shift();
        logLine?.(line);
      },
      failed: (condition, file, line) => {
        throw assertionFailed(cDriver.program, condition, file, line, this.#said());
      },
      resumed: () => this.#refuel(),
      called: () => {
        log.isBroken = true;
      },
      handles: (handler, run) => log.handles(handler, run),
    });
    const { program } = cDriver;
    const { env = {}, escapement = {} } = host.imports;
    const imports: WasmImports = {
      env,
      escapement: {
        ...escapement,
        access: (address: number, site: number, kind: number) =>
          this.#bus.access(address >>> 0, site, kind),
        stored: () => this.#bus.stored(),
        fuel: () => this.#spent(),
      },
    };
    const exports: WasmExports = instantiate(program.module, log.watch(imports));
    const { buffer } = exports.memory as { readonly buffer: ArrayBuffer };
    this.#stackPointer = exports.__stack_pointer as { readonly value: number };
    const state = (exports.__esc_race_state as () => number)();
    this.#words = new Uint32Array(buffer);
    this.#fuelAt = (state + guardLayout.fuel) >> 2;
    this.#bus = new DeviceBus(chip, program, {
      ...{ buffer, state, devices },
      stackIsFull: () => this.#stackIsFull(),
    });
    new IdlePolls(chip, log, {
      code: cDriver.code,
      memory: new Uint8Array(buffer, 0, state),
      stackPointer: this.#stackPointer,
    });
    this.driver = host.attach(exports, cDriver.facts, (call) => this.#enter(call));
  }

  #enter<T>(call: () => T): T {
    // What trapped is not called again: its state is half of a change.
    if (this.#fault !== undefined) throw this.#fault;
    this.#refuel();
    try {
      return call();
    } catch (error) {
      this.#fault ??= crashOf(error, this.#cDriver.program, this.#stackIsFull());
      throw this.#fault;
    }
  }

  #stackIsFull(): boolean {
    return (this.#stackPointer.value | 0) < STACK_FULL_BELOW;
  }

  #refuel(): void {
    this.#rounds = 0;
    this.#words[this.#fuelAt] = ROUNDS;
  }

  #spent(): void {
    this.#rounds += ROUNDS;
    if (this.#rounds >= ROUNDS_MAX) {
      const place = placeHere(this.#cDriver.program);
      throw crashErrors.endless({ rounds: this.#rounds, place: place + this.#said() });
    }
    this.#words[this.#fuelAt] = ROUNDS;
    const rounds = this.#rounds;
    this.#chip.patience.beat();
    this.#chip.clock.advance(ROUNDS * ROUND_CYCLES);
    this.#chip.controller.serve();
    // An interrupt that came in began to count from 0.
    this.#rounds = rounds;
    this.#words[this.#fuelAt] = ROUNDS;
  }

  #said(): string {
    return this.#lastLines.length === 0
      ? ""
      : `; its log ended with: ${this.#lastLines.join(" / ")}`;
  }
}
