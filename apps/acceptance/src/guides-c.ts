import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GuideBlock } from "./guides.js";
import { root } from "./workspace.js";

const compiler = "gcc";

/** Folder of the firmware's C sources. */
const firmware = join(root, "packages/firmware/c");

/** Flags under which the C of the guides has to be silent. */
const strictFlags = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion"] as const;

/** The headers of the made-up chip, named to the build. */
export const tk16Flags = [
  '-DESC_PORT_HEADER="esc_port_tk16.h"',
  '-DESC_BOARD_HEADER="esc_board_tk16.h"',
] as const;

/** The line that installs the compiler, for the name of a skipped test. */
export const gccInstall = "apt-get install -y --no-install-recommends gcc libc6-dev";

/** Whether there is a gcc. */
export function hasGcc(): boolean {
  return spawnSync(compiler, ["--version"]).status === 0;
}

/** The file name that a block of C is to be saved under. */
export function fileNameOf(block: GuideBlock): string | undefined {
  const mark = block.marks.find((each) => each.startsWith("file: "));
  return mark?.slice("file: ".length);
}

/** Puts the guides' files and the made-up chip into a folder. */
export function writeSources(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, code] of files) writeFileSync(join(folder, name), code);
  for (const name of ["tk16.c", "tk16.h"]) {
    copyFileSync(join(root, "docs/guides/tk16", name), join(folder, name));
  }
}

/** Runs gcc in a folder, over the firmware's sources or a copy of them; returns what it had to say, which should be nothing. */
export function gcc(folder: string, args: readonly string[], sources = firmware): string {
  const { status, stderr } = spawnSync(
    compiler,
    [...strictFlags, "-I.", `-I${sources}/hal`, `-I${sources}/agent`, ...args],
    { cwd: folder, encoding: "utf8", timeout: 500_000 },
  );
  return status === 0 ? stderr : `exit ${status}\n${stderr}`;
}

/** The C files of the HAL or of the agent. */
export function firmwareSources(folder: "hal" | "agent"): string[] {
  const names = readdirSync(join(firmware, folder)).filter((name) => name.endsWith(".c"));
  return names.map((name) => join(firmware, folder, name));
}

/** Builds the agent for the made-up chip; returns the path of the program. */
export function buildAgent(folder: string, files: ReadonlyMap<string, string>): string {
  writeSources(folder, files);
  const said = gcc(folder, [
    "-O2",
    ...tk16Flags,
    ...["board.c", "main.c", "tk16.c"],
    ...firmwareSources("hal"),
    ...firmwareSources("agent"),
    ...["-o", "tk16"],
  ]);
  if (said !== "") throw new Error(said);
  return join(folder, "tk16");
}
