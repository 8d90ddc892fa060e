import { expect, test } from "vitest";
import { thrownText } from "../src/index.js";

const refuse = (): never => {
  throw new RangeError("no text");
};

class NoMessage extends Error {
  override get message(): string {
    return refuse();
  }
}

test.each<[unknown, string]>([
  [new Error("boom"), "boom"],
  [new TypeError(), "TypeError"],
  ["words", "it threw words"],
  [null, "it threw null"],
  [undefined, "it threw undefined"],
  [Symbol("s"), "it threw Symbol(s)"],
  [Object.assign(new Error(), { message: 5 }), "5"],
  [{ toString: refuse }, "it threw something that has no text"],
  [Object.create(null), "it threw something that has no text"],
  [new NoMessage(), "it threw something that has no text"],
  [new Proxy({}, { getPrototypeOf: refuse }), "it threw something that has no text"],
])("what was thrown has a sentence (%#)", (thrown, text) => {
  expect(thrownText(thrown)).toBe(text);
});
