import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { replayRace, searchRaces, setUp } from "../src/index.js";
import { programOf } from "./compiled.js";
import { expectedFindings, optionsOf, shownFinding } from "./expectation.js";
import { programsPage, type SearchedProgram } from "./programs-page.js";

const folder = fileURLToPath(new URL("programs/", import.meta.url));
const page = fileURLToPath(new URL("../../../docs/race-programs.md", import.meta.url));
const names = readdirSync(folder).filter((name) => /\.(c|cpp|ino)$/.test(name));
const searched: SearchedProgram[] = [];

describe("programs that say what has to be found", () => {
  it("are many, and not all of them have something", () => {
    const clean = names.filter((name) =>
      /^\/\/ find nothing$/m.test(readFileSync(folder + name, "utf8")),
    );
    expect(names.length).toBeGreaterThanOrEqual(150);
    expect(clean.length).toBeGreaterThanOrEqual(45);
  });

  it.each(names)("%s", async (name) => {
    const text = readFileSync(folder + name, "utf8");
    const { limits, setup: given } = optionsOf(text);
    const setup = setUp(await programOf([folder + name], limits.wordBytes), given);
    const result = await searchRaces(setup, { limits: { ...limits, timeSeconds: 600 } });
    const { findings, cut } = result;
    expect(findings.map(shownFinding).sort()).toEqual(expectedFindings(text));
    expect(cut).toBeUndefined();
    for (const finding of findings) {
      const shown = replayRace(setup, finding.schedule, limits).findings.map(shownFinding);
      expect(shown, `the replay of ${finding.schedule}`).toContain(shownFinding(finding));
    }
    searched.push({ name, text, result });
  });

  it("are on their page, with what was found", async ({ skip }) => {
    skip(searched.length < names.length, "not all of them were run, or one failed");
    await expect(programsPage(searched)).toMatchFileSnapshot(page);
  });
});
