import { BoardError } from "@escapement/scenario";
import { beforeAll, expect, test } from "vitest";
import {
  type BoardReport,
  jsonReport,
  junitReport,
  type Styler,
  terminalTable,
  unopenedReport,
} from "../../src/index.js";
import { catalogue } from "../fakes.js";
import { exampleReports } from "./reports.js";

let reports: readonly BoardReport[] = [];
beforeAll(async () => {
  reports = await exampleReports();
});

const commandFor = (board: string, law: string): string =>
  `escapement conform ${board} --only ${law}`;

test("terminal: laws by boards, skips, failures with their command, counts", () => {
  expect(terminalTable(reports, { commandFor })).toMatchInlineSnapshot(`
    "                                     sim:
                                         avr16    uno
    STOP-04  stopped by its own handler  ✓ pass   ✗ fail
    STOP-05  needs nesting               ✓ pass   - skip
    ARM-01   needs many timers           ✓ pass   - skip
    READ-01  holds                       ✓ pass   ! error

    - skip STOP-05 on uno: needs nesting
    - skip ARM-01 on uno: needs timers (needs 9, has 2)

    ✗ STOP-04 fails on uno: 2 expiries, expected exactly 1
      law: A periodic timer stopped by its own handler does not fire again.
           0.0 us  iteration, variable = 0
          31.3 us  timer 0 fires, due 31.3 us [in interrupt]
        > 62.4 us  timer 0 fires, due 62.4 us [in interrupt]
      again: escapement conform uno --only STOP-04

    ! uno: READ-01: trace-too-large: no room� <640>
      hint: Less & less.

    sim:avr16  4 laws:   4 pass   0 fail   0 skip   0 error
    uno        4 laws:   0 pass   1 fail   2 skip   1 error
    "
  `);
});

test("terminal: looks never change the layout, and narrow terminals break titles only", () => {
  const styler: Styler = (role, text) => `<${role}>${text}</>`;
  const styled = terminalTable(reports, { styler });
  expect(styled).toContain("<fail>✗ fail</>");
  expect(styled.replace(/<\/?(pass|fail|skip|error|title|quiet)?>/g, "")).toBe(
    terminalTable(reports),
  );
  const narrow = terminalTable(reports, { columns: 40 });
  expect(narrow).toMatch(/\nSTOP-04 {2}stopped by +✓ pass {3}✗ fail\n {9}its own\n {9}handler\n/);
  expect(terminalTable(reports, { columns: 30 })).toContain("\nSTOP-04  ✓ pass   ✗ fail\n");
  expect(terminalTable([])).toBe("No laws were run.\n");
});

test("terminal: laws that no board was asked are counted, not listed", () => {
  const error = new BoardError("port-not-found", "There is no port a0", "Plug it in.");
  const unopened = unopenedReport("a0", error, { laws: catalogue });
  expect(terminalTable([unopened])).toBe(`No laws were run.

! a0: 4 laws: not run: port-not-found: There is no port a0
  hint: Plug it in.

a0  4 laws:   0 pass   0 fail   0 skip   4 error
`);
  expect(terminalTable([...reports, unopened])).toContain("READ-01  holds");
});

test("json: the exact shape, the same bytes each time, no times", async () => {
  expect(JSON.parse(jsonReport(reports))).toEqual({
    $schema: "https://escapement-timers.github.io/escapement/schema/conform-1.schema.json",
    version: 1,
    boards: [
      {
        board: "sim:avr16",
        laws: [
          { id: "STOP-04", verdict: "pass" },
          { id: "STOP-05", verdict: "pass" },
          { id: "ARM-01", verdict: "pass" },
          { id: "READ-01", verdict: "pass" },
        ],
        summary: { pass: 4, fail: 0, skip: 0, error: 0 },
      },
      {
        board: "uno",
        laws: [
          { id: "STOP-04", verdict: "fail", reason: "2 expiries, expected exactly 1" },
          { id: "STOP-05", verdict: "skip", reason: "needs nesting" },
          { id: "ARM-01", verdict: "skip", reason: "needs timers (needs 9, has 2)" },
          { id: "READ-01", verdict: "error", reason: "trace-too-large: no room\u0007 <640>" },
        ],
        summary: { pass: 0, fail: 1, skip: 2, error: 1 },
      },
    ],
  });
  expect(jsonReport(await exampleReports())).toBe(jsonReport(reports));
});

test("junit: a golden document that keeps to the Ant schema", () => {
  const xml = junitReport(reports, { timestamp: "2026-01-31T12:00:00.123Z", hostname: "bench" });
  expect(xml).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite name="sim:avr16" package="escapement" id="0" timestamp="2026-01-31T12:00:00" hostname="bench" tests="4" failures="0" errors="0" skipped="0" time="6.000">
        <properties>
          <property name="counterBits" value="16"/>
          <property name="frequencyHz" value="1000000"/>
          <property name="timers" value="16"/>
          <property name="capabilities" value="mask nesting"/>
        </properties>
        <testcase name="STOP-04 stopped by its own handler" classname="escapement.sim:avr16" time="1.500"/>
        <testcase name="STOP-05 needs nesting" classname="escapement.sim:avr16" time="1.500"/>
        <testcase name="ARM-01 needs many timers" classname="escapement.sim:avr16" time="1.500"/>
        <testcase name="READ-01 holds" classname="escapement.sim:avr16" time="1.500"/>
        <system-out></system-out>
        <system-err></system-err>
      </testsuite>
      <testsuite name="uno" package="escapement" id="1" timestamp="2026-01-31T12:00:00" hostname="bench" tests="4" failures="1" errors="1" skipped="2" time="6.000">
        <properties>
          <property name="counterBits" value="16"/>
          <property name="frequencyHz" value="16000000"/>
          <property name="timers" value="2"/>
          <property name="capabilities" value="mask"/>
        </properties>
        <testcase name="STOP-04 stopped by its own handler" classname="escapement.uno" time="1.500">
          <failure message="2 expiries, expected exactly 1" type="fail">A periodic timer stopped by its own handler does not fire again.
    law: https://escapement-timers.github.io/escapement/laws/STOP-04.html
    - 2 expiries, expected exactly 1
       0.0 us  iteration, variable = 0
      31.3 us  timer 0 fires, due 31.3 us [in interrupt]
    &gt; 62.4 us  timer 0 fires, due 62.4 us [in interrupt]</failure>
        </testcase>
        <testcase name="STOP-05 needs nesting" classname="escapement.uno" time="1.500">
          <skipped message="needs nesting"/>
        </testcase>
        <testcase name="ARM-01 needs many timers" classname="escapement.uno" time="1.500">
          <skipped message="needs timers (needs 9, has 2)"/>
        </testcase>
        <testcase name="READ-01 holds" classname="escapement.uno" time="1.500">
          <error message="trace-too-large: no room� &lt;640&gt;" type="trace-too-large">Less &amp; less.</error>
        </testcase>
        <system-out></system-out>
        <system-err></system-err>
      </testsuite>
    </testsuites>
    "
  `);
});
