import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { junitReport, randomJunitReport } from "../../src/index.js";
import { randomReports } from "./random-reports.js";
import { exampleReports } from "./reports.js";

const schema = fileURLToPath(new URL("../fixtures/junit.xsd", import.meta.url));
const hasXmllint = spawnSync("xmllint", ["--version"]).error === undefined;
const required = process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";

function validate(xml: string): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), "escapement-junit-"));
  try {
    const file = join(folder, "report.xml");
    writeFileSync(file, xml);
    return spawnSync("xmllint", ["--noout", "--schema", schema, file], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasXmllint && !required)(
  "JUnit schema (needs xmllint: apt-get install -y libxml2-utils)",
  () => {
    test("a report with every verdict is valid", async () => {
      expect(execFileSync("xmllint", ["--version"], { stdio: "pipe" })).toBeDefined();
      const result = validate(junitReport(await exampleReports()));
      expect(result.stderr).toMatch(/report\.xml validates/);
      expect(result.status).toBe(0);
    });

    test("a report of random programs, with a failure and an early end, is valid", async () => {
      const result = validate(randomJunitReport(await randomReports()));
      expect(result.stderr).toMatch(/report\.xml validates/);
      expect(result.status).toBe(0);
    });

    test("control: a report without its counts is not", async () => {
      const xml = junitReport(await exampleReports()).replace(/ failures="\d+"/, "");
      expect(validate(xml).status).not.toBe(0);
    });
  },
);
