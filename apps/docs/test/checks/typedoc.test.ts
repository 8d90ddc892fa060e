import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTypedoc } from "../../scripts/api/run-typedoc.js";
import { app } from "../../scripts/site/paths.js";

// Inside the app, so that the compiler finds what the packages' own settings refer to.
const scratch = join(app, "dist", "scratch");

describe("every export is documented", () => {
  let folder: string;

  beforeAll(() => {
    mkdirSync(scratch, { recursive: true });
    folder = mkdtempSync(join(scratch, "package-"));
    mkdirSync(join(folder, "src"));
    const write = (path: string, data: unknown) =>
      writeFileSync(join(folder, path), typeof data === "string" ? data : JSON.stringify(data));
    write("package.json", { name: "@escapement/scratch", version: "0.0.0", type: "module" });
    write("typedoc.json", { entryPoints: ["src/index.ts"] });
    write("tsconfig.json", {
      extends: join(app, "../../tsconfig.base.json"),
      include: ["src"],
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function documentSource(source: string) {
    writeFileSync(join(folder, "src/index.ts"), source);
    const out = join(folder, "out");
    return runTypedoc(["--entryPoints", folder, "--out", out, "--docsRoot", folder]);
  }

  it("control: one with a comment passes", async () => {
    const { code, output } = await documentSource("/** Two. */\nexport const two = 2;\n");
    expect(output).toBe("");
    expect(code).toBe(0);
  });

  it("control: one without ends the build, by its name", async () => {
    const { code, output } = await documentSource("export const two = 2;\n");
    expect(output).toContain("two (Variable)");
    expect(output).toContain("does not have any documentation");
    expect(code).toBeGreaterThan(0);
  });

  it("control: a link in a comment that leads nowhere does too", async () => {
    const { code, output } = await documentSource(
      "/** See {@link three}. */\nexport const two = 2;\n",
    );
    expect(output).toContain("three");
    expect(code).toBeGreaterThan(0);
  });
});
