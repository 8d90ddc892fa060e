import { BoardError, type BoardErrorCode } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import {
  type ConformanceProgress,
  jsonReport,
  runConformance,
  unopenedReport,
} from "../src/index.js";
import { catalogue, expiries, FakeBoard, law } from "./fakes.js";

const verdicts = (report: { laws: readonly { id: string; verdict: string }[] }): string[] =>
  report.laws.map(({ id, verdict }) => `${id} ${verdict}`);

describe("verdicts", () => {
  test("a trace without findings passes and one with findings fails, with the reason", async () => {
    const good = await runConformance(new FakeBoard(() => expiries(500)), { laws: [law()] });
    expect(verdicts(good)).toEqual(["STOP-04 pass"]);
    expect(good.laws[0]).not.toHaveProperty("reason");

    const bad = await runConformance(new FakeBoard(() => expiries(500, 998)), { laws: [law()] });
    expect(bad.laws[0]).toMatchObject({
      verdict: "fail",
      reason: "2 expiries, expected exactly 1",
      findings: [{ record: 2 }],
    });
    expect(bad.laws[0]?.excerpt?.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(bad.summary).toEqual({ pass: 0, fail: 1, skip: 0, error: 0 });
  });

  test("a missing capability skips the law and names it, without touching the board", async () => {
    const board = new FakeBoard(() => expiries());
    const report = await runConformance(board, { laws: catalogue, only: ["STOP-05", "ARM-01"] });
    expect(report.laws.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
      "skip: needs nesting",
      "skip: needs timers (needs 9, has 2)",
    ]);
    expect(board.asked).toEqual([]);
  });

  test("a law that may hang a board in real time is run last, and reported in its place", async () => {
    const laws = [law({ mayHang: true }), law({ id: "STOP-05" }), law({ id: "STOP-06" })];
    const ran: string[] = [];
    const report = await runConformance(new FakeBoard(() => expiries(500)), {
      laws,
      onProgress: ({ kind, ...event }) => {
        if ("law" in event) ran.push(event.law);
      },
    });
    expect(ran).toEqual(["STOP-05", "STOP-06", "STOP-04"]);
    expect(report.laws.map(({ id }) => id)).toEqual(["STOP-04", "STOP-05", "STOP-06"]);
  });

  test("each law starts from a reset board", async () => {
    const board = new FakeBoard(() => expiries());
    await runConformance(board, { laws: catalogue, only: ["STOP-04", "READ-01"] });
    expect(board.asked).toEqual(["reset", "run", "reset", "run"]);
  });

  test.each(["program-too-large", "trace-too-large", "board-fault"] as const)(
    "%s is an error, never a fail, and the next law runs",
    async (code) => {
      const board = new FakeBoard((run) => {
        if (run === 1) throw new BoardError(code, "too much", "Make it less.");
        return expiries();
      });
      const report = await runConformance(board, {
        laws: catalogue,
        only: ["STOP-04", "READ-01"],
      });
      expect(verdicts(report)).toEqual(["STOP-04 error", "READ-01 pass"]);
      expect(report.laws[0]).toMatchObject({
        code,
        reason: `${code}: too much`,
        hint: "Make it less.",
      });
      expect(report.stopped).toBeUndefined();
    },
  );

  test("a driver that never lets the program end fails the law, and the next law runs", async () => {
    const board = new FakeBoard((run) => {
      if (run === 1) throw new BoardError("never-ends", "start(0) did not return", "A loop.");
      return expiries();
    });
    const report = await runConformance(board, { laws: catalogue, only: ["STOP-04", "READ-01"] });
    expect(verdicts(report)).toEqual(["STOP-04 fail", "READ-01 pass"]);
    expect(report.laws[0]).toMatchObject({
      reason: "start(0) did not return",
      findings: [{ message: "start(0) did not return" }],
      excerpt: [],
    });
    expect(report.summary).toMatchObject({ fail: 1, error: 0 });
  });

  test("a law that throws in its program or check is a law-fault", async () => {
    const fault = (): never => {
      throw new RangeError("oops");
    };
    const report = await runConformance(new FakeBoard(() => expiries()), {
      laws: [law({ program: fault }), law({ id: "STOP-05", check: fault })],
    });
    expect(report.laws.map(({ code, reason }) => `${code} / ${reason}`)).toEqual([
      "law-fault / law-fault: its program threw: oops",
      "law-fault / law-fault: its check threw: oops",
    ]);
  });

  test("a board that throws something else is a board-fault", async () => {
    const board = new FakeBoard(() => {
      throw new TypeError("undefined is not a function");
    });
    const report = await runConformance(board, { laws: [law()] });
    expect(report.laws[0]).toMatchObject({ verdict: "error", code: "board-fault" });
  });

  test("many findings are reported in short and kept in full", async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ message: `finding ${index}` }));
    const report = await runConformance(new FakeBoard(() => expiries()), {
      laws: [law({ check: () => many })],
    });
    expect(report.laws[0]?.reason).toBe("finding 0; finding 1; finding 2; and 397 more");
    expect(report.laws[0]?.findings).toHaveLength(400);
  });
});

