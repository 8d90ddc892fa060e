import { describe, expect, test } from "vitest";
import { createTransport, resolvePort } from "../src/index.js";
import { errorOf } from "./bench.js";

const list = async () => [
  { path: "/dev/ttyACM3", serialNumber: "A1B2" },
  { path: "/dev/ttyUSB0", serialNumber: "C3" },
  { path: "/dev/ttyS0" },
];

test.each([
  ["a0", { kind: "serial", path: "/dev/ttyACM0" }],
  ["u12", { kind: "serial", path: "/dev/ttyUSB12" }],
  ["c3", { kind: "serial", path: "COM3" }],
  ["COM14", { kind: "serial", path: "COM14" }],
  ["com4", { kind: "serial", path: "COM4" }],
  ["/dev/pts/7", { kind: "serial", path: "/dev/pts/7" }],
  ["\\\\.\\COM10", { kind: "serial", path: "\\\\.\\COM10" }],
  ["id:A1B2", { kind: "serial", path: "/dev/ttyACM3", serialNumber: "A1B2" }],
  ["tcp://localhost:4000", { kind: "tcp", host: "localhost", port: 4000 }],
  ["tcp://[::1]:80/", { kind: "tcp", host: "::1", port: 80 }],
])("%s is %o", async (name, target) => {
  expect(await resolvePort(name, { list, platform: "linux" })).toEqual(target);
});

test("on macOS a tty name becomes its cu name", async () => {
  const target = await resolvePort("/dev/tty.usbmodem1", { platform: "darwin" });
  expect(target).toEqual({ kind: "serial", path: "/dev/cu.usbmodem1" });
});

describe("port-not-found", () => {
  test.each([
    "",
    "b0",
    "a",
    "a1000",
    "uno",
    "COM",
    "/",
    "tcp://localhost",
    "tcp://:4",
    "tcp://h:0",
    "tcp://h:70000",
  ])("the name %j", async (name) => {
    const error = await errorOf(resolvePort(name, { list }));
    expect(error.code).toBe("port-not-found");
    expect(error.hint).toContain("tcp://host:port");
  });

  test("an id that no port has, with those there are", async () => {
    const error = await errorOf(resolvePort("id:XX", { list }));
    expect(error.code).toBe("port-not-found");
    expect(error.message).toContain("XX");
    expect(error.hint).toContain("A1B2, C3");
  });

  test("an id where no port has one", async () => {
    const error = await errorOf(resolvePort("id:XX", { list: async () => [] }));
    expect(error.hint).toContain("escapement devs");
  });
});

test("a transport names the port and its speed", async () => {
  expect((await createTransport("a1")).description).toBe("/dev/ttyACM1 at 115200 baud");
  expect((await createTransport("a1", { baudRate: 9600 })).description).toBe(
    "/dev/ttyACM1 at 9600 baud",
  );
  expect((await createTransport("tcp://localhost:4000")).description).toBe("tcp://localhost:4000");
});

test("a board named by its serial number is looked for again at each opening", async () => {
  let path = "/dev/ttyNoSuchPort1";
  const transport = await createTransport("id:A1", {
    list: async () => [{ path, serialNumber: "A1" }],
  });
  path = "/dev/ttyNoSuchPort2";
  const error = await errorOf(transport.open());
  expect(error.message).toContain("/dev/ttyNoSuchPort2");
});
