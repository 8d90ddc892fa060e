import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const BYTES_MAX = 400_000;

/** The files of the published package: those that the manifest names, and what npm adds. */
function publishedFiles(): string[] {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return ["package.json", "README.md", ...manifest.files].flatMap((path: string) => {
    if (!statSync(join(root, path)).isDirectory()) return [path];
    return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
  });
}

it(`the package is the sources and one image, under ${BYTES_MAX} bytes unpacked`, () => {
  const files = publishedFiles();
  expect(files).toEqual(expect.arrayContaining(["c/hal/esc_hal.h", "c/agent/esc_agent.c"]));
  expect(files.filter((path) => path.endsWith(".hex"))).toEqual(["assets/escapement-uno.hex"]);
  const bytes = files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
  expect(bytes).toBeGreaterThan(200_000);
  expect(bytes).toBeLessThan(BYTES_MAX);
});

it.each(["hal/esc_hal.h", "agent/esc_agent.h", "agent/esc_board.h"])(
  "c/%s declares C functions to a C++ program, too",
  (header) => {
    const text = readFileSync(join(root, "c", header), "utf8");
    const [begin, end] = [/^extern "C" \{\n#endif$/m, /^#ifdef __cplusplus\n\}\n#endif$/m].map(
      (pattern) => text.search(pattern),
    );
    const declared = [...text.matchAll(/^\w[\w *]* \*?esc_\w+\(.*$/gm)].map(({ index }) => index);
    expect(declared.length).toBeGreaterThan(0);
    for (const at of declared) {
      expect(at).toBeGreaterThan(begin ?? Number.POSITIVE_INFINITY);
      expect(at).toBeLessThan(end ?? 0);
    }
  },
);
