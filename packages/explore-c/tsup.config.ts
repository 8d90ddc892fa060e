import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "target-module": "src/driver/target-module.ts" },
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  sourcemap: true,
  clean: true,
  target: "node20",
});
