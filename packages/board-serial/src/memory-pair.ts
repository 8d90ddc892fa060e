import { lineErrors } from "./line-errors.js";
import type { Transport } from "./transport.js";

/** The board's end of a {@link memoryPair}. */
export interface DeviceEnd {
  /** Whether the host's end is open; what is written while it is not is lost, as on a real line. */
  readonly isOpen: boolean;
  /** Called with bytes from the host. */
  onData: ((bytes: Uint8Array) => void) | undefined;
  /** Called when the host opens its end. */
  onOpen: (() => void) | undefined;
  /** Called when the host closes its end. */
  onClose: (() => void) | undefined;
  /** Sends bytes to the host. */
  write(bytes: Uint8Array): void;
  /** Takes the line away, as when a cable is pulled; the host can open it again after {@link DeviceEnd.plug}. */
  unplug(reason?: string): void;
  /** Puts the line back; it is plugged in at first. */
  plug(): void;
}

/** Both ends of a line without hardware. */
export interface MemoryPair {
  /** For the session. */
  readonly host: Transport;
  /** For the board, or what plays it. */
  readonly device: DeviceEnd;
}

/**
 * Makes a line inside this process, for tests and for an emulated board.
 *
 * Bytes are copied and delivered in order, in a microtask of their own, never inside `write`.
 *
 * @example
 * ```ts
 * import { memoryPair } from "@escapement/board-serial";
 *
 * const { host, device } = memoryPair("a loop");
 * device.onData = (bytes) => device.write(bytes);
 * host.onData = (bytes) => console.log(bytes);
 * await host.open();
 * await host.write(Uint8Array.of(1, 2, 3));
 * ```
 */
export function memoryPair(description = "memory"): MemoryPair {
  let plugged = true;
  // Counts openings, so that bytes of an earlier opening never reach a later one.
  let opening = 0;
  let isOpen = false;
  const host: Transport = {
    description,
    onData: undefined,
    onClose: undefined,
    async open() {
      if (!plugged) throw lineErrors.unplugged({ name: description });
      if (isOpen) return;
      isOpen = true;
      opening += 1;
      device.onOpen?.();
    },
    async write(bytes) {
      if (!isOpen) {
        throw lineErrors.notOpen({ name: description });
      }
      deliver(bytes, (copy) => device.onData?.(copy));
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      device.onClose?.();
    },
  };
  const device: DeviceEnd = {
    get isOpen() {
      return isOpen;
    },
    onData: undefined,
    onOpen: undefined,
    onClose: undefined,
    write(bytes) {
      if (isOpen) deliver(bytes, (copy) => host.onData?.(copy));
    },
    unplug(reason = "the board's end was taken away") {
      plugged = false;
      if (!isOpen) return;
      isOpen = false;
      queueMicrotask(() => host.onClose?.(reason));
    },
    plug() {
      plugged = true;
    },
  };
  const deliver = (bytes: Uint8Array, to: (copy: Uint8Array) => void): void => {
    const copy = bytes.slice();
    const sentIn = opening;
    queueMicrotask(() => {
      if (isOpen && opening === sentIn) to(copy);
    });
  };
  return { host, device };
}
