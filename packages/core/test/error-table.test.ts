import { describe, expect, it } from "vitest";
import { CodedError, errorTable } from "../src/index.js";

class LampError extends CodedError<"too-bright" | "broken"> {
  override readonly name = "LampError";
}

const lampErrors = errorTable(LampError, {
  tooBright: {
    code: "too-bright",
    message: "{percent} % is too bright",
    hint: "At most {most} %.",
  },
  broken: { code: "broken", message: "It is broken", hint: "Change it." },
});

describe("a table of errors", () => {
  it("puts values in place of the names", () => {
    const error = lampErrors.tooBright({ percent: 90, most: 80 });
    expect(error).toBeInstanceOf(LampError);
    expect(error.name).toBe("LampError");
    expect([error.code, error.message, error.hint]).toEqual([
      "too-bright",
      "90 % is too bright",
      "At most 80 %.",
    ]);
  });

  it("takes braces in a value as they are", () => {
    expect(lampErrors.tooBright({ percent: "{most}", most: 1 }).message).toBe(
      "{most} % is too bright",
    );
  });

  it("keeps a cause, and has none where none is given", () => {
    const cause = new Error("dark");
    expect(lampErrors.broken({}, { cause }).cause).toBe(cause);
    expect("cause" in lampErrors.broken()).toBe(false);
  });

  it("keeps the rows for documentation", () => {
    expect(lampErrors.rows.broken.hint).toBe("Change it.");
  });

  it("asks for every name at compile time", () => {
    // @ts-expect-error `most` is missing
    expect(lampErrors.tooBright({ percent: 1 }).hint).toBe("At most {most} %.");
  });
});
