import { commandHelp, commandSections, helpSections } from "escapement";
import { expect, it } from "vitest";
import { cliPage, runCommand } from "../scripts/cli/cli-page.js";

it("has every command, option, example, board form and exit code that the command prints", () => {
  const { text } = cliPage();
  const shown = [...helpSections(), ...commandHelp.flatMap(commandSections)];
  const rows = shown.flatMap(({ rows }) => rows);
  expect(rows.length).toBeGreaterThan(60);
  // In a table a bar is escaped, in a block of code it is not.
  const has = (written: string) =>
    [written, written.replaceAll("|", "\\|")].some((each) => text.includes(each));
  expect(rows.filter(([written]) => !has(written))).toEqual([]);
  for (const { name } of commandHelp) expect(text).toContain(`## escapement ${name}`.trimEnd());
  expect(text).toContain("error[unknown-board]");
});

it("has nothing that the built command does not print", () => {
  const help = commandHelp
    .map(({ name }) => runCommand(...name.split(" ").filter((word) => word !== ""), "--help"))
    .join("");
  const { text } = cliPage();
  const options = [...new Set(text.split("## Sessions")[0]?.match(/`--[a-z-]+/g) ?? [])];
  expect(options.length).toBeGreaterThan(30);
  for (const option of options) expect(help).toContain(option.slice(1));
});
