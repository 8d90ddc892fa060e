import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runConformance } from "@escapement/conformance";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cacheFolder, folderCache, loadDevice, npmClang, openCBoard } from "../src/index.js";

const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const driver = path("drivers/one_shots.c");
const address = 0x4000_0000;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "escapement-device-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const whole = join(folder, name);
  writeFileSync(whole, text);
  return whole;
}

/** A model whose reads do that. */
function modelThat(reads: string): string {
  return `#include "esc_device.h"
static int rows[4], (*call)(void);
static int again(int deep) { return again(deep + 1) + rows[deep % 4]; }
uint32_t esc_device_bytes(void) { return 0x400; }
uint32_t esc_device_read(uint32_t offset, uint32_t size) { ${reads} return 0; }
void esc_device_write(uint32_t offset, uint32_t value, uint32_t size) {}
`;
}

async function judged(model: string, only?: readonly string[]) {
  const devices = [await loadDevice({ address, model }, tools)];
  const board = await openCBoard({ files: [driver], devices });
  return runConformance(board, { random: false, ...(only !== undefined && { only }) });
}

describe("a model of registers in C", () => {
  test("keeps a driver's laws", async () => {
    const { laws, summary } = await judged(path("drivers/tim2_model.c"));
    const broken = laws.filter(({ verdict }) => verdict === "fail" || verdict === "error");
    expect(broken.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(summary.pass).toBeGreaterThan(40);
  });

  test("that has no compare breaks them", async () => {
    const reads = "if (offset == 36) return esc_chip_counter();";
    const { laws } = await judged(file("deaf.c", modelThat(reads)), ["ARM-02"]);
    expect(laws.map(({ verdict }) => verdict)).toEqual(["fail"]);
  });

  test.each([
    ["goes round for ever", "for (;;) {}", /rounds of loops in one access, at .*:5/],
    ["calls no function", "call();", /null function/],
    ["has a wild pointer", "*(volatile int *)0x7fffff00 = 1;", /0x7fffff00 is written/],
    ["has no end of its calls", "again(0);", /failed/],
  ])("that %s is an error, and no fault of the driver", async (name, reads, said) => {
    const model = file(`${name.replaceAll(" ", "-")}.c`, modelThat(reads));
    const { laws } = await judged(model, ["READ-01"]);
    expect(laws.map(({ verdict }) => verdict)).toEqual(["error"]);
    expect(laws[0]?.reason).toMatch(said);
  });

  test.each([
    [
      "no-model.c",
      "int x;\n",
      "bad-device",
      "lacks esc_device_bytes, esc_device_read, esc_device_write",
    ],
    ["broken.c", "int x = ;\n", "does-not-compile", "expected expression"],
    [
      "lonely.c",
      modelThat("int not_there(void); return not_there();"),
      "does-not-compile",
      "not_there",
    ],
    ["none.mjs", "export const registers = 1;\n", "bad-device", "no function of the chip"],
    ["fails.mjs", "throw new Error('no luck');\n", "bad-device", "no luck"],
  ])("%s is refused", async (name, text, code, said) => {
    const refused = loadDevice({ address, model: file(name, text) }, tools);
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
  });
});
