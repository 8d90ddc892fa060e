import { type Board, type Program, program, type TimerDriver } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { createSimBoard, FLAG_COMPARE, FLAG_OVERFLOW, SimChip, simProfiles } from "../src/index.js";

/** Where the driver loops, touching the chip. */
type Place = "start" | "stop" | "interrupt" | "service" | "handler-start" | "nowhere";

/** A driver of one timer that looks at the flags forever in one place, and catches what it can. */
function looping(chip: SimChip, place: Place): TimerDriver {
  const forEver = (): void => {
    for (;;) void chip.flags;
  };
  let ring: ((scheduled: number) => void) | undefined;
  let due = 0;
  chip.connect({
    overflow: () => chip.clearFlags(FLAG_OVERFLOW),
    compare: () => {
      chip.clearFlags(FLAG_COMPARE);
      if (place === "interrupt") forEver();
      ring?.(due);
    },
  });
  chip.enable(FLAG_COMPARE);
  let starts = 0;
  return {
    capacity: 1,
    maxDelayTicks: 60_000,
    now: () => chip.counter,
    create: (_spec, onExpiry) => {
      ring = onExpiry;
      return {};
    },
    start: () => {
      starts += 1;
      if (place === "start" || (place === "handler-start" && starts === 2)) forEver();
      due = chip.counter + 500;
      chip.compare = due;
      return "armed";
    },
    stop: () => {
      if (place === "stop") forEver();
      return "idle";
    },
    deinit: () => {},
    active: () => false,
    service: () => {
      if (place === "service") forEver();
      return 0;
    },
    deinitAll: () => {},
  };
}

const boardOf = (place: Place, accessesMax = 10_000): Board =>
  createSimBoard({ accessesMax, driver: (chip) => looping(chip, place) });

/** A program that comes by every place. */
const everywhere: Program = program(({ main, timer }) => {
  const t = timer({ mode: "one-shot", period: 500 });
  t.handler.when(1).start(t);
  main.start(t).sleep(2_000).stop(t).service();
});

describe("a driver that touches the chip forever", () => {
  it.each([
    ["start", "start(0) did not return: more than 10000 accesses to the chip in one call"],
    ["stop", "stop(0) did not return"],
    ["service", "service() did not return"],
    ["interrupt", "sleep() did not return: more than 10000 accesses to the chip in one interrupt"],
    ["handler-start", "start(0), in the handler of timer 0, did not return"],
  ] as const)(
    "in %s ends the run with never-ends, and the board is as new",
    async (place, text) => {
      const board = boardOf(place);
      await expect(board.run(everywhere)).rejects.toMatchObject({
        code: "never-ends",
        message: expect.stringContaining(text),
      });
      // The end of an iteration serves what is queued, so that this driver loops there again.
      const next = board.run(program(({ main }) => main.mark(1).mark(2)));
      if (place === "service") await expect(next).rejects.toThrow("the clearing away");
      else expect((await next).records).toHaveLength(3);
    },
  );

  it("is not one that only works long: the same program, without the loop", async () => {
    const { records } = await boardOf("nowhere").run(everywhere);
    expect(records.filter(({ kind }) => kind === "expiry")).toHaveLength(2);
  });

  it("cannot go on by catching what ends it", async () => {
    const board = createSimBoard({
      accessesMax: 1_000,
      driver: (chip) => ({
        ...looping(chip, "nowhere"),
        start: () => {
          try {
            for (;;) void chip.flags;
          } catch {
            void chip.flags;
          }
          return "armed";
        },
      }),
    });
    await expect(board.run(everywhere)).rejects.toMatchObject({ code: "never-ends" });
  });

  it("is ended while the board is put up", () => {
    const boot = (): Board =>
      createSimBoard({
        accessesMax: 1_000,
        driver: (chip) => {
          while (chip.flags === 0 || chip.counter < 1e9);
          return looping(chip, "nowhere");
        },
      });
    expect(boot).toThrow(expect.objectContaining({ code: "never-ends" }));
  });
});

it("many short calls, reads back to back and hours of interrupts are no loop", async () => {
  const board = createSimBoard({ accessesMax: 40 });
  const long = program(({ main, timer }) => {
    const t = timer({ mode: "periodic", period: 900 });
    main.start(t).readMany(5_000).sleep(4_000_000).spin(100_000).stop(t).readMany(1_000);
  });
  const { records } = await board.run(long);
  expect(records.filter(({ kind }) => kind === "expiry").length).toBeGreaterThan(4_000);
});

it("whoever uses a chip without a program may wait as long as he likes", () => {
  const chip = new SimChip(simProfiles.avr16.chip, { accessesMax: 10 });
  while (chip.counter < 1_000);
  expect(chip.counter).toBeGreaterThanOrEqual(1_000);
});
