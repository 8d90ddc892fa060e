import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runBuilt } from "./child.js";

const drivers = "../../explore-c/test/drivers/";
const alarms = fileURLToPath(new URL(`${drivers}alarms.c`, import.meta.url));
const foreign = (name: string): string =>
  fileURLToPath(new URL(`../../board-c/test/drivers/${name}`, import.meta.url));
const [oneShots, tim2] = [foreign("one_shots.c"), foreign("tim2_model.c")];
const law = ["--only", "STOP-06", "--profile", "avr16"];

describe("escapement explore of a driver in C", () => {
  it("shows a race with the lines between which the interrupt lands, and how to see it again", async () => {
    const { code, out } = await runBuilt(["explore", alarms, "--define", "RACY", ...law]);
    expect(code, out).toBe(1);
    expect(out).toMatch(/load alarms\[0\]\.pending is \? {2}alarms\.c:50/);
    expect(out).toMatch(/store alarms\[0\]\.pending {2}alarms\.c:51; a lost update/);
    const again = /again: escapement (explore .*)$/m.exec(out)?.[1] ?? "";
    expect(again).toContain("--define RACY --only STOP-06 --profile avr16 --value ");
    const replay = await runBuilt(again.split(" "));
    expect([replay.code, replay.out.includes("alarms.c:51")], replay.out).toEqual([1, true]);
  });

  it("writes its findings for code hosts, from the folder that it runs in", async () => {
    const folder = mkdtempSync(join(tmpdir(), "escapement-sarif-"));
    const file = join(folder, "out.sarif");
    const { code, out } = await runBuilt([
      "explore",
      alarms,
      "-D",
      "RACY",
      ...law,
      "--sarif",
      file,
    ]);
    expect(code, out).toBe(1);
    expect(out).toMatch(/alarms\[0\]\.pending: R·W·W, .*alarms\.c:50:\d+; .*alarms\.c:51:\d+$/m);
    expect(out).toMatch(/interrupted, or ended, in: stop .*alarms\.c:51:\d+$/m);
    expect(out).toContain("an interrupt came between 1 pair of accesses to one variable");
    const [run] = JSON.parse(readFileSync(file, "utf8")).runs;
    rmSync(folder, { recursive: true });
    expect(run.tool.driver.name).toBe("escapement explore");
    expect(run.results[0].locations[0].physicalLocation.region.startLine).toBe(51);
  });

  it("that uses registers is searched on a model of them, also in threads", async () => {
    const only = ["--only", "STOP-06", "--profile", "stm32"];
    for (const model of [tim2, "stm32-tim2"]) {
      const device = ["--device", `0x40000000=${model}`];
      const { code, out } = await runBuilt(["explore", oneShots, ...device, ...only]);
      expect(code, out).toBe(0);
      expect(out).toContain("0 findings");
    }
    const { code, err } = await runBuilt(["explore", oneShots, "--device", "12=tim9", ...only]);
    expect([code, err]).toEqual([2, expect.stringContaining('--device is "12=tim9"')]);
  });

  it("that is right ends with 0, at any word size", async () => {
    for (const word of ["1", "4"]) {
      const { code, out } = await runBuilt(["explore", alarms, "--word", word, ...law]);
      expect(code, out).toBe(0);
      expect(out).toContain("0 findings, 0 unprotected conflicting accesses");
    }
  });

  it("that does not compile ends with 2 and the compiler's words", async () => {
    const { code, err } = await runBuilt([
      "explore",
      alarms,
      "--define",
      "volatile=nothing",
      ...law,
    ]);
    expect(code, err).toBe(2);
    expect(err).toMatch(/alarms\.c:\d+:\d+: error: /);
  });
});
