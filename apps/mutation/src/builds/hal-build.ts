import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { TimerHal } from "@escapement/core";
import { build } from "esbuild";
import { type Mutant, withMutant } from "../mutants/mutant.js";
import { rootFile } from "../root-file.js";
import { withSteps } from "./step-guard.js";

/** The class of a HAL, with a mutant in it or as it is. */
export type HalClass = typeof TimerHal;

/** Where the sources of the TypeScript HAL are. */
export const coreFolder = rootFile("packages/core/src");

/** The sources of the TypeScript HAL, by name. */
export function coreSources(): ReadonlyMap<string, string> {
  const names = readdirSync(coreFolder).filter((name) => name.endsWith(".ts"));
  return new Map(names.map((name) => [name, readFileSync(join(coreFolder, name), "utf8")]));
}

/** Builds HALs with one mutant each. Files without the mutant are prepared once. */
export class HalBuilder {
  readonly #sources: ReadonlyMap<string, string>;
  readonly #prepared = new Map<string, string>();
  readonly #prepare: (name: string, text: string) => string;

  /** Takes the sources as they are now; with their steps counted where nothing else is to be done with them. */
  constructor(
    sources: ReadonlyMap<string, string> = coreSources(),
    prepare: (name: string, text: string) => string = withSteps,
  ) {
    this.#sources = sources;
    this.#prepare = prepare;
    for (const [name, text] of sources) this.#prepared.set(name, prepare(name, text));
  }

  /** The text of a file with a mutant, prepared as the others. */
  mutated(mutant: Mutant): string {
    const text = this.#sources.get(mutant.file) ?? "";
    return this.#prepare(mutant.file, withMutant(text, mutant));
  }

  /** The HAL with a mutant; without one, as it is. */
  async load(mutant?: Mutant): Promise<HalClass> {
    const changed = mutant === undefined ? undefined : this.mutated(mutant);
    const { outputFiles } = await build({
      entryPoints: [join(coreFolder, "index.ts")],
      write: false,
      bundle: true,
      format: "esm",
      platform: "neutral",
      target: "es2022",
      logLevel: "silent",
      plugins: [
        {
          name: "mutant",
          setup: ({ onLoad }) => {
            onLoad({ filter: /\.ts$/ }, ({ path }) => {
              const name = basename(path);
              const prepared = this.#prepared.get(name) ?? "";
              const isChanged = changed !== undefined && name === mutant?.file;
              return { contents: isChanged ? changed : prepared, loader: "ts" };
            });
          },
        },
      ],
    });
    const text = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
    const module = (await import(`data:text/javascript;base64,${text}`)) as {
      TimerHal: HalClass;
    };
    return module.TimerHal;
  }
}
