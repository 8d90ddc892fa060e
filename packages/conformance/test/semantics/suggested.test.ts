import { describe, expect, it } from "vitest";
import { runConformance } from "../../src/index.js";
import { eachDifference } from "./each-difference.js";
import { makeVariedBoard } from "./varied-board.js";
import type { Does } from "./varied-hal.js";

/**
 * No words are tried for these: how far a number goes is not to be guessed; one is found by laws whose
 * programs record too little for the judge; and one seldom enough for the programs of a run.
 */
const notSuggested = ["maxOverruns", "maxReferenceAgeTicks", "unreferenced", "softRearm"];
/** A board that keeps the contract shows nothing that a board which states these could not show. */
const wider = ["relativeStart", "overdue", "softRearm", "unreferenced", "partialTick"];

const without = (members: readonly string[]) =>
  eachDifference
    .filter((does) => !Object.keys(does).some((member) => members.includes(member)))
    .map((does) => ({ name: JSON.stringify(does), does }));

const reportOf = (does: Does, says: Does) => runConformance(makeVariedBoard("avr16", does, says));

/** Each difference, on a board that does not state it: one run for what both tests ask. */
const unstated = new Map<Does, ReturnType<typeof reportOf>>();
function unstatedReport(does: Does): ReturnType<typeof reportOf> {
  const report = unstated.get(does) ?? reportOf(does, {});
  unstated.set(does, report);
  return report;
}

describe("a difference that is not stated is found", () => {
  it.each(without([]))("$name", async ({ does }) => {
    expect((await unstatedReport(does)).summary.fail).toBeGreaterThan(0);
  });

  it.each(without(notSuggested))("and named, with what to state: $name", async ({ does }) => {
    const { diagnosis, laws } = await unstatedReport(does);
    expect(diagnosis).toMatchObject({ kind: "differs", semantics: does });
    const [member = "", is] = Object.entries(does)[0] ?? [];
    expect(diagnosis?.hint).toContain(`semantics: { ${member}: { is: ${JSON.stringify(is)}`);
    const failed = laws.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
    for (const id of diagnosis?.laws ?? []) expect(failed).toContain(id);
  });
});

describe("a difference that is stated and is not there is found", () => {
  it.each(without([...wider, "maxOverruns", "maxReferenceAgeTicks"]))("$name", async ({ does }) => {
    expect((await reportOf({}, does)).summary.fail).toBeGreaterThan(0);
  });
});
