import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allBlocks, differences, placeOf, shownOutput } from "../src/guides.js";
import {
  cliArguments,
  cliMain,
  makeProject,
  runExample,
  runNode,
  type Served,
  serve,
  stepsOf,
} from "../src/guides-run.js";
import type { Scratch } from "../src/pack.js";

const blocks = allBlocks();
let project: Scratch;

beforeAll(() => {
  project = makeProject("guides");
  for (const { code, marks, language } of blocks) {
    const name = marks.find((mark) => mark.startsWith("file: "))?.slice("file: ".length);
    if (name !== undefined && (language === "js" || language === "c"))
      writeFileSync(join(project.path, name), code);
  }
  // What the guide on ports says to change in its last example.
  const racy = readFileSync(join(project.path, "rc16.mjs"), "utf8");
  const right = racy.replace("const guard = (step) => step();", "const guard = masked;");
  if (right === racy) throw new Error("rc16.mjs has no guard to change");
  writeFileSync(join(project.path, "rc16-masked.mjs"), right);
});

afterAll(() => project.remove());

/** Blocks with this mark, each with its place as a title. */
function marked(mark: string, language: string) {
  const found = blocks.filter((each) => each.marks.includes(mark) && each.language === language);
  return found.map((block) => [placeOf(block), block] as const);
}

describe("examples of the guides print what they show", () => {
  const runs = marked("run", "ts");

  it("there are some", () => expect(runs.length).toBeGreaterThanOrEqual(8));

  it.each(runs)("%s", (place, block) => {
    const { status, output } = runExample(project.path, place.replace(/\W/g, "-"), block.code);
    expect(status, output).toBe(0);
    expect(differences(shownOutput(block), output), output).toEqual([]);
  });
});

describe("shell sessions of the guides print what they show", () => {
  const special = ["serve", "on the tty", "serve micropython", "on micropython", "tk16", "vitest"];
  const sessions = blocks
    .filter(({ language, marks }) => language === "console" && !marks.some(isSpecial))
    .map((block) => [placeOf(block), block] as const);

  function isSpecial(mark: string): boolean {
    return special.includes(mark) || mark.startsWith("not run: ");
  }

  it("there are some", () => expect(sessions.length).toBeGreaterThanOrEqual(5));

  it.each(sessions)("%s", (_place, block) => {
    let last = 0;
    for (const { command, shown } of stepsOf(block.code)) {
      if (command === "echo $?") {
        expect(String(last)).toBe(shown.trim());
        continue;
      }
      if (command.startsWith("cat ")) {
        const text = readFileSync(join(project.path, command.slice("cat ".length)), "utf8");
        expect(differences(shown, text), text).toEqual([]);
        continue;
      }
      const args = cliArguments(command);
      if (args === undefined) throw new Error(`mark it "not run", with why: ${command}`);
      const { status, output } = runNode(project.path, [cliMain, ...args]);
      last = status;
      expect(differences(shown, output), output).toEqual([]);
    }
  });
});

describe.skipIf(process.platform === "win32")("on the emulated Uno's tty", () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve(process.execPath, [cliMain, "serve", "uno"]);
  });

  afterAll(() => served?.stop());

  it("serve prints what the guide shows", () => {
    const [shown] = marked("serve", "console");
    const steps = stepsOf(shown?.[1].code ?? "");
    expect(differences(`${steps[0]?.shown.split("\n")[0]}`, served.greeting)).toEqual([]);
  });

  it.each(marked("on the tty", "console"))("%s", (_place, block) => {
    for (const { command, shown } of stepsOf(block.code)) {
      const args = cliArguments(command.replace("/dev/pts/1", served.address));
      const { output } = runNode(project.path, [cliMain, ...(args ?? [])]);
      expect(differences(shown, output), output).toEqual([]);
    }
  });

  it.each(marked("run on the tty", "ts"))("%s", (_place, block) => {
    const code = block.code.replace("/dev/pts/1", served.address);
    const { output } = runExample(project.path, "on-the-tty", code);
    expect(differences(shownOutput(block), output), output).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("on the MicroPython without hardware", () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve(process.execPath, [cliMain, "serve", "micropython"]);
  });

  afterAll(() => served?.stop());

  it("serve prints what the guide shows", () => {
    const [shown] = marked("serve micropython", "console");
    const steps = stepsOf(shown?.[1].code ?? "");
    expect(differences(`${steps[0]?.shown.split("\n")[0]}`, served.greeting)).toEqual([]);
  });

  it.each(marked("on micropython", "console"))("%s", (_place, block) => {
    for (const { command, shown } of stepsOf(block.code)) {
      const args = cliArguments(command.replace("/dev/pts/1", served.address));
      const { output } = runNode(project.path, [cliMain, ...(args ?? [])]);
      expect(differences(shown, output), output).toEqual([]);
    }
  });
});
