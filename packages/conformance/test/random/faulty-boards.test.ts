import { createSimBoard } from "@escapement/board-sim";
import {
  type Board,
  type BoardDescription,
  BoardError,
  type Program,
  type Trace,
} from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { runConformance, runRandomPrograms } from "../../src/index.node.js";

/** A simulated board whose `run` does something else from the nth program on. */
function boardThat(instead: (program: Program) => Promise<Trace>, from: number): Board {
  const board = createSimBoard({ profile: "prescaled8" });
  let runs = 0;
  return {
    describe: () => board.describe(),
    reset: () => board.reset(),
    close: () => board.close(),
    run: (program, options) => {
      runs += 1;
      return runs >= from ? instead(program) : board.run(program, options);
    },
  };
}

function rejecting(code: "disconnected" | "timeout" | "never-ends") {
  return () => Promise.reject(new BoardError(code, `${code} on purpose`, "Look at the test."));
}

describe("random programs on a board that fails", () => {
  it("ANY-06 a driver that never lets a program end breaks the rule that programs end", async () => {
    const { failures, programs } = await runRandomPrograms(boardThat(rejecting("never-ends"), 6), {
      runs: 8,
      shrinkRuns: 30,
    });
    expect(programs).toBe(8);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      origin: { seed: 6 },
      count: 3,
      violation: { rule: "ANY-06", kind: "never-ends", found: "never-ends on purpose" },
    });
  });

  it("a description that cannot be is refused before anything is run", async () => {
    const board = createSimBoard({ profile: "prescaled8" });
    let runs = 0;
    const contradicting: Board = {
      describe: () => ({
        ...board.describe(),
        semantics: { granularityTicks: { is: 0, source: "the test" } },
      }),
      reset: () => board.reset(),
      close: () => board.close(),
      run: (program, options) => {
        runs += 1;
        return board.run(program, options);
      },
    };
    await expect(runRandomPrograms(contradicting, { runs: 3 })).rejects.toMatchObject({
      code: "invalid-description",
    });
    expect(runs).toBe(0);
  });

  it("what was known before the line was lost is kept, and the run says why it ended", async () => {
    const report = await runRandomPrograms(boardThat(rejecting("disconnected"), 6), { runs: 50 });
    expect(report.programs).toBe(5);
    expect(report.failures).toEqual([]);
    expect(report.stopped).toMatchObject({ origin: { seed: 6 }, code: "disconnected" });
  });

  it("a fault that a reset repairs costs one program", async () => {
    let faults = 0;
    const board = createSimBoard({ profile: "prescaled8" });
    const flaky: Board = {
      describe: () => board.describe(),
      reset: () => board.reset(),
      close: () => board.close(),
      run: (program, options) => {
        faults += 1;
        return faults === 3 ? rejecting("timeout")() : board.run(program, options);
      },
    };
    const report = await runRandomPrograms(flaky, { runs: 10 });
    expect(report.programs).toBe(9);
    expect(report.stopped).toBeUndefined();
  });

  it("a board that is lost during the shrinking leaves the failure as far as it is known", async () => {
    let runs = 0;
    const doctored: Board = {
      ...boardThat(rejecting("disconnected"), 12),
      run: (program) => {
        runs += 1;
        return runs > 4 ? rejecting("disconnected")() : Promise.resolve(emptied(program));
      },
    };
    const { failures } = await runRandomPrograms(doctored, { runs: 1, seed: 3 });
    expect(failures).toHaveLength(1);
    expect(failures[0]?.shrinkRuns).toBeLessThanOrEqual(4);
  });

  it("a signal ends the run, and what was found stands", async () => {
    const controller = new AbortController();
    const report = await runRandomPrograms(createSimBoard({ profile: "prescaled8" }), {
      runs: 1_000,
      signal: controller.signal,
      onProgress: ({ programs }) => {
        if (programs === 4) controller.abort();
      },
    });
    expect(report.programs).toBe(4);
    expect(report.stopped?.code).toBe("aborted");
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["no records", { records: undefined }],
    ["a record that is null", { records: [{ kind: "iteration", value: 0, at: 0 }, null] }],
  ])("a board that gives back %s has failed, and breaks no rule", async (_, given) => {
    const board = boardThat(() => Promise.resolve(given as Trace), 3);
    const report = await runRandomPrograms(board, { runs: 40 });
    expect(report).toMatchObject({ programs: 2, failures: [], stopped: { code: "board-fault" } });
    const { laws } = await runConformance(board, { only: ["READ-01", "ANY-02"] });
    expect(laws.map(({ verdict, code }) => [verdict, code])).toEqual([
      ["error", "board-fault"],
      ["error", "board-fault"],
    ]);
  });

  const sound = createSimBoard({ profile: "prescaled8" }).describe();
  it.each<[string, unknown]>([
    ["is nothing", undefined],
    ["has no latencies", { ...sound, latencies: undefined }],
    ["has no list of what it can do", { ...sound, capabilities: "all" }],
    ["has a counter of no bits", { ...sound, counterBits: Number.NaN }],
  ])("a board whose description %s is refused before any program", async (_, description) => {
    const wrong: Board = {
      ...boardThat(rejecting("disconnected"), 1),
      describe: () => description as BoardDescription,
    };
    const expected = { code: "invalid-description" };
    await expect(runRandomPrograms(wrong, { runs: 3 })).rejects.toMatchObject(expected);
    await expect(runConformance(wrong)).rejects.toMatchObject(expected);
  });

  it("in a law, a lost line is an error and never a fail", async () => {
    const report = await runConformance(boardThat(rejecting("disconnected"), 6), {
      only: ["ANY-02", "ANY-03"],
    });
    expect(report.laws.map(({ verdict }) => verdict)).toEqual(["error", "error"]);
    expect(report.laws[0]?.code).toBe("disconnected");
  });
});

/** A trace in which nothing happened. */
function emptied(_program: Program): Trace {
  return { records: [{ kind: "iteration", value: 0, at: 0 }] };
}

describe("options of a run of random programs", () => {
  it.each([{ runs: 0 }, { seed: -1 }, { forMs: 0 }, { shrinkRuns: Number.NaN }])(
    "%j is refused before the board is touched",
    async (options) => {
      const board = boardThat(rejecting("disconnected"), 1);
      await expect(runRandomPrograms(board, options)).rejects.toMatchObject({
        code: "invalid-option",
      });
    },
  );

  it("leaves the laws of random programs out where that is asked for", async () => {
    const board = createSimBoard({ profile: "prescaled8" });
    const { laws } = await runConformance(board, { random: false });
    expect(laws.filter(({ id }) => id.startsWith("ANY"))).toEqual([]);
    await expect(runConformance(board, { random: false, only: ["ANY-02"] })).rejects.toMatchObject({
      code: "unknown-law",
    });
  });
});
