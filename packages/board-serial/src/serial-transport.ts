import { systemClock, withLimit } from "./clock.js";
import { lineErrors } from "./line-errors.js";
import { helpPoller, needsPollerHelp } from "./poller.js";
import { openError } from "./port-errors.js";
import {
  loadSerialPackage,
  type SerialPackage,
  type SerialPortClass,
  type SerialPortObject,
} from "./serial-package.js";
import type { Transport } from "./transport.js";

/** Which serial port, and how. */
export interface SerialTransportOptions {
  /** What the system calls it: `/dev/ttyACM0`, `/dev/cu.usbmodem1101`, `COM3`. */
  readonly path: string;
  /** Bits per second; 115200 when absent. A pty and most USB boards take any. */
  readonly baudRate?: number;
  /**
   * Sets the DTR line after opening. `false` keeps some boards from restarting with the next
   * opening; absent leaves it as the system does. Lines that the port does not have are passed over.
   */
  readonly dtr?: boolean;
  /** Finds the path again before each opening, for a board that comes back under another name. */
  readonly locate?: () => Promise<string>;
  /** What to use in place of the serialport package, for tests. */
  readonly load?: () => Promise<SerialPackage>;
}

/** A pseudo-terminal of Linux: its number goes to the next program that asks once it has hung up. */
const pseudoTerminal = /^\/dev\/pts\/\d+$/;

/** Neither calls back after the port has closed, so both get a limit of their own. */
const writeLimitMs = 2000;
const closeLimitMs = 2000;

/**
 * A line over a serial port of this computer, by the optional package serialport. Node only.
 *
 * Nothing is loaded or opened before `open()`. That rejects with `port-not-found`, `port-busy` or
 * `port-failed`; a missing package is `port-failed`.
 *
 * @example
 * ```ts
 * import { openSerialBoard, serialTransport } from "@escapement/board-serial";
 *
 * const transport = serialTransport({ path: "/dev/ttyACM0", dtr: false });
 * const board = await openSerialBoard({ transport });
 * await board.close();
 * ```
 */
export function serialTransport(options: SerialTransportOptions): Transport {
  const baudRate = options.baudRate ?? 115200;
  let path = options.path;
  let open: OpenPort | undefined;
  let hungUp: string | undefined;
  const transport: Transport = {
    get description() {
      return `${path} at ${baudRate} baud`;
    },
    onData: undefined,
    onClose: undefined,
    async open() {
      if (open !== undefined) return;
      const { SerialPort } = await (options.load ?? loadSerialPackage)();
      if (options.locate !== undefined) path = await options.locate();
      if (path === hungUp) throw lineErrors.portGone({ path });
      const port = await openPort(SerialPort, path, baudRate, options.dtr);
      const opened: OpenPort = {
        port,
        endHelp: needsPollerHelp(process.versions.node) ? helpPoller(port) : () => {},
      };
      open = opened;
      port.on("data", (bytes) => {
        if (open === opened) transport.onData?.(Uint8Array.from(bytes));
      });
      port.on("close", (error) => {
        if (open !== opened) return;
        open = undefined;
        if (pseudoTerminal.test(path)) hungUp = path;
        opened.endHelp();
        transport.onClose?.(`the system closed the port (${error?.message || "no reason given"})`);
      });
    },
    async write(bytes) {
      if (!open?.port.isOpen) {
        throw lineErrors.notOpen({ name: path });
      }
      await writePort(open.port, bytes, path);
    },
    async close() {
      const closing = open;
      if (closing === undefined) return;
      open = undefined;
      await closePort(closing.port);
      closing.endHelp();
    },
  };
  return transport;
}

interface OpenPort {
  readonly port: SerialPortObject;
  readonly endHelp: () => void;
}

async function openPort(
  SerialPort: SerialPortClass,
  path: string,
  baudRate: number,
  dtr: boolean | undefined,
): Promise<SerialPortObject> {
  let port: SerialPortObject;
  try {
    const hupcl = dtr === false ? { hupcl: false } : {};
    port = new SerialPort({ path, baudRate, autoOpen: false, ...hupcl });
    // A cancelled write is emitted as well as called back; without a listener it would end the process.
    port.on("error", () => {});
    await new Promise<void>((resolve, reject) => {
      port.open((error) => (error ? reject(error) : resolve()));
    });
  } catch (cause) {
    throw openError(path, baudRate, cause);
  }
  if (dtr !== undefined) {
    // A pty and some bridges have no modem lines ("Inappropriate ioctl for device"): not an error.
    await new Promise<void>((resolve) => {
      port.set({ dtr }, () => resolve());
    });
  }
  return port;
}

function writePort(port: SerialPortObject, bytes: Uint8Array, path: string): Promise<void> {
  const written = new Promise<void>((resolve, reject) => {
    port.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
  return withLimit(systemClock, writeLimitMs, written, () => {
    return lineErrors.serialBlocked({ name: path, limitMs: writeLimitMs });
  });
}

async function closePort(port: SerialPortObject): Promise<void> {
  if (!port.isOpen) return;
  const closed = new Promise<void>((resolve) => {
    port.close(() => resolve());
  });
  await withLimit(systemClock, closeLimitMs, closed, () => new Error("close")).catch(() => {});
}
