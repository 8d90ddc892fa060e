import { checkLinks } from "./checks/links.js";

// Checks a built site: node dist/check.js <folder> [base]
const [folder, base = "/"] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node dist/check.js <folder> [base]");
  process.exit(2);
}
const problems = checkLinks({ folder, base });
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
