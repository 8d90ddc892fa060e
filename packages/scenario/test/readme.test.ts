import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import * as scenario from "../src/index.js";

it("README's session prints what README says", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = "", printed = ""] =
    /```ts\n(.*?)```\n\nIt prints:\n\n```\n(.*?)```/s.exec(readme) ?? [];
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const body = outputText.replace(
    /import (\{[^}]*\}) from "@escapement\/scenario";/,
    "const $1 = scenario;",
  );
  const lines: string[] = [];
  const log = (value: unknown) => {
    const words = (value as readonly string[]).map?.((word) => `'${word}'`);
    lines.push(
      words === undefined || typeof value === "string" ? `${value}` : `[ ${words.join(", ")} ]`,
    );
  };
  const run = new Function("scenario", "console", `return (async () => {${body}})();`);
  await run(scenario, { log });
  expect(printed).not.toBe("");
  expect(`${lines.join("\n")}\n`).toBe(printed);
});
