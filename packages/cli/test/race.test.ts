import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "./fakes.js";

const programs = "../../explore-c/test/programs/";
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const racy = path(`${programs}rww-lost-update.c`);
const clean = path(`${programs}rww-masked.c`);
const tooMany = path("fixtures/c/too-many-schedules.c");

describe("escapement race", () => {
  it("prints each finding in one line that begins with its place, and ends with 1", async () => {
    const { code, out } = await run(`race ${racy}`);
    expect(code).toBe(1);
    expect(out).toContain("main program app_main; h1 app_isr_1 (number 1, priority 1)");
    const lines = out.split("\n").filter((line) => line.startsWith(racy));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /rww-lost-update\.c:7:\d+: atomicity R·W·W: count in app_main, .* {2}c1:\d+h1$/,
    );
    expect(out).toContain("1 finding in ");
    expect(out).toContain("complete within 2 handlers entered");
  });

  it("the command that it prints shows the finding again, with lines of the source", async () => {
    const { out } = await run(`race ${racy}`);
    const command = /see one: escapement (.*)$/m.exec(out)?.[1] ?? "";
    expect(command).toContain("--schedule c1:");
    const replay = await run(command);
    expect(replay.code).toBe(1);
    expect(replay.out).toContain("app_isr_1 comes in");
    expect(replay.out).toContain("count++;");
    expect(replay.out).toContain("✗ atomicity: count in app_main");
    const plain = await run(`race ${racy} --schedule c1:`);
    expect([plain.code, plain.out.includes("nothing is wrong in this run")]).toEqual([0, true]);
  });

  it("ends with 0 where it searched all and found nothing, with 5 where it was cut short", async () => {
    const whole = await run(`race ${clean}`);
    expect(whole.code, whole.out).toBe(0);
    expect(whole.out).toContain("0 findings in ");
    const cut = await run(
      `race ${tooMany} --landings 8 --per-isr 8 --occurrences 1000000 --time 1`,
    );
    expect(cut.code, cut.out).toBe(5);
    expect(cut.out).toContain("cut short, as the time was up");
  });

  it("lists what it took for granted", async () => {
    const { out } = await run(`race ${path(`${programs}input-guarded.c`)}`);
    expect(out).toContain("undefined: rand returns an input: 0, 1, -1, 42, ");
    const given = await run(`race ${path(`${programs}input-values-given.c`)} --input read_pin=0,1`);
    expect([given.code, given.out.includes("read_pin returns an input: 0, 1\n")]).toEqual([
      0,
      true,
    ]);
    expect(
      (await run(`race ${path(`${programs}input-values-given.c`)} --input read_pin=0..2`)).code,
    ).toBe(1);
  });

  it("takes a word's size as the processor has it", async () => {
    const torn = path(`${programs}torn-read-one-word.c`);
    expect((await run(`race ${torn}`)).code).toBe(0);
    expect((await run(`race ${torn} --word 1`)).code).toBe(1);
  });

  it("takes main program and handlers by name, with priorities and predicates", async () => {
    const asked = path(`${programs}requested-by-a-flag.c`);
    const open = await run(`race ${asked} --main app_main --isr tick=4:2`);
    expect(open.code).toBe(1);
    expect(open.out).toContain("h1 tick (number 4, priority 2)");
    const guarded = await run(`race ${asked} --isr tick=4:2?app_requested`);
    expect(guarded.code).toBe(0);
    expect(guarded.out).toContain("requested by app_requested");
  });

  it("takes a model of registers in C or JavaScript, as conform and explore do", async () => {
    const reader = path("fixtures/c/receiver.c");
    for (const model of [path("fixtures/c/receiver_model.c"), path("fixtures/c/receiver.mjs")]) {
      const line = `race ${reader} --device 0x40001000:8=${model}`;
      const { code, out } = await run(line);
      expect(code, out).toBe(1);
      expect(out).toMatch(/receiver\.c:12:\d+: assertion: assertion failed: byte != 0 {2}c1:/);
      expect(out).toContain("shared: registers with a model");
      const again = /see one: escapement (.*)$/m.exec(out)?.[1] ?? "";
      expect(again).toContain(`--device 0x40001000:8=${model} --schedule c1:`);
      const replay = await run(again);
      expect(
        [replay.code, replay.out.includes("reads 0 of register 0x40001004")],
        replay.out,
      ).toEqual([1, true]);
      expect((await run(`${line} --define MASKED`)).code).toBe(0);
    }
  });

  it("ends with 4 where a model fails: that is no verdict on the program", async () => {
    const device = `0x40001000=${path("fixtures/c/fails.mjs")}`;
    const { code, err } = await run(`race ${path("fixtures/c/receiver.c")} --device ${device}`);
    expect([code, err], err).toEqual([4, expect.stringContaining("error[cannot-run]")]);
    expect(err).toContain("out of order");
  });

  it("writes SARIF 2.1.0 that names lines which are there", async () => {
    const { code, io } = await run(`race ${racy} --sarif race.sarif`);
    expect(code).toBe(1);
    const log = JSON.parse(io.files.get("race.sarif") ?? "");
    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toContain("sarif-2.1.0");
    const [{ tool, results }] = log.runs;
    expect(tool.driver.name).toBe("escapement race");
    expect(results).toHaveLength(1);
    const [result] = results;
    expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(["none", "note", "warning", "error"]).toContain(result.level);
    expect(result.message.text).toContain("count in app_main");
    const [{ physicalLocation }] = result.locations;
    expect(physicalLocation.region.startLine).toBe(7);
    expect(physicalLocation.artifactLocation.uri).toMatch(/rww-lost-update\.c$/);
    const steps = result.codeFlows[0].threadFlows[0].locations;
    expect(
      steps.map((step: { location: { message: { text: string } } }) => step.location.message.text),
    ).toEqual(["app_main reads", "app_isr_1 writes", "app_main writes"]);
  });

  it("writes JSON and a page with each finding drawn", async () => {
    const { io, out } = await run(`race ${racy} --json out.json --html out.html`);
    const json = JSON.parse(io.files.get("out.json") ?? "");
    expect(json.findings[0]).toMatchObject({
      kind: "atomicity",
      variable: "count",
      pattern: "R·W·W",
    });
    expect(json.handlers[0].name).toBe("app_isr_1");
    const page = io.files.get("out.html") ?? "";
    expect(page).toContain("<svg");
    expect(page).toContain("count in app_main");
    expect(out).not.toContain("<svg");
    const toStdout = await run(`race ${racy} --json`);
    expect(JSON.parse(toStdout.out).coverage.runs).toBe(json.coverage.runs);
  });

  it.each([
    ["race", "no C file was named"],
    ["race no-such.c", "error[no-such-source]: no-such.c cannot be read"],
    [`race ${racy} --isr count`, "error[invalid-argument]: the program has no function count"],
    [`race ${racy} --isr 7=7`, "--isr"],
    [`race ${racy} --main nobody`, "the program has no function nobody"],
    [`race ${racy} --device 7`, "--device"],
    [`race ${racy} --device 7=tim9`, "--device"],
    [`race ${racy} --device 7=./no-such.c`, "error[no-such-source]"],
    [`race ${racy} --device 7=${racy}`, "is no model of registers: it lacks esc_device_bytes"],
    [`race ${racy} --device 7=./no-such.mjs`, "error[bad-device]"],
    [`race ${racy} --input rand=x`, "--input"],
    [`race ${racy} --input rand=1`, "the program has no function rand"],
    [`race ${racy} --model nothing`, "the program has no variable nothing"],
    [`race ${racy} --word 3`, "--word"],
    [`race ${racy} --schedule e1:3c`, "error[bad-schedule]"],
    [`race ${racy} --schedule c9:3h1`, "error[schedule-version]"],
    [`race ${racy} --schedule c1:9999h1`, "error[schedule-mismatch]"],
    [`race ${path("fixtures/hello.mjs")}`, "error["],
  ])("%s is refused with exit code 2", async (line, text) => {
    const { code, err } = await run(line);
    expect(err).toContain(text);
    expect(code).toBe(2);
  });
});
