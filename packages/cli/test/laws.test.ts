import { expect, test } from "vitest";
import { run } from "./fakes.js";

test("the catalogue by groups", async () => {
  const { code, out } = await run("laws");
  expect(code).toBe(0);
  expect(out).toBe(`READ
  READ-01  reads something

STOP
  STOP-04  stops in its own handler

2 laws. \`escapement laws <id>\` prints one with its origin.
`);
  expect((await run("laws stop")).out).not.toContain("READ-01");
});

test("one law with everything there is to say", async () => {
  expect((await run("laws read-01")).out).toBe(`READ-01  reads something

  There is a record.

  rules   READ-01
  needs   nothing beyond a timer
  origin  a test
          another test

  escapement conform sim --only READ-01
`);
});

test("as JSON an array of { id, title, statement, origin, needs }", async () => {
  const all = JSON.parse((await run("laws --json")).out);
  expect(all).toHaveLength(2);
  expect(JSON.parse((await run("laws STOP-04 --json")).out)).toEqual([
    {
      id: "STOP-04",
      title: "stops in its own handler",
      statement: "A timer stopped by its own handler does not fire again.",
      origin: ["a test"],
      needs: ["nesting", "mask"],
    },
  ]);
});
