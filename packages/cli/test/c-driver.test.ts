import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { laws } from "@escapement/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemWorld } from "../src/boards/system-world.js";
import { runCli } from "../src/index.js";
import { FakeIo } from "./fakes.js";

const example = (name: string): string =>
  fileURLToPath(new URL(`../../board-c/examples/${name}.c`, import.meta.url));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "escapement-c-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run with real boards; words with blanks are words. */
async function run(...argv: readonly string[]) {
  const io = new FakeIo({ ESCAPEMENT_CACHE: join(folder, "cache") });
  const code = await runCli([...argv], io, systemWorld, laws);
  return { code, io, out: io.stdout.written, err: io.stderr.written };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe("escapement new driver c", () => {
  it("writes a driver that keeps every law", async () => {
    const made = await run("new", "driver", "c", "my-timer");
    expect(made.code, made.err).toBe(0);
    const names = [...made.io.files.keys()];
    expect(names).toEqual([join("my-timer", "my_timer.c"), join("my-timer", "README.md")]);
    const written = file("my_timer.c", made.io.files.get(names[0] ?? "") ?? "");
    const { code, out } = await run("conform", written, "--no-random");
    expect(code, out).toBe(0);
    expect(out).toMatch(/^✓ \d+ laws on .*: \d+ pass/m);
  });

  it("writes over no file, and says what it takes", async () => {
    file("there/README.md", "mine");
    const there = await run("new", "driver", "c", join(folder, "there"));
    expect([there.code, there.err]).toEqual([2, expect.stringContaining("is there already")]);
    const wrong = await run("new", "driver", "pascal", "x");
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringContaining("escapement new driver c <folder>"),
    ]);
  });
});

/** TIM2 of an STM32 by a user's own model: what the driver uses of it. */
const ownModel = `export default (chip) => {
  let forced = 0;
  const registers = {
    12: () => chip.enabledFlags,
    16: () => chip.flags | forced,
    36: () => chip.counter,
    52: () => chip.compare,
  };
  return {
    bytes: 0x400,
    read: (offset) => registers[offset]?.() ?? 0,
    write(offset, value) {
      if (offset === 12) {
        chip.disable(3 & ~value);
        chip.enable(3 & value);
      }
      if (offset === 16) {
        forced &= value;
        chip.clearFlags(3 & ~value);
      }
      if (offset === 20 && value & 2) {
        forced = 2;
        chip.pend(2);
      }
      if (offset === 52) chip.compare = value;
    },
  };
};
`;

describe("registers of a driver in C, on a model of the user's", () => {
  const driver = fileURLToPath(new URL("../../board-c/test/drivers/one_shots.c", import.meta.url));
  const only = ["--only", "READ-01,ARM-02,ARM-10,STOP-01,STOP-09"];

  it("keep the driver's laws", async () => {
    const model = file("tim2.mjs", ownModel);
    const { code, out } = await run("conform", driver, "--device", `0x40000000=${model}`, ...only);
    expect(code, out).toBe(0);
    expect(out).toMatch(/^✓ 5 laws on .*: 5 pass/m);
  });

  it("break them where the model has no compare", async () => {
    const model = file("no-compare.mjs", ownModel.replace("offset === 52", "offset === 53"));
    const { code, out } = await run("conform", driver, "--device", `0x40000000=${model}`, ...only);
    expect(code, out).toBe(1);
    expect(out).toContain("✗ ARM-02 fails");
  });

  it("with a module that is no model say so", async () => {
    const model = file("none.mjs", "export const registers = 1;\n");
    const { code, err } = await run("conform", driver, "--device", `0x40000000=${model}`, ...only);
    expect(code).toBe(2);
    expect(err).toContain("default export");
  });
});

describe("a driver in C as a board", () => {
  it("several files are one driver, on the chips that --profile names", async () => {
    const half = file("half.c", "#include <stdint.h>\nuint32_t capacity_of_half = 8;\n");
    const only = ["--only", "STOP-04,LIFE-03"];
    const { code, out } = await run(
      ...["conform", half, example("delta_list"), "--profile", "avr16,rp2040", ...only],
    );
    expect(code, out).toBe(0);
    const name = `${half},${example("delta_list")}`;
    for (const profile of ["avr16", "rp2040"]) expect(out).toContain(`${name}@${profile}`);
  });

  it("a folder and a response file name files", async () => {
    const source = 'extern const int which;\n#include "delta_list.inc"\n#ifdef TWO\n';
    file("folder/driver.c", `${source}const int which = TWO;\n#endif\n`);
    const include = join(example("delta_list"), "..");
    file("folder/delta_list.inc", '#include "delta_list.c"\n');
    const list = file(
      "files.txt",
      `-I "${include}" -DTWO=2 ${join(folder, "folder", "driver.c")}\n`,
    );
    const one = await run("conform", `@${list}`, "--only", "LIFE-03");
    expect(one.code, one.err + one.out).toBe(0);
    const folderName = `${join(folder, "folder")}/`;
    const two = await run("conform", folderName, "-I", include, "--only", "LIFE-03");
    expect(two.code, two.err + two.out).toBe(0);
  });

  it("the line that shows a failure again has the options of the compiler", async () => {
    const { code, out } = await run(
      ...["conform", example("delta_list"), "-D", "MISTAKE", "--only", "ARM-13"],
    );
    expect(code).toBe(1);
    expect(out).toContain(
      `again: escapement conform ${example("delta_list")} --only ARM-13 --define MISTAKE`,
    );
  });

  it("fuzz runs random programs on it", async () => {
    const { code, out } = await run("fuzz", example("delta_list"), "--seed", "1", "--runs", "20");
    expect([code, out]).toEqual([0, expect.stringContaining("no rule broken")]);
  });

  it.each([
    ["does not compile", "int x = ;\n", [], "error: expected expression"],
    ["has no table", "int x;\n", [], "the files define no driver table"],
    ["calls what nobody defines", "missing", [], "call not_there, which nobody defines"],
    ["lacks members", "lacking", [], "the driver table lacks now, stop, on_compare"],
    ["has a profile that is none", "int x;\n", ["--profile", "z80"], '--profile is "z80"'],
    ["has a device that is none", "whole", ["--device", "12=tim9"], '--device is "12=tim9"'],
    ["is not there", undefined, [], "there is no such file"],
  ])("ends with 2 where the driver %s", async (title, text, options, said) => {
    const table = "const struct esc_driver esc_driver = { .capacity = 1, .max_delay_ticks = 9,";
    const sources: Record<string, string> = {
      missing:
        '#include "delta_list.c"\nint not_there(void);\nint use(void) { return not_there(); }\n',
      lacking: `#include "esc_driver.h"\nstatic esc_result s(esc_timer t, esc_ticks d, esc_ticks p) { return 0; }\n${table} .start = s };\n`,
      whole: '#include "delta_list.c"\n',
    };
    const path = join(folder, `${title.replaceAll(" ", "-")}.c`);
    if (text !== undefined) file(`${title.replaceAll(" ", "-")}.c`, sources[text] ?? text);
    const include = join(example("delta_list"), "..");
    const { code, err } = await run("conform", path, "-I", include, ...options);
    expect(code, err).toBe(2);
    expect(err).toContain(said);
  });
});
