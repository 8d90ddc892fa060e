import { describe, expect, it } from "vitest";
import { checkExamples } from "../src/compile-examples.js";
import { collectExamples } from "../src/examples.js";

describe("examples", () => {
  const examples = collectExamples();

  it("there are some in every package", () => {
    const packages = new Set(
      examples.map((example) => example.where.split("/").slice(0, 2).join("/")),
    );
    for (const name of [
      "core",
      "scenario",
      "timeline",
      "board-sim",
      "board-serial",
      "board-uno",
      "board-micropython",
      "conformance",
    ]) {
      expect(packages).toContain(`packages/${name}`);
    }
  });

  it("compile as they stand", () => {
    expect(checkExamples(examples)).toEqual([]);
  });

  it("control: a wrong example does not", () => {
    const code = 'import { TimerHal } from "@escapement/core";\nnew TimerHal(5);\n';
    const problems = checkExamples([{ where: "control", code }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("control: ");
  });

  it("control: having none is a problem, too", () => {
    expect(checkExamples([])).toHaveLength(1);
  });
});