describe("laws that are not wanted", () => {
  test("are skipped by request, never passed, and the board is not asked", async () => {
    const board = new FakeBoard(() => expiries());
    const report = await runConformance(board, { laws: catalogue, skip: ["stop", "ARM-01"] });
    expect(
      report.laws.map(({ id, verdict, reason = "" }) => `${id} ${verdict}: ${reason}`),
    ).toEqual([
      "STOP-04 skip: skipped by request",
      "STOP-05 skip: skipped by request",
      "ARM-01 skip: skipped by request",
      "READ-01 pass: ",
    ]);
    expect(report.summary).toEqual({ pass: 1, fail: 0, skip: 3, error: 0 });
    expect(board.asked).toEqual(["reset", "run"]);
  });

  test("have to be there", async () => {
    const run = runConformance(new FakeBoard(() => expiries()), { skip: ["STOP-99"] });
    await expect(run).rejects.toMatchObject({ code: "unknown-law" });
  });

  test("are not broken by a board that does not open", () => {
    const error = new BoardError("no-reply", "silence", "Flash it.");
    const report = unopenedReport("x", error, { laws: catalogue, skip: ["READ"] });
    expect(verdicts(report)).toEqual([
      "STOP-04 error",
      "STOP-05 error",
      "ARM-01 error",
      "READ-01 skip",
    ]);
  });
});

test("a board whose driver never lets it open keeps no law", () => {
  const error = new BoardError("never-ends", "the module did not return", "A loop.");
  const report = unopenedReport("x", error, { laws: catalogue });
  expect(report.summary).toEqual({ pass: 0, fail: 4, skip: 0, error: 0 });
  expect(report.laws[0]?.reason).toBe("the module did not return");
});

