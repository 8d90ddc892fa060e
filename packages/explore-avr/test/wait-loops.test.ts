import { unoImage } from "@escapement/firmware";
import { type Program, program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { AvrMachine } from "../src/avr-machine.js";
import { handlersAtOnce, readsAtTurn, stopAtExpiry } from "./support.js";

const image = unoImage();
const reference = { frequencyHz: 16_000_000, modulusTicks: 64_256 };

/** What every iteration leaves: trace, cycle and all of memory. */
function outcomes(each: Program, passWaits: boolean): string[] {
  const machine = new AvrMachine(
    { hex: image.hex, symbols: image, stock: false },
    reference,
    passWaits,
  );
  machine.load(each);
  const left: string[] = [];
  while (machine.nextIteration()) {
    const end = machine.runPlain(2 ** 28);
    const { cycles, data, pc } = machine.chip.cpu;
    left.push([end, cycles, pc, Buffer.from(data).toString("base64")].join(" "));
  }
  return left;
}

const longWaits = program(({ main, timer, sweep, variable }) => {
  const t = timer({ mode: "periodic", period: 70_001 });
  sweep({ from: 1, count: 3, step: 65_537 });
  main.start(t).sleep(variable()).mask().sleep(30_000).spin(3_000).restore().sleep(200_000).stop(t);
});

describe("waiting that is passed over", () => {
  it.each<[string, Program]>([
    ["reads at the turn", readsAtTurn().program],
    ["a stop at the expiry", stopAtExpiry().program],
    ["handlers and the second interrupt", handlersAtOnce().program],
    ["long waits, masked and not, over several laps", longWaits],
    ["a wait with signs of life", program(({ main }) => main.sleep(7_000_000))],
  ])("leaves the machine as if it had waited: %s", (_name, each) => {
    const passed = outcomes(each, true);
    expect(passed.length).toBe(each.sweep?.count ?? 1);
    expect(passed).toEqual(outcomes(each, false));
  });
});
