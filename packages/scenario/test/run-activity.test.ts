import { describe, expect, it } from "vitest";
import { ProgramRun, type ProgramTools, program } from "../src/index.js";
import { FakeWorld } from "./fake-world.js";

/** What is under way whenever the program looks at the clock, outermost first, as `level op`. */
function looksOf(build: (tools: ProgramTools) => void): readonly string[] {
  const world = new FakeWorld();
  const seen: string[] = [];
  const { machine } = world;
  const run: ProgramRun<unknown> = new ProgramRun<unknown>({
    program: program(build),
    driver: world.driver as never,
    machine: {
      ...machine,
      stamp: () => {
        const words = run.activities.map(({ context, doing }) => `${context} ${doing.op}`);
        if (words.length > 0) seen.push(words.join(" > "));
        return machine.stamp();
      },
    },
  });
  while (run.step());
  expect(run.activities).toEqual([]);
  return [...new Set(seen)];
}

describe("activities of a run", () => {
  it("are the operation under way, and the handler and the operation that interrupt it", () => {
    const looks = looksOf(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 10 });
      t.handler.stop(t);
      main.start(t).sleep(50);
    });
    expect(looks).toEqual([
      "0 init",
      "0 start",
      "0 sleep",
      "0 sleep > 1 handler",
      "0 sleep > 1 handler > 1 stop",
    ]);
  });

  it("name what leaves no record: unrecorded operations, quiet handlers, the second interrupt", () => {
    const looks = looksOf(({ main, timer, interrupt }) => {
      const t = timer({ mode: "one-shot", period: 10, quiet: true });
      const second = interrupt();
      second.handler.read();
      main.repeat(1, (body) => body.start(t).interrupt(second, 20).sleep(50));
    });
    expect(looks).toEqual([
      "0 init",
      "0 start",
      "0 interrupt",
      "0 sleep",
      "0 sleep > 1 handler",
      "0 sleep > 1 second-interrupt",
      "0 sleep > 1 second-interrupt > 1 read",
    ]);
  });

  it("end with an operation that throws", () => {
    const looks = looksOf(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 10 });
      main.deinit(t).start(t).stop(t);
    });
    expect(looks).toEqual(["0 init", "0 deinit", "0 start", "0 stop"]);
  });
});
