import { isWithoutPriorities } from "./conventions.js";
import { type MaskRegister, maskRegister } from "./mask-registers.js";
import { Points, siteless } from "./points.js";
import type { Assumption } from "./race-setup.js";
import type { RunHost } from "./run-host.js";

/** Effects that let nobody out: no point is needed before them. */
const opening: ReadonlySet<string> = new Set([
  "enable one",
  "enable all",
  "read mask",
  "leave",
  "set status",
]);

/** What a program does to its masks: by calls, and by writing registers. */
export class MaskCalls {
  readonly #host: RunHost;
  readonly #points = new Points();
  #written: (MaskRegister & { readonly memory: number }) | undefined;
  /** Whether shared memory was accessed in this run: before that the main program sets itself up. */
  isSetUp = false;

  /** Of that run. */
  constructor(host: RunHost) {
    this.#host = host;
  }

  /** A run begins. */
  restart(): void {
    this.#written = undefined;
    this.isSetUp = false;
  }

  /** A call that masks. */
  call(
    { effect }: Extract<Assumption, { kind: "mask" }>,
    argument: number,
    second: number,
  ): number {
    const { machine, contexts, masks, footprints, spin } = this.#host;
    if (!opening.has(effect)) this.#pointBefore();
    machine.accesses += 1;
    const handler = contexts.current.index - 1;
    if ((effect === "enable one" || effect === "set one") && handler >= 0) {
      footprints.enables(handler, masks.about(argument));
    }
    if (effect === "enable all" && handler >= 0) this.#letIn(handler);
    contexts.remember(effect.length * 8 + 5, argument);
    spin.change();
    return masks.apply(effect, argument, second);
  }

  /** A call that registers a handler. */
  register(given: readonly number[], enables: boolean): void {
    const { setup, machine, contexts, masks, spin } = this.#host;
    for (const [place, handler] of setup.handlers.entries()) {
      if (!given.some((value) => machine.functionAt(value) === handler.name)) continue;
      contexts.remember(0x4321 + place);
      spin.change();
      masks.register(place, enables);
    }
  }

  /** A register is about to be written: where it masks, what is written is known when the host is called again. */
  writes(address: number, memory: number): void {
    const register = maskRegister(address);
    if (register === undefined) return;
    if (register.effect === "disable one") this.#pointBefore();
    this.#written = { ...register, memory };
    this.#host.machine.view.setUint32(memory & ~3, 0, true);
  }

  /** Does what was written to such a register. */
  settle(): void {
    const written = this.#written;
    if (written === undefined) return;
    this.#written = undefined;
    const { machine, contexts, masks, spin } = this.#host;
    const bits = machine.view.getUint32(written.memory & ~3, true);
    for (let bit = 0; bit < 32; bit += 1) {
      if ((bits >>> bit) & 1) masks.apply(written.effect, written.first + bit);
    }
    contexts.remember(written.first, bits);
    spin.change();
  }

  #pointBefore(): void {
    const { contexts, machine } = this.#host;
    if (!this.isSetUp && contexts.depth === 1) return;
    this.#host.point(this.#points.at(contexts.depth, machine.accesses, siteless.mask, 0, 0, false));
  }

  /** A handler of a processor without priorities opens the mask: from there on every other may interrupt it. */
  #letIn(handler: number): void {
    const { setup, contexts, footprints, masks } = this.#host;
    if (!isWithoutPriorities(setup.handlers[handler]?.name ?? "")) return;
    contexts.current.priority = 0;
    footprints.enables(handler, masks.about(-1));
  }
}
