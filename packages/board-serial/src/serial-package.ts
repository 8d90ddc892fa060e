import { lineErrors } from "./line-errors.js";

/** A port of the serialport package, as far as it is used here. */
export interface SerialPortObject {
  /** False again once it was closed or lost. */
  readonly isOpen: boolean;
  /** Opens it. */
  open(callback: (error: Error | null) => void): void;
  /** Closes it; an error when it is not open. */
  close(callback: (error: Error | null) => void): void;
  /** Sends bytes; never calls back on a port that has closed. */
  write(bytes: Uint8Array, callback: (error: Error | null | undefined) => void): boolean;
  /** Sets modem lines; an error where the port has none. */
  set(lines: { dtr?: boolean; rts?: boolean }, callback: (error: Error | null) => void): void;
  /** Received bytes. */
  on(event: "data", listener: (bytes: Uint8Array) => void): unknown;
  /** The end of the port, with an error when it went away by itself; or an error outside any call. */
  on(event: "close" | "error", listener: (error?: Error | null) => void): unknown;
}

/** One row of serialport's own list; only `path` is sure. */
export interface ListedPort {
  /** What opens it. */
  readonly path: string;
  /** Maker of the board or its bridge. */
  readonly manufacturer?: string | undefined;
  /** Serial number on USB. */
  readonly serialNumber?: string | undefined;
  /** USB vendor, four hexadecimal digits. */
  readonly vendorId?: string | undefined;
  /** USB product, four hexadecimal digits. */
  readonly productId?: string | undefined;
}

/** The class of the serialport package, as far as it is used here. */
export interface SerialPortClass {
  /** Makes a port that is not open. */
  new (options: {
    path: string;
    baudRate: number;
    autoOpen: false;
    hupcl?: boolean;
  }): SerialPortObject;
  /** Lists ports; rejects where `udevadm` is missing on Linux. */
  list(): Promise<readonly ListedPort[]>;
}

/** The serialport package, as far as it is used here: an interface of our own, so that its types are optional too. */
export interface SerialPackage {
  /** Its one export that matters. */
  readonly SerialPort: SerialPortClass;
}

/** Loads serialport, an optional peer. Rejects with a BoardError `port-failed` that says how to get it. */
export async function loadSerialPackage(): Promise<SerialPackage> {
  try {
    return (await import("serialport")) as unknown as SerialPackage;
  } catch (cause) {
    throw lineErrors.noPackage({}, { cause });
  }
}
