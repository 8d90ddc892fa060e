import { lineErrors } from "./line-errors.js";
import { listPorts, type PortInfo } from "./list-ports.js";
import { programTransport } from "./program-transport.js";
import { serialTransport } from "./serial-transport.js";
import { tcpTransport } from "./tcp-transport.js";
import type { Transport } from "./transport.js";

/** A serial port of this computer. */
export interface SerialTarget {
  /** Distinguishes it from a {@link TcpTarget}. */
  readonly kind: "serial";
  /** What the system calls it. */
  readonly path: string;
  /** The USB serial number it was found by, when it was. */
  readonly serialNumber?: string;
}

/** A TCP server with a board behind it. */
export interface TcpTarget {
  /** Distinguishes it from a {@link SerialTarget}. */
  readonly kind: "tcp";
  /** Name or address. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

/** A program that speaks the wire on its standard streams. */
export interface ProgramTarget {
  /** Distinguishes it from the others. */
  readonly kind: "program";
  /** Its path. */
  readonly program: string;
  /** What it is started with. */
  readonly args: readonly string[];
}

/** Where a board is: the meaning of a name of {@link resolvePort}. */
export type PortTarget = SerialTarget | TcpTarget | ProgramTarget;

/** How {@link resolvePort} finds out. */
export interface ResolvePortOptions {
  /** In place of {@link listPorts}. */
  readonly list?: () => Promise<readonly PortInfo[]>;
  /** In place of `process.platform`. */
  readonly platform?: string;
}

/** How {@link createTransport} opens what it names. */
export interface CreateTransportOptions extends ResolvePortOptions {
  /** Bits per second of a serial port; 115200 when absent. */
  readonly baudRate?: number;
  /** See `serialTransport`. */
  readonly dtr?: boolean;
}

const shortcuts: Readonly<Record<string, string>> = {
  a: "/dev/ttyACM",
  u: "/dev/ttyUSB",
  c: "COM",
};

/**
 * Says which port a name means: `a0` to `a99` for /dev/ttyACM*n*, `u0` for /dev/ttyUSB*n*, `c3`
 * for COM3, `id:<USB serial number>`, `tcp://host:port`, `exec:./program`, or what the system calls it. Only `id:`
 * looks at the ports there are; for the others opening shows whether they exist.
 *
 * Rejects with a BoardError `port-not-found` for a name of no such form, and for an `id:` that no
 * port has.
 *
 * @example
 * ```ts
 * import { resolvePort } from "@escapement/board-serial";
 *
 * console.log(await resolvePort("a0")); // { kind: 'serial', path: '/dev/ttyACM0' }
 * ```
 */
export async function resolvePort(
  name: string,
  options: ResolvePortOptions = {},
): Promise<PortTarget> {
  if (name.startsWith("tcp://")) return parseTcp(name);
  if (name.startsWith("exec:")) return parseProgram(name);
  if (name.startsWith("id:")) return findBySerialNumber(name.slice(3), options);
  const shortcut = /^([auc])(\d{1,3})$/.exec(name);
  const prefix = shortcuts[shortcut?.[1] ?? ""];
  if (prefix !== undefined) return { kind: "serial", path: `${prefix}${shortcut?.[2] ?? ""}` };
  if (/^COM\d+$/i.test(name)) return { kind: "serial", path: name.toUpperCase() };
  if (/^(\/|\\\\\.\\)./.test(name)) {
    const platform = options.platform ?? process.platform;
    const path = platform === "darwin" ? name.replace(/^\/dev\/tty\./, "/dev/cu.") : name;
    return { kind: "serial", path };
  }
  throw lineErrors.noPortName({ name });
}

/**
 * The transport for a name of {@link resolvePort}; rejects as that does. A board named by `id:` is
 * looked for again at each opening, so that it is found after it came back under another path.
 *
 * @example
 * ```ts
 * import { createTransport } from "@escapement/board-serial";
 *
 * const transport = await createTransport("tcp://localhost:4000");
 * console.log(transport.description);
 * ```
 */
export async function createTransport(
  name: string,
  options: CreateTransportOptions = {},
): Promise<Transport> {
  const target = await resolvePort(name, options);
  if (target.kind === "tcp") return tcpTransport(target);
  if (target.kind === "program") return programTransport(target);
  const { path, serialNumber } = target;
  const locate = async () => {
    const found = await findBySerialNumber(serialNumber ?? "", options);
    return found.path;
  };
  return serialTransport({
    path,
    ...(options.baudRate === undefined ? {} : { baudRate: options.baudRate }),
    ...(options.dtr === undefined ? {} : { dtr: options.dtr }),
    ...(serialNumber === undefined ? {} : { locate }),
  });
}

function parseTcp(name: string): TcpTarget {
  const parts = /^tcp:\/\/(?:\[([^\]]+)\]|([^:/]+)):(\d{1,5})\/?$/.exec(name);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  if (host === undefined || port < 1 || port > 65535) {
    throw lineErrors.noTcpName({ name });
  }
  return { kind: "tcp", host, port };
}

/** Words by blanks; a path with blanks is given to `programTransport`. */
function parseProgram(name: string): ProgramTarget {
  const [program, ...args] = name.slice("exec:".length).split(/ +/);
  if (program === undefined || program === "") throw lineErrors.noProgram({ name });
  return { kind: "program", program, args };
}

async function findBySerialNumber(
  serialNumber: string,
  options: ResolvePortOptions,
): Promise<SerialTarget> {
  const ports = await (options.list ?? listPorts)();
  const found = ports.find((port) => port.serialNumber === serialNumber);
  if (found !== undefined) return { kind: "serial", path: found.path, serialNumber };
  const known = ports.flatMap((port) => port.serialNumber ?? []);
  throw known.length === 0
    ? lineErrors.noSerialNumbers({ serialNumber })
    : lineErrors.otherSerialNumbers({ serialNumber, known: known.join(", ") });
}
