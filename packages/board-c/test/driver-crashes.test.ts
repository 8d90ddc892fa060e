import { readFileSync } from "node:fs";
import { runConformance } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { cBoard, compileDriver, npmClang } from "../src/index.js";

const example = readFileSync(new URL("../examples/delta_list.c", import.meta.url), "utf8");

/** A sound driver, but for what each case does in `set_period`. */
const driver = (body: string): string =>
  example
    .replace(
      "static void boot(void)",
      `#include <assert.h>
struct node { struct node *next; int value; };
static struct node *volatile list; static void (*volatile call)(void); static volatile int zero, flag;
static int deeper(int n) { volatile char room[4096]; room[n & 7] = 1; return deeper(n + 1) + room[0]; }
static int again(int n) { return n < 0 ? 0 : again(n + 1) + again(n + 2); }
static int both(int n) { return deeper(n) + again(n); }
static esc_result set_period(esc_timer t, esc_ticks p) {
  ${body}
  return ESC_OK;
}
$&`,
    )
    .replace(".boot = boot,", "$& .set_period = set_period,");

async function reasonOf(body: string): Promise<string> {
  const request = { files: ["d.c"], hooks: "guard", read: reader(driver(body)) } as const;
  const board = cBoard(await compileDriver(request, { compiler: npmClang() }));
  const { laws } = await runConformance(board, { only: ["LIFE-03", "PER-06"] });
  // What one law ended does not keep another from its verdict.
  expect(laws.map(({ id }) => id)).toEqual(["PER-06", "LIFE-03"]);
  expect(laws[1]?.verdict).toBe("pass");
  expect(laws[0]?.verdict).toBe("fail");
  return laws[0]?.reason ?? "";
}

function reader(text: string) {
  return (path: string) => (path.endsWith("d.c") ? text : undefined);
}

describe("a driver that crashes fails its law, with the place in its source", () => {
  test.each([
    ["a null pointer", "list->value = 1;", `address 4`],
    ["a null function pointer", "call();", "a pointer is called that is no function's"],
    ["a wild store", "*(volatile int *)((char *)list + 0x7fffff00) = 1;", "0x7fffff00 is written"],
    ["a division by zero", "flag = 1 / zero;", "divided by zero"],
    ["an assertion", "assert(flag == 1);", "the assertion flag == 1 does not hold"],
    [
      "an assertion of the header",
      "esc_assert(flag == 1);",
      "the assertion flag == 1 does not hold",
    ],
    ["a full stack", "deeper(0);", "the stack is full"],
    ["an endless recursion", "again(0);", "the stack is full"],
    ["a loop that waits for nobody", "while (!flag) {}", "rounds of loops in one call"],
    ["a loop without an end", "for (;;) {}", "rounds of loops in one call"],
    ["a loop that waits for the chip", "while (!flag) esc_chip_wait();", "accesses to the chip"],
  ])("%s", async (_, body, said) => {
    const reason = await reasonOf(body);
    expect(reason).toContain(said);
    const line = driver(body).split(body)[0]?.split("\n").length;
    // The innermost place: of a full stack it is in the function that filled it.
    expect(reason).toMatch(
      said.includes("stack") ? /, at d\.c:\d+ in/ : new RegExp(`, at d\\.c:${line} in`),
    );
  });

  test("the last lines of its log are shown", async () => {
    expect(await reasonOf('esc_log("one"); esc_log("two"); esc_assert(0);')).toContain("one / two");
  });
});

/** What its interrupt does first. */
const handler = (body: string): string =>
  driver("").replace(/static void on_compare\(void\) \{/, `$&\n  ${body}`);

describe("a handler that never returns is a fail with its place in the source", () => {
  test.each([
    ["without an access", "for (;;) {}", "rounds of loops in one call"],
    [
      "that reads what nobody writes",
      "static volatile int never; while (!never) {}",
      "rounds of loops in one call",
    ],
    ["that looks at the chip", "for (;;) esc_chip_read_counter();", "accesses to the chip"],
    [
      "that waits for the chip",
      "static volatile int never; while (!never) esc_chip_wait();",
      "accesses to the chip",
    ],
    ["that masks", "for (;;) esc_chip_restore(esc_chip_save_and_mask());", "accesses to the chip"],
  ])("%s", async (_, body, said) => {
    const source = handler(body);
    const request = { files: ["d.c"], hooks: "guard", read: reader(source) } as const;
    const board = cBoard(await compileDriver(request, { compiler: npmClang() }));
    const { laws } = await runConformance(board, { only: ["ARM-02"] });
    expect(laws.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(["ARM-02 fail"]);
    const line = source.split(body)[0]?.split("\n").length;
    expect(laws[0]?.reason).toContain(said);
    expect(laws[0]?.reason).toMatch(new RegExp(`, at d\\.c:${line} in on_compare`));
  });
});
