import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    // What Node takes for the same two names: a driver that does not return is ended there.
    "index.node": "src/index.node.ts",
    vitest: "src/vitest.ts",
    "vitest.node": "src/vitest.node.ts",
    node: "src/node.ts",
    // A thread loads these by their place beside the others.
    "board-thread": "src/node/board-thread.ts",
    "vite-loader": "src/node/vite-loader.ts",
  },
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  sourcemap: true,
  clean: true,
  target: "node20",
});
