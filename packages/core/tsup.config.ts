import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/audit.ts"],
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  sourcemap: true,
  clean: true,
  splitting: false,
  target: "node20",
  // Puts the numbers of the state's layout into the code: each access is then one addition less.
  esbuildOptions: (options) => {
    options.minifySyntax = true;
  },
});
