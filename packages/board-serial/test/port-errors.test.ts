import { expect, test } from "vitest";
import { openError } from "../src/port-errors.js";

test.each([
  ["Error: No such file or directory, cannot open /dev/ttyACM9", "port-not-found"],
  ["Opening COM9: File not found", "port-not-found"],
  ["Error Resource temporarily unavailable Cannot lock port", "port-busy"],
  ["Error: Resource busy, cannot open /dev/cu.usbmodem1", "port-busy"],
  ["Opening COM3: Access denied", "port-busy"],
  ["Error: Permission denied, cannot open /dev/ttyACM0", "port-failed"],
  ["Error: Inappropriate ioctl for device setting custom baud rate of 115200", "port-failed"],
  ["Opening COM3: Unknown error code 31", "port-failed"],
])("%s: %s", (text, code) => {
  const cause = new Error(text);
  const error = openError("/dev/x", 115200, cause);
  expect(error.code).toBe(code);
  expect(error.message).toContain("/dev/x");
  expect(error.cause).toBe(cause);
  expect(error.hint.length).toBeGreaterThan(20);
});

test("a refused permission names the group to join", () => {
  const error = openError("/dev/x", 115200, new Error("Permission denied, cannot open /dev/x"));
  expect(error.hint).toContain("dialout");
});
