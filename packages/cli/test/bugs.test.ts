import { museum } from "@escapement/bug-museum";
import { expect, test } from "vitest";
import { runBuilt } from "./child.js";
import { run } from "./fakes.js";

test("the list has every bug with its law and where it was", async () => {
  const { code, out } = await run("bugs");
  expect(code).toBe(0);
  for (const { name, owner, title } of museum) {
    const row = out.split("\n").find((line) => line.startsWith(`${name} `));
    expect(row).toContain(owner);
    expect(row).toContain(title);
  }
  expect(out).toContain(`${museum.length} bugs.`);
  const rows = JSON.parse((await run("bugs --json")).out).bugs;
  expect(rows.map(({ name }: { name: string }) => name)).toEqual(museum.map(({ name }) => name));
});

test.each(["zephyr-18728", "ganssle-high-word"])(
  "%s is brought back, found, drawn in 15 lines, replayed, and gone without its change",
  async (name) => {
    const owner = museum.find((bug) => bug.name === name)?.owner ?? "";
    const { code, out } = await run(`bugs ${name}`);
    expect(out).toMatch(new RegExp(`^${name}: .+\n`));
    expect(out).toMatch(
      new RegExp(
        `With the bug, ${owner} on \\S+ fails after .*, (in the plain run|by one with \\d moves?): e1:\\S*\n`,
      ),
    );
    expect(out).toMatch(
      /\nWithout it, [\d ]+ schedules? of \d+ cases? within bound 2: 0 findings\n$/,
    );
    expect(code).toBe(0);
    const drawn = out.split("\n").filter((line) => /^ {2}/.test(line));
    const first = drawn.findIndex((line) => line.startsWith(`  ${owner} with value`));
    const again = drawn.findIndex((line) => line.startsWith("  again: "));
    expect(again - first).toBeGreaterThan(4);
    expect(again - first).toBeLessThanOrEqual(15);
    const line = drawn[again]?.replace("  again: escapement ", "") ?? "";
    const replayed = await run(line);
    // The same question as the search's, and the same result: the bug is found.
    expect(replayed.code).toBe(code);
    expect(replayed.out).toMatch(/fingerprint [0-9a-f]{8}\n✗ /);
    expect((await run(line)).out).toBe(replayed.out);
  },
);

test("pico-750 needs the time that accesses take: it is shown on the simulated board", async () => {
  const { code, out } = await run("bugs pico-750");
  expect(code).toBe(0);
  expect(out).toContain("No schedule within bound 2 shows it");
  expect(out).toMatch(/✗ STOP-25 fails on sim:avr16 with pico-750: /);
  expect(out).toMatch(/\nWithout the bug, STOP-25 on sim:avr16 holds\n$/);
});

test("a schedule that does not show the bug does not find it: exit 1", async () => {
  const { code, out } = await run("bugs zephyr-18728 --value 0 --schedule e1:");
  expect(out).toMatch(/\n✓ \S+ holds in this run\n$/);
  expect(code).toBe(1);
});

test.each([
  ["bugs zephyr-1872", "unknown-bug", "zephyr-18728"],
  ["bugs nosuch", "unknown-bug", "`escapement bugs` lists all"],
  ["bugs a b", "invalid-argument", "escapement bugs"],
  ["bugs zephyr-18728 --bound 9", "invalid-option", "--bound 2"],
  ["bugs zephyr-18728 --value 3", "invalid-option", "--schedule"],
  ["bugs zephyr-18728 --value 0 --schedule e9:", "schedule-version", "release"],
  ["bugs zephyr-18728 --value 0 --schedule e1:99999w", "schedule-mismatch", "program"],
])("`%s` is a usage error: %s", async (line, code, hint) => {
  const { code: exit, out, err } = await run(line);
  expect(err).toMatch(new RegExp(`^error\\[${code}\\]: .+\n`));
  expect(err).toContain(hint);
  expect({ exit, out }).toEqual({ exit: 2, out: "" });
});

test("the built command has the museum in it", async () => {
  const { code, out, err } = await runBuilt(["bugs", "zephyr-18728", "--bound", "1"]);
  expect(err).toBe("");
  expect(out).toContain("zephyr-18728");
  expect(code).toBe(0);
});
