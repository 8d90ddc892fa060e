import { fileURLToPath } from "node:url";
import { runConformance } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { deviceModels, openCBoard } from "../src/index.js";

const file = fileURLToPath(new URL("drivers/one_shots.c", import.meta.url));

describe("a driver that uses registers runs on the model of its timer", () => {
  test.each([
    ["stm32-tim2", "stm32", 0x4000_0000, []],
    ["avr-timer1", "avr16", 0, ["AVR"]],
  ] as const)("%s keeps every law", async (name, profile, address, defines) => {
    const model = deviceModels[name];
    if (model === undefined) throw new Error(`no model ${name}`);
    const devices = [{ address, model }];
    const board = await openCBoard({ files: [file], profile, devices, defines });
    const { laws, summary } = await runConformance(board);
    expect(
      laws.filter(({ verdict }) => verdict === "fail").map(({ id, reason }) => [id, reason]),
    ).toEqual([]);
    expect(summary.error).toBe(0);
    expect(summary.pass).toBeGreaterThan(50);
  });
});
