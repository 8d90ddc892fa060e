import { expect, test } from "vitest";
import { commandLine, usageOf } from "../src/command.js";
import { commands } from "../src/commands/index.js";
import { parseOptions } from "../src/parse-options.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";

test.each([
  ["nonsense", "unknown-command", "`escapement --help`"],
  ["sim:one", "unknown-command", "`escapement conform sim:one`"],
  ["/dev/ttyACM0", "unknown-command", "`escapement conform /dev/ttyACM0`"],
  ["conform", "no-board-named", "ESCAPEMENT_PORT"],
  ["conform sims", "unknown-board", "A board is sim"],
  ["conform one", "unknown-board", "Did you mean sim:one?"],
  ["conform sim:three", "unknown-board", "sim:one, sim:two"],
  ["conform sim --only NOPE-99", "unknown-law", "`escapement laws`"],
  ["conform sim --frobnicate", "invalid-option", "--help"],
  ["conform sim --seed x", "invalid-option", "--seed 7"],
  ["conform sim --seed -1", "invalid-option", ""],
  ["conform sim --seed 4294967296", "invalid-option", "--seed 7"],
  ["conform sim --timeout 0", "invalid-option", "--timeout 120"],
  ["conform sim --timeout soon", "invalid-option", "--timeout 120"],
  ["conform sim --junit /nowhere/a.xml", "cannot-write", "folder"],
  ["conform sim --junit=", "invalid-option", "--junit out.xml"],
  ["conform sim --html=", "invalid-option", "--html out.html"],
  ["conform sim --vcd=", "invalid-option", "--vcd out"],
  ["conform sim --json=", "invalid-option", "--json out.json"],
  ["conform sim --only=", "invalid-option", "--only STOP-04,READ"],
  ["conform sim --only=,", "invalid-option", "--only STOP-04,READ"],
  ["conform sim --only STOP-04 --only=", "invalid-option", "--only STOP-04,READ"],
  ["conform sim --seed=", "invalid-option", "--seed 7"],
  ["conform sim --timeout=", "invalid-option", "--timeout 120"],
  ["conform a0 --baud=", "invalid-option", "--baud 500000"],
  ["explore --only=", "invalid-option", "--only STOP-04,READ"],
  ["explore --only=,", "invalid-option", "--only STOP-04,READ"],
  ["explore --profile=,,", "invalid-option", "--profile avr16,rtc24"],
  ["explore --resume=", "invalid-option", "--resume out.json"],
  ["explore --schedule=", "invalid-option", "--schedule e1:12c"],
  ["explore --shard=", "invalid-option", "--shard 2/8"],
  ["explore uno --only=", "invalid-option", "--only STOP-04,READ"],
  ["explore uno --bug=", "invalid-option", "--bug zephyr-18728"],
  ["serve uno --pace=", "invalid-option", "--pace real-time"],
  ["laws NOPE", "unknown-law", ""],
  ["laws A B", "invalid-argument", "escapement laws [id or group]"],
  ["devs now", "invalid-argument", "escapement devs"],
  ["serve", "invalid-argument", "escapement serve uno"],
  ["serve duo", "invalid-argument", "escapement serve uno"],
  ["serve uno --pace slow", "invalid-option", "real-time"],
])("`%s` is a usage error: %s", async (line, code, hint) => {
  const result = await run(line);
  expect(result.code).toBe(2);
  expect(result.out).toBe("");
  expect(result.err).toMatch(new RegExp(`^error\\[${code}\\]: .+\n`));
  expect(result.err).toContain(hint);
  expect(result.err).not.toMatch(/\bat .+:\d+:\d+/);
});

test.each(["--help", "-h", "help"])("`%s` prints the commands", async (line) => {
  const { code, out, err } = await run(line);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const { name, summary } of commands) {
    expect(out).toMatch(new RegExp(`^  escapement ?${name} .*${summary}$`, "m"));
  }
  for (const part of ["conform <board...>", "42 ", "130 ", "ESCAPEMENT_PORT"]) {
    expect(out).toContain(part);
  }
});

