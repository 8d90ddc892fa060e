import { basename } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { manifestOf } from "../src/manifest.js";
import { makeScratch, packAll, type Scratch } from "../src/pack.js";
import { listFiles, packageFolders } from "../src/workspace.js";

let scratch: Scratch;
let tarballs: readonly string[];

beforeAll(() => {
  scratch = makeScratch("pack");
  tarballs = packAll(scratch.path).map((path) => basename(path));
});

afterAll(() => scratch?.remove());

it("`pnpm -r pack` packs each published package, and nothing private", () => {
  const expected = packageFolders.map((folder) => {
    const { name, version } = manifestOf(folder);
    return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
  });
  expect([...tarballs].sort()).toEqual(expected.sort());
});

it("private packages have no version, which is what pnpm leaves out", () => {
  const folders = listFiles(/^(packages|apps)\/[^/]+\/package\.json$|^package\.json$/).map((path) =>
    path.slice(0, -"package.json".length),
  );
  const ours: readonly string[] = packageFolders;
  const others = folders.filter((folder) => !ours.includes(folder.replace(/\/$/, "")));
  expect(others.length).toBeGreaterThan(3);
  for (const folder of others) {
    expect(manifestOf(folder), folder).toMatchObject({ private: true });
    expect(manifestOf(folder).version, folder).toBeUndefined();
  }
});
