import { createTransport, systemClock } from "@escapement/board-serial";
import { runConformance } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { openMicroPythonBoard } from "../src/index.js";
import { RawRepl } from "../src/raw-repl.js";
import { ReplLine } from "../src/repl-line.js";
import { countSettings, countsScript, countsWanted } from "./documented-counts.js";

/** A port or an address: `/dev/ttyACM0`, `a0`, `COM3`, `tcp://host:port`. */
const path = process.env.ESCAPEMENT_MPY_FIRMWARE ?? "";
const how = "ESCAPEMENT_MPY_FIRMWARE=/dev/ttyACM0 npx vitest run test/device.test.ts";
/** A whole pass of a real board, with laws after which it has to be brought back. */
const passMs = 600_000;

describe.skipIf(path === "")(`a MicroPython of yours: ${how}`, () => {
  test.each([false, true])(
    "each law has a verdict, soft: %s",
    async (soft) => {
      const board = await openMicroPythonBoard({ path, soft });
      try {
        const report = await runConformance(board);
        const fallen = report.laws.filter(({ verdict }) => verdict === "fail");
        console.log(
          board.facts,
          report.summary,
          fallen.map(({ id, reason }) => `${id} ${reason}`),
        );
        // A defect of the board is a fail; an error would be one of the line, or of the agent.
        expect(report.laws.filter(({ verdict }) => verdict === "error")).toEqual([]);
        expect(report.summary.pass).toBeGreaterThan(0);
      } finally {
        await board.close();
      }
    },
    passMs,
  );

  test("callbacks are counted as MicroPython's own test has it", async () => {
    const line = new ReplLine(await createTransport(path, {}), systemClock);
    const repl = new RawRepl(line);
    await line.open();
    try {
      await repl.enter();
      await repl.softReset();
      for (const setting of countSettings) {
        const done = await repl.execute(countsScript(setting, false), 10_000);
        expect(done?.traceback).toBe("");
        expect(done?.printed.replace(/\r/g, "").trim(), setting).toBe(countsWanted(setting));
      }
      await repl.leave();
    } finally {
      await line.close();
    }
  }, 60_000);
});
