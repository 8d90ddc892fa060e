import { expect, test } from "vitest";
import { lawEnv } from "../src/index.js";
import { description } from "./fakes.js";

test("microseconds become whole ticks, rounded up, at least 1", () => {
  const slow = lawEnv(description({ frequencyHz: 32_768, counterBits: 24 }));
  expect([slow.us(0), slow.us(1), slow.us(500), slow.us(1_000_000)]).toEqual([1, 1, 17, 32_768]);
  expect(lawEnv(description({ frequencyHz: 125_000_000 })).us(0.5)).toBe(63);
});

test("a beat is 500 us, or longer where operations are slow", () => {
  expect(lawEnv(description()).beat).toBe(500);
  const slow = { lateTicks: 10, minDeltaTicks: 3, opTicks: 100 };
  expect(lawEnv(description({ latencies: slow })).beat).toBe(2_020);
  const coarse = { lateTicks: 1, minDeltaTicks: 3, opTicks: 1 };
  expect(lawEnv(description({ frequencyHz: 1_000, latencies: coarse })).beat).toBe(24);
});

test("a lap of the counter, for every width", () => {
  expect(lawEnv(description({ counterBits: 3 })).lap).toBe(8);
  expect(lawEnv(description({ counterBits: 32 })).lap).toBe(4_294_967_296);
});
