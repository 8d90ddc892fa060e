import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { programTransport, resolvePort } from "../src/index.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "escapement-program-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A line to a program of JavaScript. */
function lineTo(code: string) {
  const file = join(folder, "program.mjs");
  writeFileSync(file, code);
  return programTransport({ program: process.execPath, args: [file] });
}

describe("a line to a program", () => {
  it("carries bytes both ways, and opens again after it was closed", async () => {
    const line = lineTo("process.stdin.pipe(process.stdout);");
    for (const bytes of [
      [1, 2, 3],
      [0, 255],
    ]) {
      await line.open();
      const got: number[] = [];
      const back = new Promise<void>((resolve) => {
        line.onData = (data) => {
          got.push(...data);
          if (got.length >= bytes.length) resolve();
        };
      });
      await line.write(Uint8Array.from(bytes));
      await back;
      expect(got).toEqual(bytes);
      await line.close();
      await line.close();
    }
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "disconnected" });
  });

  it("is gone when the program ends, with how and what it said last", async () => {
    const line = lineTo('console.error("first\\nno counter"); process.exitCode = 3;');
    const reason = new Promise<string>((resolve) => {
      line.onClose = resolve;
    });
    await line.open();
    expect(await reason).toBe("the program ended with exit code 3: no counter");
  });

  it("says no such program, and cannot be started, apart", async () => {
    const none = programTransport({ program: join(folder, "none") });
    await expect(none.open()).rejects.toMatchObject({ code: "port-not-found" });
    const text = join(folder, "text");
    writeFileSync(text, "no program");
    chmodSync(text, 0o644);
    const plain = programTransport({ program: text });
    await expect(plain.open()).rejects.toMatchObject({
      code: process.platform === "win32" ? expect.any(String) : "port-failed",
    });
  });

  it("has a name", async () => {
    expect(await resolvePort("exec:./agent --slow 3")).toEqual({
      kind: "program",
      program: "./agent",
      args: ["--slow", "3"],
    });
    await expect(resolvePort("exec:")).rejects.toMatchObject({ code: "port-not-found" });
  });
});
