import type { Engine } from "./engine.js";
import { LAST_SEEN } from "./layout.js";
import { anchorOf, deadlineOf, Flag, overrunsOf, periodOf, wordOf } from "./slot.js";
import { stopAndWait } from "./stop-sync.js";
import { settingsFrom } from "./timer-settings.js";
import * as steps from "./timer-steps.js";
import type {
  StartAt,
  StartResult,
  StopResult,
  StopSyncOptions,
  Timer,
  TimerCallback,
  TimerMode,
  TimerOptions,
} from "./timer-types.js";
import { checkStartAt, checkTicks } from "./validation.js";

/** A handle on a slot of a HAL; its members do their work in `timer-steps.ts`, under the mask. */
export class HalTimer implements Timer {
  readonly generation: number;
  readonly slot: number;
  /** Changed only while the slot is not pending. */
  callback: TimerCallback;
  readonly engine: Engine;

  /** With interrupts masked, in the section in which the slot was claimed. */
  constructor(engine: Engine, slot: number, callback: TimerCallback) {
    this.engine = engine;
    this.slot = slot;
    this.generation = engine.registry.generationOf(slot);
    this.callback = callback;
  }

  start(at?: StartAt): StartResult {
    const { engine, slot } = this;
    const { state } = engine;
    if (at !== undefined) {
      checkStartAt(at);
      return steps.change(this, Flag.Shut, steps.startAt, at);
    }
    const was = engine.port.saveAndMask();
    steps.requireLive(this, Flag.Shut, was);
    engine.clock.update();
    const anchor = state.load(LAST_SEEN) + 1;
    const deadline = anchor + state.load(periodOf(slot));
    const wasFirst = engine.unarm(slot);
    state.store(anchorOf(slot), anchor);
    state.store(deadlineOf(slot), deadline);
    engine.arm(slot, wasFirst);
    engine.restore(was);
    return "armed";
  }

  stop(): StopResult {
    const { engine } = this;
    const was = engine.port.saveAndMask();
    steps.requireLive(this, 0, was);
    const result = engine.stop(this.slot);
    engine.restore(was);
    return result;
  }

  stopSync(options: StopSyncOptions = {}): StopResult {
    const { engine } = this;
    const limit = options.timeoutTicks ?? Math.ceil(engine.port.frequencyHz);
    return stopAndWait(this, checkTicks("timeoutTicks", limit, 0));
  }

  shutdown(): StopResult {
    return steps.change(this, 0, steps.shutDown, this.generation);
  }

  init(options: Partial<TimerOptions> = {}): void {
    const { engine } = this;
    const { callback } = this;
    const before = steps.read(this, ({ state }, slot, flags) => ({
      flags,
      periodTicks: state.load(periodOf(slot)),
      callback,
    }));
    const settings = settingsFrom(options, engine.port.frequencyHz, before);
    const setUp = (_: Engine, slot: number) => {
      steps.setUp(engine, slot, settings);
      this.callback = settings.callback;
    };
    steps.change(this, Flag.Shut, setUp, undefined);
  }

  deinit(): void {
    const { engine } = this;
    engine.masked(() => {
      if (engine.registry.generationOf(this.slot) === this.generation) {
        engine.release(this.slot);
      }
    });
  }

  remaining(): number {
    return Math.max(steps.change(this, 0, steps.remaining, undefined), 0);
  }

  get active(): boolean {
    return steps.read(this, steps.isActive);
  }

  get overruns(): number {
    return steps.read(this, ({ state }, slot) => state.load(overrunsOf(slot)));
  }

  takeOverruns(): number {
    return steps.read(this, steps.takeOverruns);
  }

  get periodTicks(): number {
    return steps.read(this, ({ state }, slot) => state.load(periodOf(slot)));
  }

  setPeriod(ticks: number): void {
    checkTicks("The period", ticks, 1);
    steps.change(this, Flag.Shut, steps.setPeriod, ticks);
  }

  get scheduledTicks(): number {
    return steps.scheduled(this);
  }

  get mode(): TimerMode {
    const word = steps.read(this, ({ state }, slot) => state.load(wordOf(slot)));
    return (word & Flag.Periodic) !== 0 ? "periodic" : "one-shot";
  }
}
