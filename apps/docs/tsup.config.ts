import { defineConfig } from "tsup";

/** The generators run under plain Node, from the built packages, so they are built first too. */
export default defineConfig({
  entry: ["scripts/build.ts", "scripts/generate.ts", "scripts/check.ts", "scripts/readme.ts"],
  // Three folders below the root, as the shared sources of the acceptance tests expect.
  outDir: "dist",
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  skipNodeModulesBundle: true,
  silent: true,
  target: "node20",
});
