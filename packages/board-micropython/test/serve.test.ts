import { runConformance } from "@escapement/conformance";
import { expect, test } from "vitest";
import { openMicroPythonBoard, serveMicroPython } from "../src/index.js";

const only = ["STOP-04", "ARM-15", "CALL-08", "PER-01"];

/** Opens it twice, as two programs would one after the other. */
async function holdsBehind(path: string): Promise<void> {
  for (const soft of [false, true]) {
    const board = await openMicroPythonBoard({ path, soft });
    try {
      const { summary } = await runConformance(board, { only });
      expect(summary).toEqual({ pass: 4, fail: 0, skip: 0, error: 0 });
    } finally {
      await board.close();
    }
  }
}

test.skipIf(process.platform === "win32")("a MicroPython behind a tty is judged", async () => {
  const served = await serveMicroPython();
  await holdsBehind(served.path);
  await served.close();
  await served.closed;
});

test("a MicroPython behind TCP is judged", async () => {
  const served = await serveMicroPython({ tcpPort: 0 });
  await holdsBehind(served.path);
  await served.close();
  await served.closed;
});

test("a TCP port that is taken is port-failed", async () => {
  const served = await serveMicroPython({ tcpPort: 0 });
  const tcpPort = Number(/\d+$/.exec(served.path)?.[0]);
  await expect(serveMicroPython({ tcpPort })).rejects.toMatchObject({ code: "port-failed" });
  await served.close();
});
