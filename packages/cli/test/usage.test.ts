import { expect, test } from "vitest";
import { commandLine, usageOf } from "../src/command.js";
import { commands } from "../src/commands/index.js";
import { parseOptions } from "../src/parse-options.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";

test.each([
  ["nonsense", "unknown-command", "`escapement --help`"],
  ["confrom sim", "unknown-command", "`escapement conform`"],
  ["explor uno", "unknown-command", "`escapement explore`"],
  ["sweep", "unknown-command", "`escapement explore uno`"],
  ["board", "unknown-command", "`escapement help boards`"],
  ["help board", "unknown-command", "`escapement help boards`"],
  ["STOP-06", "unknown-command", "`escapement laws STOP-06`"],
  ["pico-1953", "unknown-command", "`escapement bugs pico-1953`"],
  ["./my_timer.c", "unknown-command", "`escapement conform ./my_timer.c`"],
  ["sim:one", "unknown-command", "`escapement conform sim:one`"],
  ["/dev/ttyACM0", "unknown-command", "`escapement conform /dev/ttyACM0`"],
  ["conform", "no-board-named", "ESCAPEMENT_PORT"],
  ["conform sims", "unknown-board", "Did you mean sim?"],
  ["conform nonsense", "unknown-board", "A board is sim"],
  ["conform sim:noe", "unknown-board", "Did you mean sim:one?"],
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
  ["explore --law STOP-04", "invalid-option", "--only"],
  ["explore uno --law STOP-04", "invalid-option", "--only"],
  ["race a.c --replay c1:", "invalid-option", "--schedule"],
  ["explore --olny=STOP", "invalid-option", "Did you mean --only?"],
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
  ["laws no such words", "unknown-law", ""],
  ["laws 1 2 3 4 5 6 7 8 9", "invalid-argument", "escapement laws [id or group, or words]"],
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

/** What the help of a terminal of this width is. */
async function helpAt(columns: number, line: string): Promise<string> {
  const io = new FakeIo({ NO_COLOR: "1" }, true);
  Object.assign(io.stdout, { columns });
  return (await run(line, fakeWorld(), io)).out;
}

test.each(["--help", "-h", "help"])(
  "`%s` prints the commands by what they are for",
  async (line) => {
    const { code, out, err } = await run(line);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { name, words, summary } of commands) {
      if (name === "") continue;
      expect(out.replaceAll(/ +/g, " ")).toContain(
        `\n ${[name, words?.usage].filter(Boolean).join(" ")} ${summary}\n`,
      );
    }
    for (const topic of ["boards", "environment", "exit-codes"]) {
      expect(out).toContain(`  escapement help ${topic} `);
    }
  },
);

test.each([
  ["boards", "id:<usb serial>"],
  ["environment", "ESCAPEMENT_PORT"],
  ["exit-codes", "130  "],
])("`help %s` has a page of its own", async (topic, part) => {
  const { code, out } = await run(`help ${topic}`);
  expect(code).toBe(0);
  expect(out).toContain(part);
});

const named = commands.filter(({ name }) => name !== "");

test.each(named)("`$name --help --all` prints its usage, options and examples", async (command) => {
  const { code, out, err } = await run(`${command.name} --help --all`);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(`\n\nUsage: ${usageOf(command)}\n`);
  for (const [name, { value }] of Object.entries(command.options)) {
    expect(out).toMatch(new RegExp(`^  --${name}${value === undefined ? "" : " [<[]"}`, "m"));
  }
  const beginnings = out.split("\n").map((line) => line.trimStart().split("  ")[0]);
  for (const [line] of command.examples ?? []) expect(beginnings).toContain(line);
  expect((await run(`help ${command.name} --all`)).out).toBe(out);
  expect((await run(`${command.name} --nonsense -h --all`)).out).toBe(out);
});

test.each(named)("the options of `$name` are each in one group", ({ options, groups }) => {
  if (groups === undefined) {
    expect(Object.keys(options).length).toBeLessThanOrEqual(8);
    return;
  }
  const grouped = groups.flatMap((group) => group.options);
  expect(grouped.toSorted()).toEqual(Object.keys(options).toSorted());
});

test.each(commands)(
  "`$name --help` is at most a screen, and names what it leaves out",
  async (command) => {
    const out = await helpAt(80, `${command.name} --help`);
    expect(out.split("\n").length - 1).toBeLessThanOrEqual(40);
    for (const name of Object.keys(command.options)) expect(out).toContain(`--${name}`);
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

test("--version prints one line", async () => {
  expect((await run("--version")).out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

test("alone it lists boards and says what to do next", async () => {
  const listPorts = async () => [
    { path: "/dev/ttyACM0", manufacturer: "Arduino", vendorId: "2341", productId: "0043" },
  ];
  const { code, out } = await run("", fakeWorld({ listPorts }));
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}sim:one +the first$/m);
  expect(out).toMatch(/^ {2}\/dev\/ttyACM0 +2341:0043 {2}Arduino$/m);
  expect(out).toContain("escapement conform /dev/ttyACM0");
  expect((await run("")).out).toContain("no serial ports were found");
});

test("devs lists ports, as text and as JSON", async () => {
  const ports = [{ path: "/dev/ttyUSB0", serialNumber: "A1" }, { path: "/dev/ttyS0" }];
  const world = fakeWorld({ listPorts: async () => ports });
  expect((await run("devs", world)).out).toBe("/dev/ttyUSB0  id:A1\n/dev/ttyS0\n");
  expect(JSON.parse((await run("devs --json", world)).out).ports).toEqual(ports);
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
