import { rmSync } from "node:fs";
import { build } from "vitepress";
import { checkExamples } from "../../acceptance/src/compile-examples.js";
import { collectExamples } from "../../acceptance/src/examples.js";
import { checkLinks } from "./checks/links.js";
import { generate } from "./site/generate-site.js";
import { app, siteFolder } from "./site/paths.js";

/** Ends the build where something is wrong, and says what. */
function stopAt(step: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  console.error(`docs: ${step}\n  ${problems.join("\n  ")}`);
  process.exit(1);
}

rmSync(siteFolder, { recursive: true, force: true });
// Typedoc is a process of its own, so the examples are compiled meanwhile.
const pages = generate({ strict: true });
const examples = collectExamples();
const wrongExamples = checkExamples(examples);
stopAt("the pages cannot be made", await pages);
stopAt("examples that do not compile", wrongExamples);
await build(app);
const base = process.env.DOCS_BASE ?? "/";
stopAt("links that lead nowhere", checkLinks({ folder: siteFolder, base }));
console.log(`docs: apps/docs/dist/site, ${examples.length} examples compiled`);
