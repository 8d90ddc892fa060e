import { readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadSerialPackage, type SerialPackage } from "./serial-package.js";

/** A serial port of this computer. Only `path` is sure; the rest is there for most USB boards. */
export interface PortInfo {
  /** What opens it. */
  readonly path: string;
  /** Maker of the board or its bridge. */
  readonly manufacturer?: string;
  /** Serial number on USB: what `id:` names. */
  readonly serialNumber?: string;
  /** USB vendor, four hexadecimal digits. */
  readonly vendorId?: string;
  /** USB product, four hexadecimal digits. */
  readonly productId?: string;
}

/** Where to look, for tests. */
export interface ListPortsOptions {
  /** In place of `process.platform`. */
  readonly platform?: string;
  /** In place of the serialport package. */
  readonly load?: () => Promise<SerialPackage>;
  /** In place of `/dev`. */
  readonly devFolder?: string;
  /** In place of `/sys/class/tty`. */
  readonly sysFolder?: string;
}

/**
 * Lists the serial ports of this computer, those of USB boards first. Never rejects because of a missing
 * helper: without serialport, or without the `udevadm` that it asks on Linux, it reads `/dev`.
 *
 * On macOS each board is one row, under its `cu` name: a `tty` name waits for a modem's carrier.
 * Ptys are never listed, as no system lists them.
 *
 * @example
 * ```ts
 * import { listPorts } from "@escapement/board-serial";
 *
 * for (const port of await listPorts()) console.log(port.path, port.manufacturer ?? "");
 * ```
 */
export async function listPorts(options: ListPortsOptions = {}): Promise<PortInfo[]> {
  const platform = options.platform ?? process.platform;
  const listed = await askPackage(options);
  const ports = listed ?? (platform === "win32" ? [] : await readFolders(platform, options));
  const named = platform === "darwin" ? preferCallout(ports) : ports;
  return named.sort(byUse);
}

async function askPackage(options: ListPortsOptions): Promise<PortInfo[] | undefined> {
  try {
    const { SerialPort } = await (options.load ?? loadSerialPackage)();
    const rows = await SerialPort.list();
    return rows.map(({ path, manufacturer, serialNumber, vendorId, productId }) => ({
      path,
      ...definedOnly({ manufacturer, serialNumber, vendorId, productId }),
    }));
  } catch {
    // "spawn udevadm ENOENT" in a container, or no serialport: the folders are the result then.
    return undefined;
  }
}

const portName: Record<string, RegExp> = {
  linux: /^(tty(S|WCH|ACM|USB|AMA|MFD|O|XRUSB)|rfcomm)\d+$/,
  darwin: /^cu\./,
};

async function readFolders(platform: string, options: ListPortsOptions): Promise<PortInfo[]> {
  const devFolder = options.devFolder ?? "/dev";
  const sysFolder = options.sysFolder ?? "/sys/class/tty";
  const pattern = portName[platform] ?? /^(tty|cu)[a-zA-Z]+\d+$/;
  const entries = await readdir(devFolder).catch(() => [] as string[]);
  const ports: PortInfo[] = [];
  for (const entry of entries.filter((name) => pattern.test(name))) {
    if (platform === "linux" && (await isUnusedPort(join(sysFolder, entry)))) continue;
    const usb = platform === "linux" ? await readUsbFields(join(sysFolder, entry, "device")) : {};
    ports.push({ path: `${devFolder}/${entry}`, ...usb });
  }
  return ports;
}

/** Linux has 4 to 32 ttyS names whatever there is behind them; type 0 says that it is nothing. */
async function isUnusedPort(folder: string): Promise<boolean> {
  if (!/ttyS\d+$/.test(folder)) return false;
  const type = await readText(join(folder, "type"));
  return type === undefined || type === "0";
}

/** The USB device is one to three folders above the tty's own device in sysfs. */
async function readUsbFields(device: string): Promise<Omit<PortInfo, "path">> {
  let folder = await realpath(device).catch(() => undefined);
  for (let depth = 0; folder !== undefined && depth < 4; depth++) {
    const vendorId = await readText(join(folder, "idVendor"));
    if (vendorId !== undefined) {
      return definedOnly({
        manufacturer: await readText(join(folder, "manufacturer")),
        serialNumber: await readText(join(folder, "serial")),
        vendorId,
        productId: await readText(join(folder, "idProduct")),
      });
    }
    folder = dirname(folder);
  }
  return {};
}

async function readText(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text?.trim() || undefined;
}

function preferCallout(ports: readonly PortInfo[]): PortInfo[] {
  const rows = ports.map((port) => ({
    ...port,
    path: port.path.replace(/^\/dev\/tty\./, "/dev/cu."),
  }));
  return rows.filter((row, index) => rows.findIndex(({ path }) => path === row.path) === index);
}

function byUse(a: PortInfo, b: PortInfo): number {
  const rank = (port: PortInfo) => (port.vendorId === undefined ? 1 : 0);
  return rank(a) - rank(b) || a.path.localeCompare(b.path, "en", { numeric: true });
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function definedOnly<Fields extends Record<string, string | undefined>>(
  fields: Fields,
): Defined<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<Fields>;
}
