import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/main.ts"],
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  // The museum in it is a patched HAL for each bug; nobody steps through those.
  sourcemap: false,
  clean: true,
  target: "node20",
  // The museum is private: it goes into the command, one file a bug.
  noExternal: ["@escapement/museum"],
});
