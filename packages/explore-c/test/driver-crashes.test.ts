import { readFileSync } from "node:fs";
import { cacheFolder, compileDriver, folderCache, npmClang } from "@escapement/board-c";
import { selectLaws } from "@escapement/conformance";
import { type ExploreFinding, explore, lawCases } from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { cTarget } from "../src/index.js";

const example = readFileSync(
  new URL("../../board-c/examples/delta_list.c", import.meta.url),
  "utf8",
);

const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };

const helpers = `#include <assert.h>
struct node { struct node *next; int value; };
static struct node *volatile list; static void (*volatile call)(void); static volatile int zero, flag;
static int deeper(int n) { volatile char room[4096]; room[n & 7] = 1; return deeper(n + 1) + room[0]; }
static int unused(int n) { return deeper(n) + zero + flag + list->value + (call != 0); }
`;

/** A sound driver, but for what its interrupt, or its `start`, does first. */
const driver = (body: string, head = /static void on_compare\(void\) \{/): string =>
  example.replace(head, `${helpers}$&\n  ${body}`);

async function unitsOf(source: string) {
  const read = (path: string) => (path.endsWith("d.c") ? source : undefined);
  const made = await compileDriver({ files: ["d.c"], read }, tools, { wordBytes: 0 });
  const target = cTarget(made, { profile: "avr16" });
  const cases = selectLaws({ only: ["ARM-02"] }).flatMap((law) =>
    lawCases(law, target).slice(0, 1),
  );
  const { units } = await explore([{ target, cases }], {
    limits: { bound: 0, pointsMax: 20_000, stopAtFirst: true },
  });
  return units;
}

async function findingsOf(source: string): Promise<readonly ExploreFinding[]> {
  const units = await unitsOf(source);
  // A crash is the driver's, and no trouble of the search.
  expect(units.flatMap(({ error }) => error ?? [])).toEqual([]);
  return units.flatMap(({ findings }) => findings);
}

interface Crash {
  readonly source: string;
  /** What crashes, as it stands in the source. */
  readonly body: string;
  readonly kind: string;
  readonly said: string;
  /** The innermost call. */
  readonly frame: RegExp;
}

/** The first finding is that crash, at its line, with its calls. */
async function expectFound({ source, body, kind, said, frame }: Crash): Promise<void> {
  const [found] = await findingsOf(source);
  expect(found?.kind).toBe(kind);
  expect(found?.message).toContain(said);
  const at = body === "deeper(0);" ? "static int deeper" : body;
  const line = source.split(at)[0]?.split("\n").length;
  expect(found?.source).toMatchObject({ file: "d.c", line });
  expect(found?.stack?.[0]).toMatch(frame);
}

describe("a driver that crashes, or never returns, is a finding with its place in the source", () => {
  it.each([
    ["a null pointer", "list->value = 1;", "livelock", "a null pointer is written (address 4)"],
    ["a null function pointer", "call();", "livelock", "a pointer is called that is no function's"],
    [
      "a wild store",
      "*(volatile int *)((char *)list + 0x7fffff00) = 1;",
      "livelock",
      "0x7fffff00 is written",
    ],
    ["a division by zero", "flag = 1 / zero;", "livelock", "divided by zero"],
    ["an assertion", "assert(flag == 1);", "livelock", "the assertion flag == 1 does not hold"],
    ["a full stack", "deeper(0);", "livelock", "the stack is full"],
    [
      "a handler that never returns, without an access",
      "for (;;) {}",
      "livelock",
      "rounds of loops in one call",
    ],
    ["one that reads what nobody writes", "while (!flag) {}", "deadlock", "waits"],
    ["one that looks at the chip", "for (;;) esc_chip_read_counter();", "deadlock", "waits"],
    [
      "one that masks",
      "for (;;) esc_chip_restore(esc_chip_save_and_mask());",
      "livelock",
      "20000 points",
    ],
  ])("%s", async (_, body, kind, said) => {
    const source = driver(body);
    await expectFound({ source, body, kind, said, frame: /^(?:on_compare|deeper) d\.c:/ });
  });
});

describe("so is a call that crashes, or never returns", () => {
  it.each([
    ["a null pointer", "list->value = 1;", "livelock", "a null pointer is written (address 4)"],
    ["a null function pointer", "call();", "livelock", "a pointer is called that is no function's"],
    ["a full stack", "deeper(0);", "livelock", "the stack is full"],
    ["a loop without an access", "for (;;) {}", "livelock", "rounds of loops in one call"],
    ["a loop that reads what nobody writes", "while (!flag) {}", "deadlock", "waits"],
    ["a loop that looks at the chip", "for (;;) esc_chip_read_counter();", "deadlock", "waits"],
  ])("%s", async (_, body, kind, said) => {
    const source = driver(body, /static esc_result start\(.*\{/);
    await expectFound({ source, body, kind, said, frame: /^(?:start|deeper) d\.c:/ });
  });
});

describe("a loop that only is long is no finding", () => {
  const long = (rounds: string) => `for (volatile unsigned i = 0; i < ${rounds}; i++) {}`;
  const head = /static esc_result start\(.*\{/;

  it.each([
    ["millions of rounds", long("3000000u")],
    ["two delays, one after the other, that are alike", `${long("1500000u")} ${long("1500000u")}`],
  ])("%s", async (_, body) => {
    expect(await findingsOf(driver(body, head))).toEqual([]);
  });

  it("one that is too long to be searched is cut, and the report says that it is not known", async () => {
    const units = await unitsOf(driver(long("4000000000u"), head));
    expect(units.flatMap(({ findings }) => findings)).toEqual([]);
    const [error] = units.flatMap(({ error }) => error ?? []);
    expect(error?.code).toBe("endless-program");
    expect(error?.message).toMatch(/cut after 8000000 rounds of loops, at d\.c:\d+ in start/);
  });

  it.each([
    "for (volatile unsigned i = 0; i < 1000; i = (i + 1) % 300) {}",
    "for (volatile unsigned i = 0;; i = (i + 1) % 300) {}",
  ])("a circle in which everything comes again is one, however long it is: %s", async (body) => {
    const source = driver(body, head);
    const [found] = await findingsOf(source);
    const line = source.split(body)[0]?.split("\n").length;
    expect(found).toMatchObject({ kind: "livelock", source: { file: "d.c", line } });
    expect(found?.message).toContain("rounds of loops in one call");
  });
});
