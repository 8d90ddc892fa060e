import { generate } from "./site/generate-site.js";

// Before `vitepress dev`: what is wrong is reported, and the pages are shown all the same.
for (const problem of await generate({ strict: false })) console.error(problem);