test.each(commands.filter(({ name }) => name !== ""))(
  "`$name --help` prints its usage, options and examples",
  async (command) => {
    const { code, out, err } = await run(`${command.name} --help`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`\n\nUsage\n  ${usageOf(command)}\n`);
    for (const [name, { value }] of Object.entries(command.options)) {
      expect(out).toMatch(new RegExp(`^  --${name}${value === undefined ? "" : " [<[]"}`, "m"));
    }
    expect((await run(`help ${command.name}`)).out).toBe(out);
    expect((await run(`${command.name} --nonsense -h`)).out).toBe(out);
  },
);

test.each(commands.flatMap(({ examples = [] }) => examples))(
  "the example `%s` is one that is understood",
  (line) => {
    const [, name = "", ...rest] = line.split(" ");
    const command = commands.find((each) => each.name === name);
    if (command === undefined) throw new Error(`no command ${name}`);
    expect(
      commandLine(command, parseOptions(rest, command).words, parseOptions(rest, command).options),
    ).toBe(line);
  },
);

test("the help fits a narrow terminal", async () => {
  const io = new FakeIo({}, true);
  Object.assign(io.stdout, { columns: 60 });
  const { out } = await run("conform --help", fakeWorld(), io);
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
});

test("--version prints one line", async () => {
  expect((await run("--version")).out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

test("alone it lists boards and says what to do next", async () => {
  const listPorts = async () => [
    { path: "/dev/ttyACM0", manufacturer: "Arduino", vendorId: "2341", productId: "0043" },
  ];
  const { code, out } = await run("", fakeWorld({ listPorts }));
  expect(code).toBe(0);
  expect(out).toContain("  sim:one  the first\n");
  expect(out).toContain("  /dev/ttyACM0  2341:0043  Arduino\n");
  expect(out).toContain("escapement conform /dev/ttyACM0");
  expect((await run("")).out).toContain("no serial ports were found");
});

test("devs lists ports, as text and as JSON", async () => {
  const ports = [{ path: "/dev/ttyUSB0", serialNumber: "A1" }, { path: "/dev/ttyS0" }];
  const world = fakeWorld({ listPorts: async () => ports });
  expect((await run("devs", world)).out).toBe("/dev/ttyUSB0  id:A1\n/dev/ttyS0\n");
  expect(JSON.parse((await run("devs --json", world)).out)).toEqual(ports);
  expect((await run("devs")).out).toBe("No serial ports were found.\n");
});

test("colours heed FORCE_COLOR, NO_COLOR and the terminal, in this order", async () => {
  const out = async (env: Record<string, string>, isTty: boolean): Promise<string> =>
    (await run("", fakeWorld(), new FakeIo(env, isTty))).out;
  expect(await out({}, false)).not.toContain("\u001b[");
  expect(await out({}, true)).toContain("\u001b[");
  expect(await out({ NO_COLOR: "1" }, true)).not.toContain("\u001b[");
  expect(await out({ TERM: "dumb" }, true)).not.toContain("\u001b[");
  expect(await out({ NO_COLOR: "1", FORCE_COLOR: "1" }, false)).toContain("\u001b[");
  expect(await out({ FORCE_COLOR: "0" }, true)).not.toContain("\u001b[");
});

test("an error that nobody foresaw is shown without a stack, unless asked for", async () => {
  const listPorts = (): never => {
    throw new TypeError("x is not a function");
  };
  const plain = await run("devs", fakeWorld({ listPorts }));
  expect(plain.code).toBe(4);
  expect(plain.err).toMatch(/^error\[internal\]: x is not a function\n {2}hint: /);
  expect(plain.err).not.toContain("fakes.ts");
  const debug = await run("devs", fakeWorld({ listPorts }), new FakeIo({ ESCAPEMENT_DEBUG: "1" }));
  expect(debug.err).toContain("TypeError: x is not a function\n    at ");
});
