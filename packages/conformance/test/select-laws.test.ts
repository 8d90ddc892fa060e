import { expect, test } from "vitest";
import { ConformanceError, findLaw, selectLaws } from "../src/index.js";
import { catalogue, law } from "./fakes.js";

const ids = (only: readonly string[]): string[] =>
  selectLaws({ laws: catalogue, only }).map(({ id }) => id);

test("chooses in the catalogue's order, each once, in any case, by id or group", () => {
  expect(ids([])).toEqual(["STOP-04", "STOP-05", "ARM-01", "READ-01"]);
  expect(ids(["read-01", " STOP-04", "stop-04"])).toEqual(["STOP-04", "READ-01"]);
  expect(ids(["STOP", "ARM-01"])).toEqual(["STOP-04", "STOP-05", "ARM-01"]);
});

test("an unknown law is refused with the ids that come near", () => {
  try {
    ids(["STOP-0"]);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConformanceError);
    expect(error).toMatchObject({ code: "unknown-law", message: 'there is no law "STOP-0"' });
    expect((error as ConformanceError).hint).toContain("Did you mean STOP-04, STOP-05");
  }
  expect(() => ids(["quux"])).toThrow(expect.objectContaining({ code: "unknown-law" }));
});

test("two laws of one id are refused, and so is an empty catalogue", () => {
  expect(() => selectLaws({ laws: [] })).toThrow(
    expect.objectContaining({ code: "invalid-option" }),
  );
  expect(() => selectLaws({ laws: [law(), law()] })).toThrow(
    expect.objectContaining({ code: "invalid-option" }),
  );
});

test("finds one law", () => {
  expect(findLaw("arm-01", catalogue).id).toBe("ARM-01");
  expect(() => findLaw("ARM-02", catalogue)).toThrow(
    expect.objectContaining({ code: "unknown-law", hint: expect.stringContaining("ARM-01") }),
  );
});
