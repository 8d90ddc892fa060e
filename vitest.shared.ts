import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const source = (path: string) => file(`packages/${path}`);

/** Tests read the sources of every package, so that a change needs no rebuild to be seen. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: "@escapement/conformance/vitest",
        replacement: source("conformance/src/vitest.node.ts"),
      },
      { find: "@escapement/conformance/node", replacement: source("conformance/src/node.ts") },
      { find: /^@escapement\/conformance$/, replacement: source("conformance/src/index.node.ts") },
      { find: "@escapement/explore/node", replacement: source("explore/src/node.ts") },
      {
        find: /^@escapement\/bug-museum\/firmware$/,
        replacement: file("apps/bug-museum/src/firmware.ts"),
      },
      { find: /^@escapement\/bug-museum$/, replacement: file("apps/bug-museum/src/index.ts") },
      { find: "@escapement/core/audit", replacement: source("core/src/audit.ts") },
      { find: /^@escapement\/([a-z-]+)$/, replacement: source("$1/src/index.ts") },
    ],
  },
  // A limit only ends what hangs: a test takes twenty times as long on a busy machine.
  test: {
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
    include: ["test/**/*.test.ts"],
  },
});
