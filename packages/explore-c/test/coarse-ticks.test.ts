import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, compileDriver, folderCache, npmClang } from "@escapement/board-c";
import { type LawId, selectLaws } from "@escapement/conformance";
import { explore, lawCases } from "@escapement/explore";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cTarget } from "../src/index.js";

const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };
const tickList = fileURLToPath(new URL("../../board-c/examples/tick_list.c", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coarse-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The tick list, whose `stop` looks and clears without a mask. */
async function withoutMaskInStop(): Promise<string> {
  const source = await readFile(tickList, "utf8");
  const [before = "", behind = ""] = source.split("static esc_result stop(");
  const unmasked = behind
    .replace("    uint32_t state = esc_chip_save_and_mask();\n", "")
    .replace("    esc_chip_restore(state);\n", "");
  const file = join(folder, "tick_list.c");
  await writeFile(file, `${before}static esc_result stop(${unmasked}`);
  return file;
}

async function findings(file: string, only: readonly LawId[], bound: number): Promise<string[]> {
  const target = cTarget(await compileDriver({ files: [file] }, tools, { wordBytes: 4 }));
  const cases = selectLaws({ only }).flatMap((law) => lawCases(law, target));
  const { units } = await explore([{ target, cases }], { limits: { bound } });
  expect(units.flatMap(({ error }) => error ?? [])).toEqual([]);
  return units.flatMap((unit) => unit.findings.map(({ name }) => name));
}

it("STOP-06 the interrupt of a coarse tick meets every place in a call of the tick before it", async () => {
  expect(await findings(await withoutMaskInStop(), ["STOP-06"], 1)).toContain("STOP-06");
  expect(await findings(tickList, ["STOP-06"], 1)).toEqual([]);
});

it("CALL-12 a handler that starts itself again comes in the next tick, and is waited for", async () => {
  expect(await findings(tickList, ["CALL-12"], 1)).toEqual([]);
});
