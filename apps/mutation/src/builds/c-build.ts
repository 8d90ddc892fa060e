import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cMutants } from "../mutants/c-mutants.js";
import { withSwitches } from "../mutants/c-switches.js";
import { type Mutant, withMutant } from "../mutants/mutant.js";
import { rootFile } from "../root-file.js";

const run = promisify(execFile);

/** Where the sources of the firmware are. */
const firmwareFolder = rootFile("packages/firmware/c");
const ownFolder = rootFile("apps/mutation/c");

/** The sources of the C HAL, by name. */
export function halSources(): ReadonlyMap<string, string> {
  const folder = join(firmwareFolder, "hal");
  const names = readdirSync(folder).filter((name) => /\.[ch]$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** What is built of the firmware. */
export interface CProgram {
  /** Its name. */
  readonly name: string;
  /** Folders under `packages/firmware/c` whose C files belong to it. */
  readonly folders: readonly string[];
  /** Own files, of `apps/mutation/c`. */
  readonly own: readonly string[];
  /** Flags of its own. */
  readonly flags: readonly string[];
}

/** The host's own main, in whose place another one stands. */
const HOST_MAIN = "ports/host/agent_main.c";

const FLAGS = [
  "-std=c99",
  "-O1",
  "-w",
  ...["hal", "agent", "ports/host", "test", "own"].map((folder) => `-I${folder}`),
  '-DESC_PORT_HEADER="esc_port_host.h"',
  '-DESC_BOARD_HEADER="esc_board_host.h"',
];

/** Programs of the firmware with all mutants of the HAL in them; `ESC_MUTANT` in the environment chooses one. */
export class CBuilder {
  readonly #sources = halSources();
  #switched: Promise<{ numbers: Map<string, number>; texts: Map<string, string> }> | undefined;

  /** The number by which a process knows a mutant. */
  async numberOf({ id }: Mutant): Promise<number> {
    const number = (await this.#withSwitches()).numbers.get(id);
    if (number === undefined) throw new Error(`${id} is no mutant of these sources`);
    return number;
  }

  /** Builds a program, or finds it built; returns its path. */
  async build(program: CProgram): Promise<string> {
    const { texts } = await this.#withSwitches();
    const cached = rootFile(`node_modules/.cache/escapement-mutation/${hashOf(program, texts)}`);
    if (existsSync(cached)) return cached;
    return inScratch(async (folder) => {
      for (const [name, text] of texts) writeFileSync(join(folder, "hal", name), text);
      const files = program.folders.flatMap((each) => cFiles(each)).filter((f) => f !== HOST_MAIN);
      const guard = ["-include", "own/guard.h", "-fsanitize-coverage=trace-pc"];
      const own = program.own.map((name) => `own/${name}`);
      const flags = [...FLAGS, ...program.flags];
      await run("gcc", [...flags, "-c", "own/guard.c", "-o", "guard.o"], { cwd: folder });
      const all = [...files, ...own, "guard.o", "-o", "program"];
      await run("gcc", [...flags, ...guard, ...all], { cwd: folder });
      mkdirSync(rootFile("node_modules/.cache/escapement-mutation"), { recursive: true });
      const fresh = `${cached}.${process.pid}`;
      cpSync(join(folder, "program"), fresh);
      renameSync(fresh, cached);
      return cached;
    });
  }

  /**
   * Whether the compiler takes a mutant, and makes other code of it than of the HAL as it is: where it makes the same,
   * no test can distinguish them.
   */
  async compiled(mutant: Mutant): Promise<"other-code" | "same-code" | "not-compiled"> {
    const text = this.#sources.get(mutant.file) ?? "";
    const names = mutant.file.endsWith(".h") ? cFiles("hal") : [`hal/${mutant.file}`];
    return inScratch(async (folder) => {
      const objects = async (): Promise<string> => {
        const hash = createHash("sha256");
        for (const name of names) {
          await run("gcc", [...FLAGS, "-O2", "-c", name, "-o", "object.o"], { cwd: folder });
          hash.update(readFileSync(join(folder, "object.o")));
        }
        return hash.digest("hex");
      };
      const before = await objects();
      writeFileSync(join(folder, "hal", mutant.file), withMutant(text, mutant));
      try {
        return (await objects()) === before ? "same-code" : "other-code";
      } catch (error) {
        if ((error as { code?: unknown }).code === "ENOENT") throw error;
        return "not-compiled";
      }
    });
  }

  #withSwitches() {
    this.#switched ??= this.#switch();
    return this.#switched;
  }

  async #switch() {
    const mutants = await cMutants(this.#sources);
    const numbers = new Map(mutants.map(({ id }, index) => [id, index + 1]));
    const texts = new Map(
      [...this.#sources].map(([name, text]) => {
        const own = mutants.filter(({ file }) => file === name);
        return [name, withSwitches(text, own, numbers)] as const;
      }),
    );
    return { numbers, texts };
  }
}

/** Works in a copy of the firmware's sources. */
async function inScratch<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), "escapement-mutation-"));
  try {
    const folder = join(scratch, "c");
    cpSync(firmwareFolder, folder, { recursive: true });
    cpSync(ownFolder, join(folder, "own"), { recursive: true });
    return await work(folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function cFiles(folder: string): readonly string[] {
  const names = readdirSync(join(firmwareFolder, folder)).filter((name) => name.endsWith(".c"));
  return names.map((name) => `${folder}/${name}`);
}

/** Of everything that a program is made of. */
function hashOf(program: CProgram, texts: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256").update(JSON.stringify([program, FLAGS, [...texts]]));
  for (const root of [firmwareFolder, ownFolder]) {
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
    }
  }
  return `${program.name}-${hash.digest("hex").slice(0, 12)}`;
}
