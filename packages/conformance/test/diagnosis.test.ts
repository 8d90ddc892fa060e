import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import { TimerHal, type TimerPort } from "@escapement/core";
import { type Board, type BoardSemantics, halDriver } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { makeBrokenBoard, makeListBoard } from "../../../apps/bug-museum/src/second-hal/boards.js";
import { brokenBoards } from "../../../apps/bug-museum/src/second-hal/broken-boards.js";
import {
  type BoardReport,
  htmlReport,
  jsonReport,
  junitReport,
  runConformance,
  terminalTable,
} from "../src/index.js";

/** A board with our HAL on a port that is bent. */
function bentBoard(name: SimProfileName, bend: (port: TimerPort) => Partial<TimerPort>): Board {
  const profile = simProfiles[name];
  return createSimBoard({
    profile,
    port: (chip) => {
      const port = profile.port(chip);
      return { ...port, ...bend(port) };
    },
  });
}

/** A board on which no interrupt ever reaches the HAL. */
function deafBoard(profile: SimProfileName): Board {
  const driver = (_chip: unknown, port: TimerPort) =>
    halDriver((onError) => new TimerHal(port, { capacity: 16, onError }));
  return createSimBoard({ profile, driver });
}

/** A counter that is read `ticks` ahead, and a compare that is written as much too low. */
const earlyBy =
  (ticks: number, lap: number) =>
  (port: TimerPort): Partial<TimerPort> => ({
    readCounter: () => (port.readCounter() + ticks) % lap,
    setCompare: (value) => port.setCompare((value - ticks + lap) % lap),
  });

const lateBy =
  (ticks: number, lap: number) =>
  (port: TimerPort): Partial<TimerPort> => ({
    setCompare: (value) => port.setCompare((value + ticks) % lap),
  });

describe("many laws that fall by one cause are reported by it", () => {
  it.each(["avr16", "stm32", "prescaled8"] as const)("no handler ever ran: %s", async (profile) => {
    const { diagnosis, summary } = await runConformance(deafBoard(profile));
    expect(summary.fail).toBeGreaterThan(100);
    expect(diagnosis?.kind).toBe("no-handler-ran");
    expect(diagnosis?.message).toMatch(/^no handler ever ran: [\d\s]+ starts in all laws together/);
    expect(diagnosis?.laws.length).toBeGreaterThan(90);
  });

  it.each([
    ["avr16", false],
    ["systick24", false],
    ["prescaled8", false],
    ["avr16", true],
  ] as const)("every wrong reading is whole laps off: %s", async (profile, isPending) => {
    const board = bentBoard(profile, () => ({ overflowPending: () => isPending }));
    const { diagnosis } = await runConformance(board, { only: ["READ"] });
    expect(diagnosis?.kind).toBe("whole-laps-off");
    const lap = 2 ** simProfiles[profile].chip.counterBits;
    expect(diagnosis?.message).toContain(`(of ${lap} ticks)`);
    expect(diagnosis?.laws).toContain("READ-09");
  });

  it("every handler is early by the same, or late by the same", async () => {
    const early = await runConformance(bentBoard("rtc24", earlyBy(5, 2 ** 24)));
    expect(early.diagnosis).toMatchObject({ kind: "handlers-early" });
    expect(early.diagnosis?.message).toContain("by about the same: 5 ticks");
    const late = await runConformance(bentBoard("rp2040", lateBy(35, 2 ** 32)));
    expect(late.diagnosis).toMatchObject({ kind: "handlers-late" });
    expect(late.diagnosis?.message).toMatch(/3[5-9] ticks .*the board states 5 ticks/);
  });
});

describe("there is no diagnosis where there is no such cause", () => {
  it.each(Object.keys(simProfiles) as SimProfileName[])("on a sound board: %s", async (profile) => {
    expect((await runConformance(createSimBoard({ profile }))).diagnosis).toBeUndefined();
    expect((await runConformance(makeListBoard(profile))).diagnosis).toBeUndefined();
  });

  /** Bugs of the extension itself: what is wrong there is off by a lap, as the diagnosis says. */
  const ofWraps = /wrap|high-word/;
  /** Bugs that other systems document as what they do. */
  const alike: Readonly<Record<string, Partial<BoardSemantics>>> = {
    "refuse-ignored": { pastDeadline: "fires" },
    "equal-deadlines-reversed": { equalDeadlines: "lifo" },
    "start-without-partial-tick": { partialTick: "given-away" },
    "queued-soft-runs-after-stop": { queuedOnStop: "delivered" },
    "release-leaves-soft-waiting": { queuedOnStop: "delivered" },
    "late-arming-overtakes": { overdue: "by-deadline" },
    "late-reported-after-arming": { relativeStart: "armed-or-late" },
  };
  /** Without a mask an interrupt comes between the reads of the counter and of its flag. */
  const byLaps = ["masking does nothing"];
  const others = brokenBoards.filter(({ name }) => !ofWraps.test(name));

  it.each(others.map((broken) => [broken.name, broken] as const))(
    "on a board that is broken otherwise: %s",
    async (_name, broken) => {
      const { diagnosis } = await runConformance(makeBrokenBoard(broken));
      expect(diagnosis?.semantics).toEqual(alike[broken.name]);
      const differs = alike[broken.name] === undefined ? undefined : "differs";
      expect(diagnosis?.kind).toBe(byLaps.includes(broken.name) ? "whole-laps-off" : differs);
    },
  );
});

describe("a diagnosis is in every report", () => {
  async function report(): Promise<BoardReport> {
    return runConformance(deafBoard("rp2040"), { only: ["STOP", "ARM"] });
  }

  it("opens the terminal's table", async () => {
    const text = terminalTable([await report()]);
    expect(text).toMatch(
      /^✗ sim:rp2040: no handler ever ran: .*\n {2}It explains \d+ laws\.\n {2}hint: /,
    );
    const sound = await runConformance(createSimBoard({ profile: "rp2040" }), {
      only: ["STOP-01"],
    });
    expect(terminalTable([sound])).not.toContain("It explains");
  });

  it("is a field of the JSON, a property of the JUnit, and a section of the HTML", async () => {
    const made = await report();
    const json = JSON.parse(jsonReport([made])) as { boards: { diagnosis?: { kind: string } }[] };
    expect(json.boards[0]?.diagnosis?.kind).toBe("no-handler-ran");
    expect(junitReport([made])).toMatch(/<property name="diagnosis" value="no handler ever ran: /);
    const page = htmlReport([made]);
    expect(page.indexOf("<h2>Diagnosis</h2>")).toBeGreaterThan(0);
    expect(page.indexOf("<h2>Diagnosis</h2>")).toBeLessThan(page.indexOf("<h2>Boards</h2>"));
    const sound = await runConformance(createSimBoard({ profile: "rp2040" }), {
      only: ["STOP-01"],
    });
    for (const text of [jsonReport([sound]), junitReport([sound]), htmlReport([sound])]) {
      expect(text).not.toMatch(/diagnosis/i);
    }
  });
});
