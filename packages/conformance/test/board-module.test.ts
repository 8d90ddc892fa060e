import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type * as index from "../src/index.js";
import type * as node from "../src/node.js";
import { builtIndex, builtNode, fixture } from "./built.js";

let main: typeof index;
let threads: typeof node;
beforeAll(async () => {
  [main, threads] = await Promise.all([builtIndex(), builtNode()]);
});

/** A silence that no sound operation comes near; of the processor, so a busy machine makes it longer. */
const silenceMs = 1_000;

async function reportOf(where: string, only: readonly string[], timeoutMs?: number) {
  const board = await open({ data: { where } });
  const report = await main.runConformance(board, {
    only,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  return report.laws.map(({ id, verdict, reason }) => `${id} ${verdict}: ${reason ?? ""}`);
}

async function open(part: Partial<node.BoardModuleOptions>) {
  const module = fixture("strange-board.mjs");
  const board = await threads.openBoardModule({ module, silenceMs, ...part });
  onTestFinished(() => board.close());
  return board;
}

describe("a board in a thread", () => {
  test("has the verdicts that it has without one", async () => {
    const only = ["READ", "STOP-01", "STOP-04", "ARM-09", "READ-08"];
    const { createSimBoard } = await import("@escapement/board-sim");
    const plain = await main.runConformance(createSimBoard({ profile: "avr16" }), { only });
    const board = await open({ exportName: "good" });
    const report = await main.runConformance(board, { only });
    expect(main.jsonReport([report])).toBe(main.jsonReport([plain]));
    expect(report.description).toEqual(plain.description);
  });

  test.each([
    ["start", "start(0) did not return: no sign of life for "],
    ["stop", "stop(0) did not return"],
    ["interrupt", "sleep() did not return"],
    ["service", "the clearing away after the iteration did not return"],
  ])(
    "that loops in %s fails the law by name, and the next law has a new thread",
    async (where, said) => {
      const [first, second] = await reportOf(where, ["STOP-01", "READ-01"]);
      expect(first).toContain(`READ-01 ${where === "service" ? "fail" : "pass"}`);
      expect(second).toContain(`STOP-01 fail: ${said}`);
    },
  );

  test("whose thread ends by itself is an error, and the next law has a new thread", async () => {
    const lines = await reportOf("exit", ["READ-01", "READ-02"]);
    expect(lines).toEqual([
      "READ-01 error: board-fault: the thread of the board ended: exit code 7",
      "READ-02 error: board-fault: the thread of the board ended: exit code 7",
    ]);
  });

  test("that eats all memory costs its law alone", async () => {
    const board = await open({ data: { where: "memory" }, memoryMb: 64, silenceMs: 60_000 });
    const report = await main.runConformance(board, { only: ["STOP-04", "READ-01"] });
    expect(report.laws.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      "READ-01 pass",
      "STOP-04 error",
    ]);
  });

  test("that never settles is an error after the law's time, and is left", async () => {
    const [line] = await reportOf("never-settles", ["READ-01"], 300);
    expect(line).toBe("READ-01 error: timeout: the law took longer than 300 ms");
  });

  test("that lives but never opens, or never comes back to its first state, is an error", async () => {
    await expect(open({ data: { where: "never-opens" }, settleMs: 1_000 })).rejects.toMatchObject({
      code: "timeout",
      message: "the module of the board waits for what does not come",
    });
    // Opening is to fit into this on a busy machine, too.
    const board = await open({ data: { where: "never-resets" }, settleMs: 10_000 });
    await expect(board.reset()).rejects.toMatchObject({
      code: "timeout",
      message: "reset() of the board waits for what does not come",
    });
  });

  test("that throws what has no text is reported", async () => {
    await expect(open({ data: { where: "no-text" } })).rejects.toMatchObject({
      code: "board-fault",
      message: expect.stringContaining("it threw something that has no text"),
    });
  });

  test("is closed even in the middle of a loop, and refuses from then on", async () => {
    const board = await open({ data: { where: "start" }, silenceMs: 60_000 });
    const law = main.laws.find(({ id }) => id === "STOP-01");
    const program = law?.program(main.lawEnv(board.describe()));
    if (program === undefined) throw new Error("no program");
    const run = board.run(program);
    await expect(board.run(program)).rejects.toMatchObject({ code: "busy" });
    const refused = expect(run).rejects.toMatchObject({ code: "closed" });
    await board.close();
    await refused;
    await expect(board.reset()).rejects.toMatchObject({ code: "closed" });
  });
});

describe("a module that has no board", () => {
  test.each([
    [{ module: "file:///nowhere/my-board.mjs" }, "bad-module", "cannot be imported"],
    [{ module: "data:text/javascript,syntax error" }, "bad-module", "cannot be imported"],
    [{ exportName: "nosuch" }, "bad-module", "exports no nosuch"],
    [{ data: { where: "nothing" } }, "bad-module", "is no board, and makes none"],
    [{ data: { where: "throws" } }, "board-fault", "no such chip"],
    [{ data: { where: "open" } }, "never-ends", "the module of the board did not return"],
    [{ silenceMs: 1 }, "invalid-option", "silenceMs is 1"],
  ] as const)("%j is refused with %s", async (part, code, message) => {
    await expect(open(part)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});
