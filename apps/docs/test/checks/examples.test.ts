import { describe, expect, it } from "vitest";
import { checkExamples } from "../../../acceptance/src/compile-examples.js";

// That the real ones compile is part of the build, and so of every test of the built site.
describe("examples are compiled", () => {
  it("control: a right one passes and a wrong one is reported with its place", () => {
    const right = 'import { TimerHal } from "@escapement/core";\nexport const make = TimerHal;\n';
    const wrong = 'import { TimerHal } from "@escapement/core";\nnew TimerHal(5);\n';
    const problems = checkExamples([
      { where: "docs/guides/right.md:3", code: right },
      { where: "docs/guides/wrong.md:7", code: wrong },
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^docs\/guides\/wrong\.md:7: .*not assignable/);
  });

  it("control: no examples at all is a problem", () => {
    expect(checkExamples([])).toHaveLength(1);
  });

  it("control: a module that is not there is reported", () => {
    const code = 'import { nothing } from "@escapement/nothing";\nnothing();\n';
    expect(checkExamples([{ where: "README.md:1", code }])).toHaveLength(1);
  });
});
