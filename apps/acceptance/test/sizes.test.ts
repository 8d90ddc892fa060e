import { describe, expect, it } from "vitest";
import { bundleForBrowser } from "../src/browser-bundle.js";
import { portablePackages } from "../src/workspace.js";

const CORE_GZIP_BYTES_MAX = 8_000;

function report(what: string, bundle: { bytes: number; gzipBytes: number }): void {
  const { bytes, gzipBytes } = bundle;
  process.stdout.write(`${what}: ${bytes} bytes minified, ${gzipBytes} bytes compressed\n`);
}

describe("in a browser's bundle", () => {
  it(`the timer HAL of core is under ${CORE_GZIP_BYTES_MAX} bytes compressed`, () => {
    const bundle = bundleForBrowser(
      'import { TimerHal } from "@escapement/core"; globalThis.TimerHal = TimerHal;',
    );
    report("TimerHal of @escapement/core", bundle);
    expect(bundle.code).toContain("TimerHal");
    expect(bundle.gzipBytes).toBeGreaterThan(2_000);
    expect(bundle.gzipBytes).toBeLessThan(CORE_GZIP_BYTES_MAX);
  });

  it("all of core is under it too", () => {
    const bundle = bundleForBrowser('export * from "@escapement/core";');
    report("all of @escapement/core", bundle);
    expect(bundle.gzipBytes).toBeLessThan(CORE_GZIP_BYTES_MAX);
  });

  it("core leaves nothing behind when nothing of it is used", () => {
    const bundle = bundleForBrowser(
      'import "@escapement/core"; import {} from "@escapement/core";',
    );
    expect(bundle.code.trim()).toBe("");
  });

  it.each(portablePackages)("%s needs nothing of Node", (name) => {
    const bundle = bundleForBrowser(`export * from "@escapement/${name}";`);
    report(`all of @escapement/${name}`, bundle);
    expect(bundle.bytes).toBeGreaterThan(1_000);
    expect(bundle.code).not.toMatch(/from ?"node:|require\("/);
  });

  it("control: a module of Node is refused", () => {
    expect(() => bundleForBrowser('export * from "node:fs";')).toThrow(/node:fs/);
    expect(() => bundleForBrowser('export * from "@escapement/board-uno";')).toThrow(/resolve/);
  });
});
