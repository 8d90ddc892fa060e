import { BoardError } from "@escapement/scenario";
import { expect, test } from "vitest";
import { memoryPair } from "../src/index.js";

test("delivers copies in order, and never from inside write", async () => {
  const { host, device } = memoryPair();
  const seen: number[][] = [];
  device.onData = (bytes) => seen.push([...bytes]);
  await host.open();
  const bytes = Uint8Array.of(1, 2);
  const written = host.write(bytes);
  bytes[0] = 99;
  void host.write(Uint8Array.of(3));
  expect(seen).toEqual([]);
  await written;
  await Promise.resolve();
  expect(seen).toEqual([[1, 2], [3]]);
});

test("loses what the device says while the host is not open, and what an earlier opening left", async () => {
  const { host, device } = memoryPair();
  const seen: number[] = [];
  host.onData = (bytes) => seen.push(...bytes);
  device.write(Uint8Array.of(1));
  await host.open();
  device.write(Uint8Array.of(2));
  void host.close();
  void host.open();
  await Promise.resolve();
  device.write(Uint8Array.of(3));
  await Promise.resolve();
  expect(seen).toEqual([3]);
});

test("shows each end what the other does", async () => {
  const { host, device } = memoryPair("a cable");
  const events: string[] = [];
  device.onOpen = () => events.push("opened");
  device.onClose = () => events.push("closed");
  host.onClose = (reason) => events.push(`lost: ${reason}`);
  await host.open();
  await host.close();
  await host.close();
  await host.open();
  device.unplug("pulled");
  await Promise.resolve();
  expect(events).toEqual(["opened", "closed", "opened", "lost: pulled"]);
  await expect(host.open()).rejects.toMatchObject({ code: "port-not-found" });
  await expect(host.write(Uint8Array.of(1))).rejects.toThrow(BoardError);
  device.plug();
  await host.open();
  expect(device.isOpen).toBe(true);
});
