import { laws } from "@escapement/conformance";
import { expect, test } from "vitest";
import { FakeIo, fakeWorld, run } from "./fakes.js";

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
  const { code, out } = await run("laws stop-06", fakeWorld(), new FakeIo(), laws);
  expect(code).toBe(0);
  expect(out).toMatch(/^STOP-06 {2}\S.*\n\n {2}Of "?removed/);
  expect(out).toMatch(/^ {2}page +https:\/\/\S+\/laws\/STOP-06\.html$/m);
  expect(out).toMatch(/\n\nThe program, for sim:avr16\n {2}.*\n/);
  expect(out).toMatch(/\n {2}thread:\n/);
  expect(out).toMatch(/\n\nWhat happens on sim:avr16, iteration 1 of \d+\n {2}.* us {2}thread /);
  expect(out).toMatch(/\n\nBugs that it rejects\n {2}freertos-stop-queued +\S/);
  expect(out).toMatch(/\n {2}escapement conform sim --only STOP-06\n {2}escapement bugs \S+\n$/);
});

test("a law that one board lacks the means for is shown on another; one of random programs without any", async () => {
  const nested = await run("laws READ-08", fakeWorld(), new FakeIo(), laws);
  expect(nested.out).toContain("The program, for sim:systick24\n");
  const random = await run("laws ANY-01", fakeWorld(), new FakeIo(), laws);
  expect(random.out).not.toContain("The program");
});

test("by words: the laws that say all of them, in their titles, statements or origins", async () => {
  const ids = async (line: string) => {
    const { out } = await run(`laws ${line} --json`, fakeWorld(), new FakeIo(), laws);
    return JSON.parse(out).laws.map(({ id }: { id: string }) => id);
  };
  const said = (...words: readonly string[]) =>
    laws.filter(({ id, title, statement, origin }) =>
      words.every((word) =>
        [id, title, statement, ...origin].join(" ").toLowerCase().includes(word),
      ),
    );
  const both = said("never", "deadline");
  expect(both.length).toBeGreaterThan(0);
  expect(await ids("Never deadline")).toEqual(both.map(({ id }) => id));
  expect(await ids("micropython")).toContain("LIFE-02");
  expect(await ids("stop")).toEqual(
    laws.map(({ id }) => id).filter((id) => id.startsWith("STOP-")),
  );
  const nothing = await run("laws no such words", fakeWorld(), new FakeIo(), laws);
  expect(nothing).toMatchObject({ code: 2, out: "" });
  expect(nothing.err).toContain('there is no law "no such words"');
});

test("as JSON with id, title, statement, origin and needs of each", async () => {
  const all = JSON.parse((await run("laws --json")).out).laws;
  expect(all).toHaveLength(2);
  expect(JSON.parse((await run("laws STOP-04 --json")).out).laws).toEqual([
    {
      id: "STOP-04",
      title: "stops in its own handler",
      statement: "A timer stopped by its own handler does not fire again.",
      origin: ["a test"],
      needs: ["nesting", "mask"],
    },
  ]);
});