describe("a run that ends early", () => {
  const three = [law(), law({ id: "STOP-05" }), law({ id: "STOP-06" })];

  /** A board that goes away in its second run, and whose reset fails from then on for a while. */
  class Leaving extends FakeBoard {
    readonly recoveryMs: number = 400;
    #refusals = 0;

    constructor(code: BoardErrorCode, backAfter: number) {
      super((run) => {
        if (run !== 2) return expiries();
        this.#refusals = backAfter;
        throw new BoardError(code, "gone", "Plug it in.");
      });
    }

    override async reset(): Promise<void> {
      await super.reset();
      if (this.#refusals === 0) return;
      this.#refusals -= 1;
      throw new BoardError("port-not-found", "no such port", "Plug it in.");
    }
  }

  const faults = ["disconnected", "port-failed", "no-reply", "timeout", "board-reset"] as const;

  test.each(faults)("%s: a board that comes back goes on with the next law", async (code) => {
    const report = await runConformance(new Leaving(code, 2), { laws: three });
    expect(verdicts(report)).toEqual(["STOP-04 pass", "STOP-05 error", "STOP-06 pass"]);
    expect(report.laws[1]).toMatchObject({ code, hint: "Plug it in." });
    expect(report.stopped).toBeUndefined();
  });

  test.each(faults)(
    "%s: a board that does not come back within its time ends the run",
    async (code) => {
      const board = new Leaving(code, Number.POSITIVE_INFINITY);
      const report = await runConformance(board, { laws: three });
      expect(verdicts(report)).toEqual(["STOP-04 pass", "STOP-05 error", "STOP-06 error"]);
      expect(report.laws[2]).toMatchObject({
        code: "not-run",
        reason: `not run: ${code} during STOP-05`,
      });
      expect(report.stopped).toEqual({
        law: "STOP-05",
        code,
        message: "gone",
        hint: "Plug it in.",
      });
      expect(board.asked.filter((what) => what === "run")).toHaveLength(2);
    },
  );

  test.each(["closed", "version-mismatch"] as const)("%s is not waited for", async (code) => {
    const board = new Leaving(code, 0);
    const report = await runConformance(board, { laws: three });
    expect(verdicts(report)).toEqual(["STOP-04 pass", "STOP-05 error", "STOP-06 error"]);
    expect(board.asked.filter((what) => what === "reset")).toHaveLength(2);
  });

  test("a board that goes away in every law is given up after twenty recoveries", async () => {
    const many = Array.from({ length: 25 }, (_, n) => law({ id: `STOP-${n + 10}` }));
    const board = new FakeBoard(() => {
      throw new BoardError("disconnected", "gone", "Plug it in.");
    });
    const report = await runConformance(board, { laws: many });
    expect(report.laws.filter(({ code }) => code === "disconnected")).toHaveLength(21);
    expect(report.stopped).toMatchObject({ law: "STOP-30", code: "disconnected" });
  });

  test("a board that cannot be reset is lost", async () => {
    class Stuck extends FakeBoard {
      override reset(): Promise<void> {
        return Promise.reject(new BoardError("timeout", "no reply", "Reset it by hand."));
      }
    }
    const report = await runConformance(new Stuck(() => expiries()), { laws: three });
    expect(report.stopped).toMatchObject({ law: "STOP-04", code: "timeout" });
    expect(report.summary).toEqual({ pass: 0, fail: 0, skip: 0, error: 3 });
  });

  test("three link faults in a row end the run; a good law between them does not", async () => {
    const five = ["01", "02", "03", "04", "05"].map((n) => law({ id: `STOP-${n}` }));
    const fault = (): never => {
      throw new BoardError("link-unreliable", "bad frames", "Use a shorter cable.");
    };
    const bad = await runConformance(new FakeBoard(fault), { laws: five });
    expect(bad.stopped).toEqual({
      law: "STOP-03",
      code: "link-unreliable",
      message: "bad frames",
      hint: "Use a shorter cable.",
    });
    const mixed = await runConformance(new FakeBoard((run) => (run === 3 ? expiries() : fault())), {
      laws: five,
    });
    expect(mixed.stopped).toBeUndefined();
  });

  test("a silent board that does not come back is lost, during the law that it fell silent in", async () => {
    let resets = 0;
    class Silent extends FakeBoard {
      override reset(): Promise<void> {
        resets += 1;
        return resets < 2 ? Promise.resolve() : new Promise(() => {});
      }
    }
    const silent = new Silent(() => {
      throw new BoardError("timeout", "no sign of life", "Reset it by hand.");
    });
    const report = await runConformance(silent, { laws: three });
    expect(verdicts(report)).toEqual(["STOP-04 error", "STOP-05 error", "STOP-06 error"]);
    expect(report.stopped).toMatchObject({ law: "STOP-04", code: "timeout" });
    expect(resets).toBe(2);
  });

  test("stopOnError stops at the first error", async () => {
    const report = await runConformance(
      new FakeBoard(() => {
        throw new BoardError("board-fault", "bad", "hint");
      }),
      { laws: three, stopOnError: true },
    );
    expect(report.stopped).toMatchObject({ law: "STOP-04", code: "board-fault" });
  });

  test("a signal ends the run, even on a board that ignores it", async () => {
    const controller = new AbortController();
    const board = new FakeBoard((run) => {
      if (run === 1) return expiries();
      controller.abort(new BoardError("timeout", "too long", "More time."));
      return new Promise(() => {});
    });
    const report = await runConformance(board, { laws: three, signal: controller.signal });
    expect(verdicts(report)).toEqual(["STOP-04 pass", "STOP-05 error", "STOP-06 error"]);
    expect(report.stopped).toMatchObject({ law: "STOP-05", code: "timeout", message: "too long" });
  });

  test("a plain abort is `aborted`", async () => {
    const report = await runConformance(new FakeBoard(() => expiries()), {
      laws: three,
      signal: AbortSignal.abort(),
    });
    expect(report.stopped).toMatchObject({ law: "STOP-04", code: "aborted" });
  });

  test("a law that outlives its own time is a timeout", async () => {
    const board = new FakeBoard(
      (_run, options) =>
        new Promise((_, reject) => {
          options?.signal?.addEventListener("abort", () => reject(new Error("whatever")));
        }),
    );
    const report = await runConformance(board, { laws: [law()], timeoutMs: 5 });
    expect(report.laws[0]).toMatchObject({ verdict: "error", code: "timeout" });
  });
});

test("progress reports each law twice, in order", async () => {
  const seen: string[] = [];
  const onProgress = (progress: ConformanceProgress): void => {
    const id = progress.kind === "law-started" ? progress.law : progress.result.verdict;
    seen.push(`${progress.index + 1}/${progress.count} ${progress.kind} ${id}`);
  };
  await runConformance(new FakeBoard(() => expiries()), {
    laws: catalogue,
    only: ["STOP-04", "READ-01"],
    onProgress,
  });
  expect(seen).toEqual([
    "1/2 law-started STOP-04",
    "1/2 law-finished pass",
    "2/2 law-started READ-01",
    "2/2 law-finished pass",
  ]);
});

test("options are checked before the board is touched", async () => {
  const board = new FakeBoard(() => expiries());
  for (const timeoutMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const run = runConformance(board, { laws: catalogue, timeoutMs });
    await expect(run).rejects.toMatchObject({ code: "invalid-option" });
  }
  await expect(runConformance(board, { laws: catalogue, only: ["X"] })).rejects.toMatchObject({
    code: "unknown-law",
  });
  expect(board.asked).toEqual([]);
});

test("a board that could not be opened has an error for every law", () => {
  const error = new BoardError("port-busy", "p is busy", "Close the other program.");
  const report = unopenedReport("p", error, { laws: catalogue, only: ["STOP"] });
  expect(report.summary).toEqual({ pass: 0, fail: 0, skip: 0, error: 2 });
  expect(jsonReport([report])).toContain('"reason": "not run: port-busy: p is busy"');
});
