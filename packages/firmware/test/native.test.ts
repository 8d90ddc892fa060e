import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasTool, runScript } from "./support/tools.js";

const hasGcc = hasTool("gcc");
const needs = "(needs gcc: apt-get install -y --no-install-recommends gcc libc6-dev)";

describe("the C sources on the host", () => {
  it.skipIf(!hasGcc).each([
    [8, 8, 0],
    [16, 8, 0],
    [16, 8, 1],
    [24, 16, 1],
    [32, 32, 0],
  ])(
    `native unit tests under ASan and UBSan, a counter of %i bits, %i timers, flags cleared by entering %i ${needs}`,
    (...shape) => {
      const { status, output } = runScript("native.mjs", ["test", ...shape.map(String)]);
      expect(output).toMatch(new RegExp(`\\d+ tests at ${shape[0]} bits, 0 failed checks`));
      expect(output).not.toContain("FAIL");
      expect(status).toBe(0);
    },
  );

  it.skipIf(!hasGcc)(`each header compiles by itself ${needs}`, () => {
    const { status, output } = runScript("native.mjs", ["headers"]);
    expect(output).toContain("ok hal/esc_hal.h");
    expect(status).toBe(0);
  });

  it.skipIf(!hasGcc)(`the agent replies to hello on standard output ${needs}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "escapement-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "agent");
    expect(runScript("native.mjs", ["agent", file]).status).toBe(0);
    const agent = spawn(file, { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => {
      agent.kill("SIGKILL");
    });
    // type 1, session 0, sequence 5, protocols 1 to 1, nonce 7, and the CRC of that.
    agent.stdin.end(stuffed([1, 0, 5, 1, 1, 7, ...crcOf([1, 0, 5, 1, 1, 7])]));
    const bytes: number[] = [];
    for await (const chunk of agent.stdout) bytes.push(...(chunk as Buffer));
    expect(bytes.at(0)).toBe(0);
    expect(bytes.at(-1)).toBe(0);
    expect(bytes.slice(2, 5)).toEqual([0x81, 7, 5]);
    expect(Buffer.from(bytes).includes("host")).toBe(true);
  });

  it("native.mjs without a compiler names it and the line that installs it", () => {
    const { status, output } = runScript("native.mjs", ["test"], "");
    expect(status).toBe(3);
    expect(output).toContain("gcc is missing");
    expect(output).toContain("apt-get install");
  });
});

/** CRC-16/CCITT-FALSE, low byte first. */
function crcOf(bytes: readonly number[]): number[] {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = ((crc << 1) ^ ((crc & 0x8000) !== 0 ? 0x1021 : 0)) & 0xffff;
    }
  }
  return [crc & 0xff, crc >> 8];
}

/** A short frame as the wire carries it. */
function stuffed(bytes: readonly number[]): Uint8Array {
  const blocks: number[][] = [[]];
  for (const byte of bytes) {
    if (byte === 0) blocks.push([]);
    else blocks.at(-1)?.push(byte);
  }
  return Uint8Array.from([...blocks.flatMap((block) => [block.length + 1, ...block]), 0]);
}
