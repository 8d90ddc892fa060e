import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type FirmwareImage, unoImage } from "@escapement/firmware";
import { type FirmwareBug, findFirmwareBug, firmwarePatch } from "./firmware-bugs.js";
import { museumErrors } from "./museum-errors.js";
import { patchedSources } from "./source-patch.js";

/** The folder of the firmware's package; looked for when an image is wanted, and not before. */
const firmware = () =>
  dirname(createRequire(import.meta.url).resolve("@escapement/firmware/package.json"));
const sources = () => join(firmware(), "c");
const buildScript = () => join(firmware(), "scripts/build.mjs");

/** The C sources that a bug changes, by their name under `packages/firmware/c`, as they are with it. */
export function patchedCSources(bug: FirmwareBug): ReadonlyMap<string, string> {
  return patchedSources(bug.name, firmwarePatch(bug), (file) => {
    const path = join(sources(), file);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  });
}

/**
 * The Uno's image with a C bug, built by avr-gcc from the patched sources: once, and again when the sources, the
 * patch, the build or the compiler change.
 *
 * @throws MuseumError `unknown-bug`, `not-in-c`, `patch-failed`, `no-compiler`, `does-not-compile`.
 */
export function patchedFirmware(name: string): FirmwareImage {
  const changed = patchedCSources(findFirmwareBug(name));
  const cached = join(firmware(), "build/patched", `${name}-${hashOf(name, changed)}`);
  if (existsSync(cached)) return unoImage({ folder: cached });
  const scratch = mkdtempSync(join(tmpdir(), "escapement-"));
  try {
    const [c, out] = [join(scratch, "c"), join(scratch, "image")];
    cpSync(sources(), c, { recursive: true });
    for (const [file, text] of changed) writeFileSync(join(c, file), text);
    build(name, c, out);
    const image = unoImage({ folder: out });
    keep(out, cached);
    return image;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Of everything that an image is made of. */
function hashOf(name: string, changed: ReadonlyMap<string, string>): string {
  const { status, stdout } = spawnSync("avr-gcc", ["--version"], { encoding: "utf8" });
  if (status !== 0) throw museumErrors.noCompiler({ name });
  const hash = createHash("sha256").update(stdout);
  for (const file of ["build.mjs", "toolchain.mjs"])
    hash.update(readFileSync(join(firmware(), "scripts", file)));
  const folder = sources();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hash.update(path.slice(folder.length)).update(readFileSync(path));
  }
  for (const [file, text] of changed) hash.update(file).update(text);
  return hash.digest("hex").slice(0, 16);
}

function build(name: string, c: string, out: string): void {
  const args = [buildScript(), "--sources", c, "--out", out];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status === 3) throw museumErrors.noCompiler({ name });
  if (status !== 0) throw museumErrors.doesNotCompile({ name }, { cause: new Error(stderr) });
}

/** A cache that cannot be written, or was by another process at the same time, only costs time. */
function keep(out: string, cached: string): void {
  const whole = `${cached}.${process.pid}-${Math.trunc(performance.now() * 1000)}`;
  try {
    cpSync(out, whole, { recursive: true });
    renameSync(whole, cached);
  } catch {
    rmSync(whole, { recursive: true, force: true });
  }
}
