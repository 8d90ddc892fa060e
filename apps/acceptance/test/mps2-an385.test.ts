import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliMain, runNode, type Served, serve } from "../src/guides-run.js";
import { makeScratch, type Scratch } from "../src/pack.js";
import { readText, root } from "../src/workspace.js";

const script = join(root, "packages/firmware/scripts/mps2-an385.mjs");
const install = "apt-get install -y --no-install-recommends gcc-arm-none-eabi qemu-system-arm";

const port = "packages/firmware/c/ports/mps2-an385";
const header = "esc_port_mps2_an385.h";

const required = process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";
const tools = ["arm-none-eabi-gcc", "qemu-system-arm"];
const missing = tools.filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
const title = missing.length === 0 ? "" : ` (needs ${missing.join(" and ")}: ${install})`;

/**
 * What this core does and an AVR does not: it goes from one interrupt to the next without a step of
 * the thread, leaves its flags to the software, and nests. The whole suite takes two minutes:
 * `node packages/firmware/scripts/mps2-an385.mjs run` and `escapement conform tcp://localhost:4000`.
 */
const laws = [
  "READ-02",
  "READ-05",
  "READ-08",
  "READ-21",
  "ARM-01",
  "ARM-17",
  "STOP-09",
  "STOP-19",
  "CALL-12",
];

let scratch: Scratch;

beforeAll(() => {
  scratch = makeScratch("mps2");
});

afterAll(() => scratch.remove());

/** The compiler's flag for a port with one change. */
function changed(name: string, right: string, wrong: string): string {
  const text = readText(`${port}/${header}`);
  expect(text).toContain(right);
  const folder = join(scratch.path, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, header),
    text.replace(right, () => wrong),
  );
  return `-I${folder}`;
}

async function judge(flags: readonly string[], ids: readonly string[]) {
  const board: Served = await serve(process.execPath, [script, "run", "0", ...flags]);
  try {
    return runNode(scratch.path, [
      ...[cliMain, "conform", board.address, "--verbose"],
      ...["--only", ids.join(",")],
    ]);
  } finally {
    board.stop("SIGTERM");
  }
}

it("the tools of the Cortex-M port are there, where they have to be", () => {
  expect(required ? missing : [], install).toEqual([]);
});

describe.skipIf(missing.length > 0)(`the C HAL on a Cortex-M3 under QEMU${title}`, () => {
  it(`holds ${laws.join(", ")}`, async () => {
    const { status, output } = await judge([], laws);
    expect(status, output).toBe(0);
    for (const id of laws) expect(output).toMatch(new RegExp(`^${id} .* pass$`, "m"));
  });

  it("control: with a port whose restore enables, READ-05 falls", async () => {
    const flag = changed("restore", "msr primask, %0", "cpsie i @ %0");
    const { status, output } = await judge([flag], ["READ-05"]);
    expect(status, output).toBe(1);
    expect(output).toContain("✗ READ-05 fails");
  });

  describe("where the way out of the interrupt is longer than usual, by 120 ticks", () => {
    const control = "MPS2_DISTANCE->control = on";
    const slow = `for (volatile int turn = 0; turn < 100; turn++) {\n    }\n    ${control}`;
    const delta = (ticks: number) => `-DESC_PORT_MIN_DELTA_TICKS=${ticks}`;

    it.each([1, 64])("CALL-12 falls with a least delta of %i, and nothing hangs", async (ticks) => {
      const flags = [changed("slow", control, slow), delta(ticks)];
      const { status, output } = await judge(flags, ["CALL-12"]);
      expect(status, output).toBe(1);
      expect(output).toMatch(/✗ CALL-12 fails on .* never lets the program end/);
    });

    it("CALL-12 passes with a least delta that covers it", async () => {
      const flags = [changed("slow", control, slow), delta(400)];
      const { status, output } = await judge(flags, ["CALL-12"]);
      expect(status, output).toBe(0);
    });
  });
});
