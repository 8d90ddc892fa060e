import { fileURLToPath } from "node:url";
import { type SimProfileName, simProfiles } from "@escapement/board-sim";
import { type Board, type Program, program } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { openCBoard } from "../src/index.js";

const polled = fileURLToPath(new URL("drivers/polled.c", import.meta.url));
const example = (name: string): string =>
  fileURLToPath(new URL(`../examples/${name}.c`, import.meta.url));

/** Waits of all lengths around a start, a stop and a periodic timer, at places all over the lap. */
function waits(board: Board, unit: number): readonly Program[] {
  const { counterBits } = board.describe();
  const lap = 2 ** counterBits;
  return [0.1, 0.37, 0.5, 0.93, 1].map((part) =>
    program(({ main, timer }) => {
      const once = timer({ mode: "one-shot", period: Math.ceil(unit * part) });
      const often = timer({ mode: "periodic", period: Math.ceil(unit * (1 - part / 2)) });
      // On a wide counter that would be a lap of two million polls.
      if (counterBits <= 24) main.phase(Math.floor(lap * part) % lap);
      main.start(once).start(often);
      main
        .sleep(Math.ceil(unit * 1.3))
        .read()
        .stop(often)
        .sleep(unit)
        .start(once)
        .sleep(2 * unit)
        .read();
    }),
  );
}

/** Under a model of hardware that is less than ideal, here by nothing at all, no time is passed over. */
async function bothWays(
  request: Parameters<typeof openCBoard>[0],
): Promise<{ readonly passing: Board; readonly whole: Board }> {
  const passing = await openCBoard(request);
  return {
    passing,
    whole: await openCBoard({ ...request, models: { latency: { maxCycles: 0 } } }),
  };
}

const cases: readonly (readonly [SimProfileName, number, readonly string[], string])[] = [
  ["stm32", 1_000_000, [], polled],
  ["stm32", 1_000_000, ["MISTAKE"], polled],
  ["rp2040", 200_000, ["POLL=1000"], polled],
  ["rtc24", 40_000_000, ["POLL=20000"], polled],
  ["systick24", 3_000_000, [], polled],
  ["avr16", 200_000, ["POLL=64"], polled],
  ["avr16", 200_000, ["POLL=64", "MISTAKE"], polled],
  ["prescaled8", 100_000, ["POLL=128"], polled],
  ["prescaled8", 300_000, ["TICK=100000"], example("tick_list")],
  ["avr16", 3_000_000, ["TICK=1000000"], example("timer_wheel")],
];

describe("time in which a driver polls and nothing happens is passed over", () => {
  test.each(cases)(
    "case %#: on %s, with waits of %i ticks and %j, the trace is the same",
    async (profile, unit, defines, file) => {
      const { passing, whole } = await bothWays({ files: [file], profile, defines });
      for (const each of waits(passing, unit)) {
        expect(await passing.run(each)).toEqual(await whole.run(each));
      }
    },
  );

  test("a whole lap of 32 bits is a few polls, not two millions", async () => {
    let readings = 0;
    const { stm32 } = simProfiles;
    const board = await openCBoard({
      files: [polled],
      profile: {
        ...stm32,
        port: (chip) => {
          const port = stm32.port(chip);
          const readCounter = (): number => {
            readings += 1;
            return port.readCounter();
          };
          return { ...port, readCounter };
        },
      },
    });
    const trace = await board.run(program(({ main }) => main.sleep(2 ** 32).read()));
    expect(trace.records).not.toEqual([]);
    expect(readings).toBeGreaterThan(10);
    expect(readings).toBeLessThan(1000);
  });
});
