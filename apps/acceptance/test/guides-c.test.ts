import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allBlocks, blocksOf, differences, mistakesOf, placeOf } from "../src/guides.js";
import {
  buildAgent,
  fileNameOf,
  firmwareSources,
  gcc,
  gccInstall,
  hasGcc,
  tk16Flags,
  writeSources,
} from "../src/guides-c.js";
import { cliMain, type Outcome, runNode, serve, stepsOf } from "../src/guides-run.js";
import { makeScratch, type Scratch } from "../src/pack.js";

const required = process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";
const missing = !hasGcc();
const title = missing ? ` (needs gcc: ${gccInstall})` : "";

const blocks = allBlocks().filter(({ language }) => language === "c");
const files = new Map(
  blocks.flatMap((block) => {
    const name = fileNameOf(block);
    return name === undefined ? [] : [[name, block.code] as const];
  }),
);

let scratch: Scratch;

beforeAll(() => {
  scratch = makeScratch("guide-c");
});

afterAll(() => scratch.remove());

it("every block of C has a file name, and there are some", () => {
  expect(blocks.filter((block) => fileNameOf(block) === undefined).map(placeOf)).toEqual([]);
  expect([...files.keys()]).toContain("esc_port_tk16.h");
  expect(missing && required, `install gcc: ${gccInstall}`).toBe(false);
});

describe.skipIf(missing)(`the C of the guides${title}`, () => {
  const flags = ["-fsyntax-only", "-x", "c"];

  it("compiles without a warning, as C99", () => {
    const folder = join(scratch.path, "syntax");
    writeSources(folder, files);
    for (const name of files.keys()) {
      const port = ["-include", "esc_port.h", "-include", "esc_board.h"];
      expect(gcc(folder, [...flags, ...tk16Flags, ...port, name]), name).toBe("");
    }
  });

  it("control: the compiler sees a wrong line", () => {
    const folder = join(scratch.path, "control");
    writeSources(folder, new Map([["wrong.c", "int two(void);\nint two(void) { return 2.5; }\n"]]));
    expect(gcc(folder, [...flags, "wrong.c"])).toContain("-Wfloat-conversion");
  });

  it("uses the HAL with the host port too", () => {
    const folder = join(scratch.path, "host");
    writeSources(folder, files);
    const port = ['-DESC_PORT_HEADER="../ports/host/esc_port_host.h"'];
    expect(gcc(folder, [...flags, ...port, "blink.c"])).toBe("");
  });

  it("the agent needs no more of the HAL than the driver guide lists", () => {
    const folder = join(scratch.path, "symbols");
    const list =
      allBlocks()
        .find(({ marks }) => marks.includes("functions"))
        ?.code.split(/\s+/) ?? [];
    // The vector in board.c is ours; a driver of one's own has another.
    const stubs = [...list, "esc_on_interrupt"]
      .filter(Boolean)
      .map((name) => `int ${name}(void) { return 0; }\n`);
    writeSources(folder, new Map([...files, ["stubs.c", stubs.join("")]]));
    const own = ["board.c", "main.c", "tk16.c", "stubs.c"];
    const all = [...own, ...firmwareSources("agent"), "-o", "agent"];
    expect(gcc(folder, ["-Wno-missing-prototypes", ...tk16Flags, ...all])).toBe("");
  });
});

describe.skipIf(missing || process.platform === "win32")(
  `the made-up chip of the C guide, built and judged${title}`,
  () => {
    async function judge(name: string, sources: ReadonlyMap<string, string>, args: string[]) {
      const agent = await serve(buildAgent(join(scratch.path, name), sources), [], {
        TK16_PORT: "0",
      });
      try {
        return runNode(scratch.path, [cliMain, "conform", agent.address, ...args]);
      } finally {
        agent.stop();
      }
    }

    it("holds every law, and prints what the guide shows", async () => {
      const session = allBlocks().find(({ marks }) => marks.includes("tk16"));
      const [step] = stepsOf(session?.code ?? "");
      const { status, output } = await judge("right", files, []);
      expect(status, output).toBe(0);
      expect(differences(step?.shown ?? "", output), output).toEqual([]);
    });

    const mistakes = mistakesOf("docs/guides/port-a-chip-c.md");

    it("the guide has mistakes to try", () => expect(mistakes.length).toBeGreaterThan(4));

    it.each(mistakes)("$right, as $wrong: $falls fall", async ({ right, wrong, falls }) => {
      const sources = new Map(files);
      const [name, code] = [...files].find(([, each]) => each.includes(right)) ?? ["", ""];
      expect(name, `a file with ${right}`).not.toBe("");
      sources.set(
        name,
        code.replace(right, () => wrong),
      );
      const folder = `wrong-${mistakes.findIndex((each) => each.wrong === wrong)}`;
      const only = falls.length > 0 ? falls.join(",") : "READ-01";
      const { status, output }: Outcome = await judge(folder, sources, ["--only", only]);
      if (falls.length === 0) {
        expect(status, output).toBe(4);
        expect(output).toContain("timeout");
      }
      for (const id of falls) expect(output).toContain(`✗ ${id} fails`);
    });

    it("the chip sends a frame when it is whole, though the step goes on", () => {
      const folder = join(scratch.path, "frame");
      const frame = `
#include "tk16.c"
void TIMER_IRQHandler(void) {}
int main(void)
{
    uint8_t got[8];
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 2;
    uart.client = ends[0];
    for (uint32_t byte = 0; byte < 5; byte++) tk16_write(UART_DATA, byte % 4);
    return recv(ends[1], got, sizeof got, MSG_DONTWAIT) == 5 ? 0 : 1;
}
`;
      writeSources(folder, new Map([["frame.c", frame]]));
      expect(gcc(folder, ["frame.c", "-o", "frame"])).toBe("");
      expect(spawnSync(join(folder, "frame")).status).toBe(0);
    });

    it("the build line of the guide names what the test builds", () => {
      const lines = blocksOf("docs/guides/port-a-chip-c.md").find(({ marks }) =>
        marks.includes("build"),
      );
      expect(lines?.code).toContain("board.c main.c tk16.c $C/hal/*.c $C/agent/*.c -o tk16");
    });
  },
);
