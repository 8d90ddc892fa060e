import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/main.ts", "src/worker.ts"],
  format: ["esm"],
  sourcemap: false,
  clean: true,
  target: "node20",
});
