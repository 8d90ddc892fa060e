/*
 * Searches every bug under the law that owns it and writes the shortest schedule that shows it into
 * src/shortest.ts. Needs the build; build again afterwards.
 *
 *   node scripts/shortest.mjs
 */
import { writeFile } from "node:fs/promises";
import { bugTarget, museum, searchForBug } from "../dist/index.js";

const lines = [];
for (const bug of museum) {
  const { finding } = searchForBug(await bugTarget(bug), bug);
  if (finding === undefined) console.log(`${bug.name}: not found, a plain run has to show it`);
  else lines.push(`  "${bug.name}": { schedule: "${finding.schedule}", value: ${finding.value} },`);
}
await writeFile(
  new URL("../src/shortest.ts", import.meta.url),
  `/** How each bug shows; written by \`scripts/shortest.mjs\`, held by the tests. */
export const shortest: Readonly<Record<string, { schedule: string; value: number }>> = {
${lines.join("\n")}
};
`,
);
console.log(`${lines.length} of ${museum.length} found by the search`);
