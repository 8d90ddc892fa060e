import { expect, it } from "vitest";
import { runScript } from "./support/tools.js";

it("mps2-an385.mjs without its compiler names it and the line that installs it", () => {
  const { status, output } = runScript("mps2-an385.mjs", ["build"], "");
  expect(status).toBe(3);
  expect(output).toContain("arm-none-eabi-gcc is missing");
  expect(output).toContain("gcc-arm-none-eabi qemu-system-arm");
});

it("mps2-an385.mjs without a command says which it has", () => {
  const { status, output } = runScript("mps2-an385.mjs");
  expect(status).toBe(1);
  expect(output).toContain("usage:");
});
