import {
  closeSync,
  constants,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  writeSync,
} from "node:fs";
import { SerialPort } from "serialport";
import { describe, expect, it, onTestFinished } from "vitest";
import { openUnoTty } from "../src/index.js";
import { image } from "./support/assemble.js";
import { echoImage } from "./support/echo.js";

const hasPty = process.platform !== "win32";

function openPort(path: string): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: 115_200 }, (error) => {
      if (error) reject(error);
      else resolve(port);
    });
    port.on("error", () => {});
    onTestFinished(() => {
      if (port.isOpen) port.close();
    });
  });
}

function collect(port: SerialPort, count: number): Promise<Buffer> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    port.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= count) resolve(bytes);
    });
  });
}

async function openEcho() {
  const tty = await openUnoTty({ hex: echoImage });
  onTestFinished(() => tty.close());
  return tty;
}

describe.skipIf(!hasPty)("openUnoTty (needs pseudo-terminals: Linux or macOS)", () => {
  it("is a port like any other to the serialport package: every byte comes back as it was", async () => {
    const tty = await openEcho();
    const port = await openPort(tty.path);
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
    const result = collect(port, bytes.length);
    port.write(bytes);
    expect([...(await result)]).toEqual([...bytes]);
  });

  it("can be opened again after its port was closed", async () => {
    const tty = await openEcho();
    for (const byte of [0x11, 0x0a]) {
      const port = await openPort(tty.path);
      const result = collect(port, 1);
      port.write([byte]);
      expect([...(await result)]).toEqual([byte]);
      await new Promise<void>((resolve) => port.close(() => resolve()));
    }
  });

  it("does not hang when nobody reads: the rest waits in the line", async () => {
    const tty = await openEcho();
    const port = await openPort(tty.path);
    port.pause();
    const bytes = Uint8Array.from({ length: 12_000 }, (_, index) => index & 0xff);
    for (let at = 0; at < bytes.length; at += 1_000) port.write(bytes.subarray(at, at + 1_000));
    await new Promise<void>((resolve) => port.drain(() => resolve()));
    const result = collect(port, bytes.length);
    port.resume();
    expect((await result).equals(Buffer.from(bytes))).toBe(true);
  });

  it("hangs up on whoever has it open when it is closed, and leaves no descriptor behind", async () => {
    const tty = await openEcho();
    // Not the serialport package: a read of its own that meets the hang-up half way never ends.
    const fd = openSync(tty.path, constants.O_RDWR | constants.O_NOCTTY);
    onTestFinished(() => closeSync(fd));
    await tty.close();
    expect(readSync(fd, new Uint8Array(1))).toBe(0);
    expect(() => writeSync(fd, new Uint8Array(1))).toThrow("EIO");
    await tty.closed;
    await tty.close();
    if (process.platform === "linux") expect(terminalDescriptors(tty.path)).toEqual([String(fd)]);
  });

  it("settles `closed` with the reason when the emulator stops", async () => {
    // ldi r16, 3; out TCCR0A, r16; ldi r16, 1; out TCCR0B, r16: a PWM mode, which is not modelled.
    const hex = image([[0xe003], [0xbd04], [0xe001], [0xbd05]]);
    const tty = await openUnoTty({ hex });
    await expect(tty.closed).rejects.toMatchObject({ code: "board-fault" });
  });
});

/** Descriptors of this process that refer to a terminal, also after it was taken away. */
function terminalDescriptors(path: string): string[] {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).split(" ")[0] === path;
    } catch {
      return false;
    }
  });
}
