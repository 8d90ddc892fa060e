import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runConformance } from "@escapement/conformance";
import { afterAll, describe, expect, test } from "vitest";
import {
  type CErrorCode,
  compileDriver,
  driverFolder,
  npmClang,
  openCBoard,
} from "../src/index.js";

const compiler = npmClang();
const scratch = mkdtempSync(join(tmpdir(), "escapement-module-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What any toolchain does: objects of its own, ours behind them, and the linker as the error's hint has it. */
async function linked(
  name: string,
  flags: readonly string[] = [],
  change = (text: string) => text,
) {
  const text = (file: string): string => readFileSync(join(driverFolder, file), "utf8");
  const headers = ["esc_driver.h", "esc_driver_glue.h"].map((file) => [file, text(file)] as const);
  const example = readFileSync(join(driverFolder, "../examples/delta_list.c"), "utf8");
  const ours = ["esc_driver_glue.c", "esc_driver_wasm.c", "esc_driver_guard.c"];
  const units = [["own.c", example], ...ours.map((file) => [file, change(text(file))])] as const;
  const objects = new Map<string, Uint8Array>();
  for (const [file = "", source = ""] of units) {
    const args = [
      "--target=wasm32",
      "-O2",
      "-mno-bulk-memory",
      "-ffreestanding",
      "-nostdlib",
      ...flags,
    ];
    const files = new Map([...headers, [file, source] as const]);
    const { output, messages } = await compiler.run(
      "clang",
      [...args, "-c", file, "-o", "x.o"],
      files,
      "x.o",
    );
    if (output === undefined) throw new Error(messages);
    objects.set(file.replace(/c$/, "o"), output);
  }
  const args = ["--no-entry", "--export-all", "--allow-undefined", "--export-table"];
  args.push("--export=__stack_pointer", "--stack-first", ...objects.keys(), "-o", "out.wasm");
  const { output, messages } = await compiler.run("wasm-ld", args, objects, "out.wasm");
  if (output === undefined) throw new Error(messages);
  const file = join(scratch, name);
  writeFileSync(file, output);
  return file;
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { code: CErrorCode; message: string }) => `${error.code}: ${error.message}`,
  );

describe("a finished module", () => {
  test("is judged as it is", async () => {
    const board = await openCBoard({ files: [await linked("right.wasm")] });
    const { laws, summary } = await runConformance(board, { random: false });
    expect(laws.filter(({ verdict }) => verdict === "fail").map(({ id }) => id)).toEqual([]);
    expect(summary.error).toBe(0);
    expect(summary.pass).toBeGreaterThan(80);
  });

  test("with a mistake breaks its laws", async () => {
    const file = await linked("wrong.wasm", ["-DMISTAKE"]);
    const { laws } = await runConformance(await openCBoard({ files: [file] }), {
      only: ["ARM-13", "STOP-01"],
    });
    expect(laws.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["ARM-13", "fail"],
      ["STOP-01", "pass"],
    ]);
  });

  test("of another version is refused", async () => {
    const file = await linked("other.wasm", [], (text) =>
      text.replace(/(__esc_wasm_version\(void\) \{\s+return) 1;/, "$1 2;"),
    );
    expect(await codeOf(openCBoard({ files: [file] }))).toContain(
      `bad-module: ${file} has version 2 of a driver's exports; this command reads version 1`,
    );
  });

  test("that is none, or none of a driver, is refused; so is a search of one, and one with other files", async () => {
    const text = join(scratch, "text.wasm");
    writeFileSync(text, "hello");
    expect(await codeOf(openCBoard({ files: [text] }))).toContain("bad-module");
    const empty = join(scratch, "empty.wasm");
    writeFileSync(empty, Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(await codeOf(openCBoard({ files: [empty] }))).toContain("not of a driver");
    expect(await codeOf(openCBoard({ files: [join(scratch, "none.wasm")] }))).toContain(
      "no-such-source",
    );
    const right = await linked("again.wasm");
    expect(await codeOf(compileDriver({ files: [right] }, { compiler }))).toContain(
      "without the hooks of a search",
    );
    expect(await codeOf(openCBoard({ files: [right, "more.c"] }))).toContain(
      "nothing can be linked",
    );
  });
});
