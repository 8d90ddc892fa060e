/** What goes wrong with files of C, at each command that takes some: an exit code, words, and never a hang. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { laws } from "@escapement/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemWorld } from "../src/boards/system-world.js";
import { runCli } from "../src/index.js";
import { runBuilt } from "./child.js";
import { FakeIo } from "./fakes.js";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const driver = path("../../board-c/examples/delta_list.c");
const program = path("../../explore-c/test/programs/rww-masked.c");
const main = path("../dist/main.js");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "escapement-bad-c-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const whole = join(folder, name);
  writeFileSync(whole, content);
  return whole;
}

async function run(...argv: readonly string[]) {
  const io = new FakeIo({});
  const code = await runCli([...argv], io, systemWorld, laws);
  return { code, out: io.stdout.written, err: io.stderr.written };
}

const one = {
  conform: ["--only", "STOP-01"],
  explore: ["--only", "STOP-01", "--profile", "avr16"],
};

const driverCommands = [
  ["conform", one.conform],
  ["explore", one.explore],
] as const;
const commands = [...driverCommands, ["race", []]] as const;

describe.each(commands)("%s refuses", (command, options) => {
  it.each([
    ["what does not compile", "x.c", "int x = ;\n", "x.c:1:9: error: expected expression"],
    ["an object file", "x.o", "\u007fELF\0\0", "x.o cannot be read: it is no text in UTF-8"],
    ["text in UTF-16", "wide.c", Buffer.from("int x;\n", "utf16le"), "it is no text in UTF-8"],
    [
      "two definitions",
      "two.c",
      "int x(void) { return 1; }\nint x(void) { return 2; }\n",
      "two.c:2",
    ],
  ])("%s", async (_, name, content, said) => {
    // A driver is named by its ending; what has another is named in a list.
    const list = file("list.txt", `${file(name, content)}\n`);
    const { code, out, err } = await run(command, `@${list}`, ...options);
    expect(code, out + err).toBe(2);
    expect(err).toContain(said);
  });

  it("files that are not there, and folders without C", async () => {
    mkdirSync(join(folder, "empty"), { recursive: true });
    for (const name of [join(folder, "none.c"), `${join(folder, "empty")}/`, `@${folder}/none`]) {
      const { code, err } = await run(command, name, ...options);
      expect(code, err).toBe(2);
      expect(err).toContain("error[no-such-source]");
    }
  });

  it("files that clash when they are linked", async () => {
    const given = command === "race" ? program : driver;
    const copy = file("copy.c", readFileSync(given, "utf8"));
    const { code, err } = await run(command, given, copy, ...options);
    expect(code, err).toBe(2);
    expect(err).toContain("error[does-not-compile]: the files cannot be linked");
  });
});

describe.each(driverCommands)("%s refuses a driver", (command, options) => {
  const table = "const struct esc_driver esc_driver = { .capacity = 1, .max_delay_ticks = 9,";
  const header = '#include "esc_driver.h"\n';
  it.each([
    ["without a table", "int x;\n", "error[bad-driver]: the files define no driver table"],
    [
      "whose table lacks members",
      `${header}static esc_result s(esc_timer t, esc_ticks d, esc_ticks p) { return 0; }\n${table} .start = s };\n`,
      "error[bad-driver]: the driver table lacks now, stop, on_compare",
    ],
    [
      "that calls what nobody defines",
      `#include "${driver}"\nint not_there(void);\nint use(void) { return not_there(); }\n`,
      "error[does-not-compile]: the files call not_there, which nobody defines",
    ],
    [
      "whose table says what cannot be",
      readFileSync(driver, "utf8").replace(".capacity = TIMERS", ".capacity = 0"),
      "error[bad-driver]",
    ],
  ])("%s", async (title, text, said) => {
    const name = file(`${title.replaceAll(/\W/g, "-")}.c`, text);
    const { code, out, err } = await run(command, name, ...options);
    expect(code, out + err).toBe(2);
    expect(err).toContain(said);
  });

  it("in a module that is none, or none of a driver", async () => {
    const text = file("text.wasm", "hello");
    const empty = file("empty.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const other = file("other.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0));
    for (const name of [text, empty, other]) {
      const { code, err } = await run(command, name, ...options);
      expect(code, err).toBe(2);
      expect(err).toContain("error[bad-module]");
    }
  });
});

describe("race", () => {
  it("names what nobody defines, and what it took it for", async () => {
    const lines = [
      "int read_pin(void); void led(int on); extern int level;",
      "static volatile int on;",
      "void pin_isr_1(void) { on = read_pin(); }",
      "int main(void) { led(on + level); return 0; }",
    ];
    const { code, out } = await run("race", file("names.c", lines.join("\n")));
    expect(code, out).toBe(0);
    expect(out).toContain("undefined: read_pin returns an input: 0, 1");
    expect(out).toContain("undefined: led does nothing");
    expect(out).toContain("undefined: level is taken for a variable");
  });

  it("has no use for a finished module, nor for a program without handlers or without a main one", async () => {
    const module = file("m.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const nothing = file("nothing.c", "");
    const alone = file("alone.c", "int main(void) { return 0; }\n");
    for (const [name, said] of [
      [module, "is finished, without the hooks of a search"],
      [nothing, "there is no main program"],
      [alone, "there is no interrupt handler"],
    ]) {
      const { code, err } = await run("race", name ?? "");
      expect([code, err], err).toEqual([2, expect.stringContaining(said ?? "")]);
    }
  });

  it("takes a folder and a list of files, as the other commands do", async () => {
    const inner = join(folder, "program");
    mkdirSync(inner);
    writeFileSync(join(inner, "main.c"), "extern int n; int main(void) { n++; n--; return 0; }\n");
    writeFileSync(join(inner, "irq.c"), "int n; void irq_isr_1(void) { n = STEP; }\n");
    const list = file("files", `-DSTEP=2 ${inner}\n`);
    for (const words of [[`${inner}/`, "--define", "STEP=2"], [`@${list}`]]) {
      const { code, out } = await run("race", ...words);
      expect(code, out).toBe(1);
      expect(out).toContain("main.c:1:");
    }
  });
});

describe("a crash is a finding, with its place", () => {
  it("of a driver", async () => {
    const head = "static esc_result stop(esc_timer number) {";
    const text = readFileSync(driver, "utf8").replace(
      head,
      `static void (*volatile nobody)(void);\n${head} nobody();`,
    );
    const line = text.split(head)[0]?.split("\n").length;
    const name = file("crashes.c", text);
    const { code, out } = await run("conform", name, ...one.conform);
    expect(code, out).toBe(1);
    expect(out).toContain("a pointer is called that is no function's");
    expect(out).toContain(`crashes.c:${line}`);
  });
});

describe.each([
  ["race", [program]],
  ["conform", [driver, ...one.conform]],
  ["explore", [driver, ...one.explore, "--bound", "0", "--workers", "0"]],
] as const)("%s without a place for what it compiled", (command, words) => {
  it("goes on, and says so", async () => {
    const cache = join(file("taken", ""), "cache");
    const { code, out, err } = await runBuilt([command, ...words], { ESCAPEMENT_CACHE: cache });
    expect(code, out + err).toBe(0);
    expect(out + err).toContain(`nothing is kept in ${cache}: ENOTDIR`);
  });
});

describe("a full disk", () => {
  // A process that can write no file of more than a few bytes is as good as one.
  it.skipIf(process.platform === "win32")("is no trouble, and nothing half is left there", () => {
    const cache = join(folder, "full");
    const command = 'ulimit -f 1; exec "$0" "$@"';
    const made = spawnSync("sh", ["-c", command, process.execPath, main, "race", program], {
      env: { ...process.env, ESCAPEMENT_CACHE: cache, FORCE_COLOR: undefined },
      encoding: "utf8",
    });
    expect(made.status, made.stderr + made.stdout).toBe(0);
    expect(made.stderr).toContain(`nothing is kept in ${cache}: EFBIG`);
    expect(readdirSync(cache)).toEqual([]);
  });
});
