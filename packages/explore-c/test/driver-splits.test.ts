import type { SplitAccesses } from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { DriverSplits } from "../src/driver/driver-splits.js";

const names = {
  site: (site: number) => ({
    ...{ function: "code", kind: "load" as const, size: 4, at: 0, inLoop: false },
    place: { file: "d.c", line: site, column: 1 },
  }),
  cell: (cell: number) => `cell ${cell}`,
};

const WRITE = true;
const READ = false;

/** What is split where the thread makes two accesses and an interrupt one between them. */
function splitsOf(work: (splits: DriverSplits) => void): readonly SplitAccesses[] {
  const found: SplitAccesses[] = [];
  const splits = new DriverSplits(names);
  splits.restart((_, describe) => found.push(describe()));
  splits.enter(0);
  work(splits);
  splits.leave(0);
  return found;
}

function interrupt(splits: DriverSplits, write: boolean, cell = 8): void {
  splits.enter(1);
  splits.access(1, cell, 20, write, false);
  splits.leave(1);
}

describe("accesses of a driver that an interrupt comes between", () => {
  it.each([
    ["R·W·R", READ, WRITE, READ],
    ["W·W·R", WRITE, WRITE, READ],
    ["R·W·W", READ, WRITE, WRITE],
    ["W·R·W", WRITE, READ, WRITE],
  ] as const)("are %s", (pattern, first, between, last) => {
    const found = splitsOf((splits) => {
      splits.access(0, 8, 10, first, false);
      interrupt(splits, between);
      splits.access(0, 8, 11, last, false);
    });
    expect(found.map((each) => each.pattern)).toEqual([pattern]);
    expect(found[0]?.variable).toBe("cell 8");
    expect(found[0]?.accesses.map(({ place, write }) => [place.line, write])).toEqual([
      [10, first],
      [20, between],
      [11, last],
    ]);
  });

  it.each([
    ["another cell", READ, WRITE, 12, WRITE],
    ["a cell that is only read", READ, READ, 8, READ],
    ["a cell that is read, and then written from elsewhere", READ, READ, 8, WRITE],
  ] as const)("are none where it touches %s", (_, first, between, cell, last) => {
    const found = splitsOf((splits) => {
      splits.access(0, 8, 10, first, false);
      interrupt(splits, between, cell);
      splits.access(0, 8, 11, last, false);
    });
    expect(found).toEqual([]);
  });

  it("are none of two calls, one after the other", () => {
    const found = splitsOf((splits) => {
      splits.access(0, 8, 10, READ, false);
      splits.leave(0);
      interrupt(splits, WRITE);
      splits.enter(0);
      splits.access(0, 8, 11, WRITE, false);
    });
    expect(found).toEqual([]);
  });

  it("are of an interrupt, too, where another comes in", () => {
    const found = splitsOf((splits) => {
      splits.enter(1);
      splits.access(1, 8, 10, READ, false);
      splits.enter(2);
      splits.access(2, 8, 20, WRITE, false);
      splits.leave(2);
      splits.access(1, 8, 11, WRITE, false);
      splits.leave(1);
    });
    expect(found.map(({ accesses }) => accesses[0]?.context)).toEqual(["code in an interrupt"]);
  });

  it("are two pieces of one that is wider than a word", () => {
    const found = splitsOf((splits) => {
      splits.access(0, 8, 10, READ, false);
      interrupt(splits, WRITE);
      splits.piece(0, 8, 10, READ);
      splits.access(0, 10, 10, READ, false);
    });
    expect(found.map(({ pattern }) => pattern)).toEqual(["R·W·R"]);
  });
});
