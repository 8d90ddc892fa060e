import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    firmware: "src/firmware.ts",
    evidence: "src/evidence/index.ts",
    "c-hal": "src/c-hal/index.ts",
    "c-hal-module": "src/c-hal/module.ts",
  },
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  // The patched HALs are most of it; nobody steps through those.
  sourcemap: false,
  clean: true,
  target: "node20",
});
