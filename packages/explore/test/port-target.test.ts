import { createSimBoard, type SimChip } from "@escapement/board-sim";
import { findLaw, runConformance } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { CaseSearch, lawCases, portTarget, World } from "../src/index.js";
import { testLimits } from "./fixtures/small-targets.js";
import {
  racyStatusPort,
  type StatusPort,
  soundStatusPort,
  statusChip,
} from "./fixtures/status-port.js";

const ports = { sound: soundStatusPort, racy: racyStatusPort };

/** The kinds of finding of the first case of a law in which a search finds anything. */
function firstFound(name: keyof typeof ports, id: string, sharing: boolean, bound: number) {
  const make = ports[name];
  const port = sharing ? make : (chip: SimChip) => make(chip);
  const target = portTarget({ name, chip: statusChip, port });
  const world = new World(target, 20_000);
  for (const subject of lawCases(findLaw(id), target)) {
    const search = new CaseSearch(world, subject, { ...testLimits, bound, stopAtFirst: true });
    const { findings } = search.run();
    if (findings.length > 0) return findings.map(({ kind }) => kind);
  }
  return [];
}

describe("a port with a status register that clears on reading", () => {
  it.each(["sound", "racy"] as const)("%s: holds every law of a run", async (name) => {
    const board = createSimBoard({ name, chip: statusChip, port: (chip) => ports[name](chip) });
    const { summary } = await runConformance(board);
    expect(summary).toMatchObject({ fail: 0, error: 0 });
    expect(summary.pass).toBeGreaterThan(100);
  });

  it("racy: a search of the port finds the race on what it keeps, with one move", () => {
    expect(firstFound("racy", "READ-07", true, 1)).toEqual(["race"]);
  });

  it("racy: without share the search finds the broken law, with two moves", () => {
    expect(firstFound("racy", "READ-07", false, 2)).toEqual(["law"]);
  });

  it("sound: a search finds nothing", () => {
    expect(firstFound("sound", "READ-07", true, 1)).toEqual([]);
    expect(firstFound("sound", "READ-08", true, 1)).toEqual([]);
  });
});

describe("portTarget", () => {
  it("refuses a slack out of range, as every target does", () => {
    const port = ports.sound;
    expect(() => portTarget({ name: "x", chip: statusChip, port, slackTicks: 65 })).toThrow(
      /slackTicks is 65/,
    );
  });

  it("makes a new port for each run, on the chip that it describes", () => {
    let made = 0;
    const port: StatusPort = (chip, share) => {
      made += 1;
      expect(chip.shape.counterBits).toBe(16);
      return ports.sound(chip, share);
    };
    const target = portTarget({ name: "counted", chip: statusChip, port });
    const world = new World(target, 20_000);
    const [subject] = lawCases(findLaw("READ-13"), target);
    if (subject === undefined) throw new Error("READ-13 has no case");
    const before = made;
    world.run(subject.program, []);
    world.run(subject.program, []);
    expect(made).toBe(before + 2);
  });
});
