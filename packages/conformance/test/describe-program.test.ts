import { program } from "@escapement/scenario";
import { expect, test } from "vitest";
import { describeProgram } from "../src/index.js";

test("a program as text: sweep, timers with their handlers, lists, thread", () => {
  const example = program(({ main, timer, interrupt, sweep, variable }) => {
    const t = timer({ mode: "periodic", period: 1_000 });
    const soft = timer({ mode: "one-shot", period: variable(3), dispatch: "soft", quiet: true });
    const other = interrupt();
    t.handler.when(2).stop(t);
    other.handler.stopSync(t, 40).setPeriod(t, 1);
    sweep({ from: 5, count: 8, step: 2 });
    main.start(t).capture(1).startAt(soft, { register: 1, back: 2, delta: variable() });
    main.interrupt(other, 20).readMany(16).phase(65_000).mark(4);
    main.repeat(1, (list) => list.sleep(10_000)).repeat(3, (list) => list.mask().restore());
  });
  expect(`\n${describeProgram(example, 2_000_000).join("\n")}`.replaceAll("\u202f", " ")).toBe(`
for v = 5 to 19 in steps of 2, 8 iterations
timer 0: periodic, every 1 000 ticks (500 us)
  only at entry 2:
  stop 0
timer 1: one-shot, after v + 3 ticks, soft callback, counted, not recorded
second interrupt, list 0:
  stopSync 0, for at most 40 ticks (20 us)
  setPeriod 0 to 1 tick (500 ns)
thread:
  start 0
  capture into register 1
  startAt 1, register 1 - 2 ticks (1 us) + v ticks
  interrupt 0 in 20 ticks (10 us)
  readMany, 16 times
  phase, counter to 65 000
  mark 4
  unrecorded:
    sleep 10 000 ticks (5 ms)
  3 times, unrecorded:
    mask
    restore`);
});
