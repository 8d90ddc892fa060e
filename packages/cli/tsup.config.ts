import { cpSync } from "node:fs";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    main: "src/main.ts",
    // The thread of a user's board loads this by its place beside the others.
    "module-board": "src/boards/module-board.ts",
  },
  format: ["esm"],
  tsconfig: "tsconfig.build.json",
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  // The museum in it is a patched HAL for each bug; nobody steps through those.
  sourcemap: false,
  clean: true,
  target: "node20",
  // The museum is private: it goes into the command, one file a bug.
  noExternal: ["@escapement/bug-museum"],
  // Each is below the window of gzip (32 kB) only without spaces: then all take little more room than one.
  esbuildOptions: (options) => {
    options.minifyWhitespace = true;
  },
  onSuccess: async () =>
    cpSync("../../apps/bug-museum/patches/c", "dist/patches/c", { recursive: true }),
});
