import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/main.ts", "src/worker.ts"],
  format: ["esm"],
  // The mutation tool, the compiler and the test runner are used as they are installed.
  skipNodeModulesBundle: true,
  sourcemap: false,
  clean: true,
  target: "node20",
});
