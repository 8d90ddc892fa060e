import { unoImage } from "@escapement/firmware";
import { describe, expect, it } from "vitest";
import { type Pace, Runner, UnoEmulator } from "../src/index.js";
import { makeMachine } from "../src/machine.js";
import { halt, image, nop, rjmp } from "./support/assemble.js";
import { echoImage } from "./support/echo.js";
import { until } from "./support/wait.js";

function echoRunner(options: { pace?: Pace; sleepWhenIdle?: boolean } = { sleepWhenIdle: true }) {
  const emulator = new UnoEmulator({ hex: echoImage });
  const runner = new Runner(emulator, options);
  const received: number[] = [];
  runner.onBytes = (bytes) => received.push(...bytes);
  return { emulator, runner, received };
}

describe("Runner", () => {
  it("sleeps once the firmware waits for the host, and wakes for a byte", async () => {
    const { emulator, runner, received } = echoRunner();
    runner.start();
    await until(() => !runner.awake);
    const asleepAt = emulator.cycles;
    expect(asleepAt).toBeLessThan(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(emulator.cycles).toBe(asleepAt);
    runner.receive(Uint8Array.of(1, 2, 3));
    expect(runner.awake).toBe(true);
    await until(() => !runner.awake);
    expect(received).toEqual([1, 2, 3]);
  });

  it("takes the same cycles whatever the host does in between", async () => {
    const play = async (turns: number) => {
      const { emulator, runner, received } = echoRunner();
      runner.start();
      for (let round = 1; round <= 20; round += 1) {
        for (let turn = 0; turn < (round * turns) % 7; turn += 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        runner.receive(Uint8Array.of(round, round, round));
        await until(() => received.length === 3 * round);
      }
      await until(() => !runner.awake);
      return { cycles: emulator.cycles, hash: emulator.memoryHash(), received };
    };
    expect(await play(3)).toEqual(await play(0));
  });

  it("stays awake while it owes a frame, but not for ever", async () => {
    const { emulator, runner, received } = echoRunner();
    runner.start();
    await until(() => !runner.awake);
    // The echo's reply has no type byte, so it does not count as one.
    runner.receive(Uint8Array.of(1, 0));
    const before = emulator.cycles;
    await until(() => !runner.awake);
    expect(received).toEqual([1, 0]);
    expect(emulator.cycles - before).toBeGreaterThan(16_000_000);
    expect(emulator.cycles - before).toBeLessThan(17_000_000);
  });

  it("takes an alive frame for a sign of life, not for the result", async () => {
    const { emulator, runner } = echoRunner();
    runner.start();
    await until(() => !runner.awake);
    const before = emulator.cycles;
    runner.receive(Uint8Array.of(6, 0xfe, 1, 1, 2, 3, 0));
    await until(() => !runner.awake);
    expect(emulator.cycles - before).toBeGreaterThan(16_000_000);
    const returned = emulator.cycles;
    runner.receive(Uint8Array.of(6, 0x81, 1, 1, 2, 3, 0));
    await until(() => !runner.awake);
    expect(emulator.cycles - returned).toBeLessThan(20_000);
  });

  it("keeps running where it may never sleep, until it is stopped", async () => {
    const { emulator, runner } = echoRunner({ sleepWhenIdle: false });
    runner.start();
    await until(() => emulator.cycles > 1_000_000);
    runner.stop();
    const stopped = emulator.cycles;
    await new Promise((resolve) => setImmediate(resolve));
    expect(emulator.cycles).toBe(stopped);
    expect(runner.awake).toBe(false);
  });

  it("lets a firmware sleep that is the shipped one, or comes with its symbols", async () => {
    const { hex, symbols } = unoImage();
    const fault = (error: unknown): void => {
      throw error;
    };
    for (const options of [{}, { hex, symbols }]) {
      const { runner } = makeMachine(options, fault);
      runner.start();
      await until(() => !runner.awake);
      runner.stop();
    }
    const { emulator, runner } = makeMachine({ hex }, fault);
    runner.start();
    await until(() => emulator.cycles > 1_000_000);
    expect(runner.awake).toBe(true);
    runner.stop();
  });

  it("gives a byte to a firmware that never waits for one after an eighth of a second", async () => {
    const emulator = new UnoEmulator({ hex: image([nop, rjmp(-2)]) });
    const runner = new Runner(emulator);
    runner.start();
    runner.receive(Uint8Array.of(1));
    await until(() => emulator.cycles > 3_000_000);
    runner.stop();
    expect(emulator.idle).toBe(false);
  });

  it("keeps to real time within what the host allows: never ahead by more than a slice", async () => {
    const { emulator, runner } = echoRunner({ pace: "real-time" });
    const start = performance.now();
    runner.start();
    await until(() => emulator.cycles > 160_000);
    const elapsedCycles = (performance.now() - start) * 16_000;
    runner.stop();
    expect(emulator.cycles).toBeLessThan(elapsedCycles + 100);
  });

  it("reports an error of the emulator once, and stops", async () => {
    // ldi r16, 3; out TCCR0A, r16; ldi r16, 1; out TCCR0B, r16: a PWM mode.
    const hex = image([[0xe003], [0xbd04], [0xe001], [0xbd05], halt]);
    const faults: unknown[] = [];
    const runner = new Runner(new UnoEmulator({ hex }), { onFault: (error) => faults.push(error) });
    runner.start();
    await until(() => faults.length > 0);
    expect(faults).toEqual([expect.objectContaining({ code: "board-fault" })]);
    expect(runner.awake).toBe(false);
  });
});
