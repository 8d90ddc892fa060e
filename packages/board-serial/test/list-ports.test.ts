import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listPorts, type SerialPackage, type SerialPortClass } from "../src/index.js";

/** The package with a list of its own; its ports cannot be opened. */
function packageThatLists(list: SerialPortClass["list"]): () => Promise<SerialPackage> {
  const SerialPort = { list } as unknown as SerialPortClass;
  return async () => ({ SerialPort });
}

const noUdev = packageThatLists(() => Promise.reject(new Error("spawn udevadm ENOENT")));

describe("by the package serialport", () => {
  test("USB boards come first, absent fields are absent", async () => {
    const load = packageThatLists(async () => [
      { path: "/dev/ttyS0" },
      { path: "/dev/ttyUSB10", vendorId: "1a86", productId: "7523", serialNumber: undefined },
      { path: "/dev/ttyUSB2", vendorId: "1a86", manufacturer: "QinHeng" },
    ]);
    expect(await listPorts({ load, platform: "linux" })).toEqual([
      { path: "/dev/ttyUSB2", vendorId: "1a86", manufacturer: "QinHeng" },
      { path: "/dev/ttyUSB10", vendorId: "1a86", productId: "7523" },
      { path: "/dev/ttyS0" },
    ]);
  });

  test("macOS: one row for each board, under its cu name", async () => {
    const load = packageThatLists(async () => [
      { path: "/dev/tty.usbmodem1101", vendorId: "2341", serialNumber: "A1" },
      { path: "/dev/cu.usbmodem1101" },
    ]);
    expect(await listPorts({ load, platform: "darwin" })).toEqual([
      { path: "/dev/cu.usbmodem1101", vendorId: "2341", serialNumber: "A1" },
    ]);
  });
});

describe("without udevadm", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "ports-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  test("reads the folders, USB fields included", async () => {
    const devFolder = join(root, "dev");
    const sysFolder = join(root, "class");
    const usb = join(root, "devices", "usb1");
    const interfaceFolder = join(usb, "1-1:1.0");
    for (const folder of [
      devFolder,
      interfaceFolder,
      join(sysFolder, "ttyACM0"),
      join(sysFolder, "ttyS0"),
      join(sysFolder, "ttyS1"),
    ]) {
      await mkdir(folder, { recursive: true });
    }
    for (const name of ["ttyACM0", "ttyS0", "ttyS1", "tty1", "null", "ptmx"]) {
      await writeFile(join(devFolder, name), "");
    }
    await symlink(interfaceFolder, join(sysFolder, "ttyACM0", "device"));
    await writeFile(join(usb, "idVendor"), "2341\n");
    await writeFile(join(usb, "idProduct"), "0043\n");
    await writeFile(join(usb, "serial"), "75833353035351F0A1C2\n");
    await writeFile(join(sysFolder, "ttyS0", "type"), "4\n");
    await writeFile(join(sysFolder, "ttyS1", "type"), "0\n");
    const ports = await listPorts({ load: noUdev, platform: "linux", devFolder, sysFolder });
    expect(ports).toEqual([
      {
        path: `${devFolder}/ttyACM0`,
        vendorId: "2341",
        productId: "0043",
        serialNumber: "75833353035351F0A1C2",
      },
      { path: `${devFolder}/ttyS0` },
    ]);
  });

  test("a folder that is not there gives no ports, and no error", async () => {
    const devFolder = join(root, "none");
    expect(await listPorts({ load: noUdev, platform: "linux", devFolder })).toEqual([]);
    expect(await listPorts({ load: noUdev, platform: "win32", devFolder })).toEqual([]);
  });

  test("the real list of this computer never rejects", async () => {
    for (const port of await listPorts()) expect(port.path).not.toBe("");
  });
});
