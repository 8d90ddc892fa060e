import { describe, expect, it } from "vitest";
import { cliPage, helpSections, runCommand } from "../scripts/cli/cli-page.js";

describe("the command's page comes from its help", () => {
  it("finds the sections of a help text", () => {
    const help = "tool: does things\n\nUsage\n  tool a   one\n  tool b   two\n\nA note.\n";
    expect(helpSections(help)).toEqual([
      { title: "Usage", lines: ["  tool a   one", "  tool b   two"] },
    ]);
  });

  it("has every option, board form and exit code that the command prints", () => {
    const help = runCommand("--help");
    const { text } = cliPage();
    const options = [...new Set(help.match(/--[a-z-]+/g) ?? [])];
    expect(options.length).toBeGreaterThan(8);
    expect(options.filter((option) => !text.includes(option))).toEqual([]);
    for (const { title } of helpSections(help)) expect(text).toContain(`## ${title}`);
    expect(text).toContain("error[unknown-board]");
  });
});
