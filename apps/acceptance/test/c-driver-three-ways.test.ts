import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliMain, runNode, type Served, serve } from "../src/guides-run.js";
import { makeScratch, type Scratch } from "../src/pack.js";
import { root } from "../src/workspace.js";

const required = process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";
const has = (tool: string): boolean => spawnSync(tool, ["--version"]).status === 0;
const gccInstall = "apt-get install -y --no-install-recommends gcc libc6-dev";
const armInstall = "apt-get install -y --no-install-recommends gcc-arm-none-eabi qemu-system-arm";
const missing = {
  native: ["gcc"].filter((tool) => !has(tool)),
  arm: ["arm-none-eabi-gcc", "qemu-system-arm"].filter((tool) => !has(tool)),
};

const firmware = join(root, "packages/firmware/c");
const boardC = join(root, "packages/board-c");
const driver = join(boardC, "examples/delta_list.c");
const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith(".c") ? [join(folder, name)] : []));

/** The guide's command line, with every warning an error. */
function buildFlags(port: string, name: string): readonly string[] {
  const strict = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];
  const folders = [`${boardC}/c`, `${boardC}/c/native`];
  folders.push(`${firmware}/hal`, `${firmware}/agent`, `${firmware}/ports/${port}`);
  return [
    ...strict,
    ...folders.map((folder) => `-I${folder}`),
    `-DESC_PORT_HEADER="esc_port_${name}.h"`,
    `-DESC_BOARD_HEADER="esc_board_${name}.h"`,
    join(boardC, "c/esc_driver_glue.c"),
    ...filesOf(join(boardC, "c/native")),
    ...filesOf(join(firmware, "ports", port)),
  ];
}

function build(compiler: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(compiler, args, { encoding: "utf8" });
  expect(status, stderr).toBe(0);
}

/** Those that a mistake of the example breaks, and some that it leaves. */
const laws = ["READ-05", "ARM-13", "ARM-17", "STOP-01", "STOP-24", "PER-01", "LIFE-03"];
const broken = ["ARM-13", "STOP-24", "LIFE-03"];

let scratch: Scratch;

beforeAll(() => {
  scratch = makeScratch("three-ways");
});

afterAll(() => scratch.remove());

/** The verdicts of a board by law. */
function verdicts(board: readonly string[], only: readonly string[]): Map<string, string> {
  const chosen = only.length === 0 ? [] : ["--only", only.join(",")];
  const { output } = runNode(scratch.path, [
    cliMain,
    "conform",
    "--verbose",
    ...board,
    ...chosen,
    "--no-random",
  ]);
  const lines = output.matchAll(/^([A-Z]+-\d+) .*(pass|fail|skip|error)$/gm);
  const found = new Map([...lines].map(([, law = "", verdict = ""]) => [law, verdict]));
  expect(found.size, output).toBeGreaterThanOrEqual(only.length || 100);
  return found;
}

const wanted = (isRight: boolean): Map<string, string> =>
  new Map(laws.map((law) => [law, !isRight && broken.includes(law) ? "fail" : "pass"]));

const sorted = (found: Map<string, string>) => Object.fromEntries([...found].sort());

it("the tools are there, where they have to be", () => {
  expect(required ? missing.native : [], gccInstall).toEqual([]);
  expect(required ? missing.arm : [], armInstall).toEqual([]);
});

describe("one adapter, as WebAssembly", () => {
  it.each([true, false])("right: %s", (isRight) => {
    const defines = isRight ? [] : ["-D", "MISTAKE"];
    expect(sorted(verdicts([driver, ...defines], laws))).toEqual(sorted(wanted(isRight)));
  });
});

describe.skipIf(missing.native.length > 0 || process.platform === "win32")(
  `one adapter, as a native program (needs gcc: ${gccInstall})`,
  () => {
    function program(...flags: readonly string[]): string {
      const file = join(scratch.path, `driver${flags.length}`);
      const sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
      build("gcc", [
        "-O1",
        "-g",
        ...sanitizers,
        ...flags,
        ...buildFlags("host", "host"),
        driver,
        "-o",
        file,
      ]);
      return `exec:${file}`;
    }

    it("has the verdicts of WebAssembly, of every law that both can be asked", () => {
      const native = verdicts([program()], []);
      const wasm = verdicts([driver], []);
      const both = [...native].filter(
        ([law, verdict]) => verdict !== "skip" && wasm.get(law) !== "skip",
      );
      expect(both.length).toBeGreaterThan(80);
      expect(both.map(([law, verdict]) => `${law} ${verdict}`)).toEqual(
        both.map(([law]) => `${law} ${wasm.get(law)}`),
      );
      expect(both.every(([, verdict]) => verdict === "pass")).toBe(true);
    });

    it("with its mistake breaks the same laws", () => {
      const found = verdicts([program("-DMISTAKE")], laws);
      expect(sorted(found)).toEqual(sorted(wanted(false)));
    });
  },
);

describe.skipIf(missing.arm.length > 0)(
  `one adapter, in the agent of a Cortex-M3 under QEMU (needs ${armInstall})`,
  () => {
    const script = join(root, "packages/firmware/scripts/mps2-an385.mjs");

    it.each([true, false])("right: %s", async (isRight) => {
      const elf = join(scratch.path, `driver-${isRight}.elf`);
      build("arm-none-eabi-gcc", [
        ...["-mcpu=cortex-m3", "-mthumb", "-O2", "-DESC_DRIVER_TIMERS=8"],
        ...[
          "-ffreestanding",
          "-fno-tree-loop-distribute-patterns",
          "-nostartfiles",
          "-nodefaultlibs",
        ],
        ...(isRight ? [] : ["-DMISTAKE"]),
        ...buildFlags("mps2-an385", "mps2_an385"),
        ...[driver, "-T", join(firmware, "ports/mps2-an385/mps2_an385.ld"), "-lgcc", "-o", elf],
      ]);
      const board: Served = await serve(process.execPath, [script, "play", elf, "0"]);
      try {
        expect(sorted(verdicts([board.address], laws))).toEqual(sorted(wanted(isRight)));
      } finally {
        board.stop("SIGTERM");
      }
    });
  },
);
