import { join } from "node:path";
import { createVitest, type Vitest } from "vitest/node";
import { coreFolder } from "../builds/hal-build.js";
import { rootFile } from "../root-file.js";
import type { Result } from "./means.js";

/*
 * Core's unit tests in one process that stays: a mutant is handed to Vitest as the text of its file, and the files
 * that the tests import are loaded again. Left out are the tests with real threads, whose outcome may depend on the
 * machine, and the one that measures memory.
 */

const LEFT_OUT = ["**/threads.test.ts", "**/allocation.test.ts"];

/** Steps that one test file may take: a hundred times what the longest takes. */
const SETUP = rootFile("apps/mutation/src/means/unit-setup.mjs");

/** Runs core's unit tests on mutants, one after another. */
export class UnitTests {
  #vitest: Vitest | undefined;
  #changed: { readonly path: string; readonly text: string } | undefined;

  /** All tests with one file of the HAL changed; `by` is the test that failed. */
  async judge(file: string, text: string): Promise<Result> {
    const vitest = await this.#start();
    const path = join(coreFolder, file);
    this.#changed = { path, text };
    vitest.invalidateFile(path);
    const specifications = await vitest.globTestSpecifications();
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
      specifications,
      true,
    );
    vitest.invalidateFile(path);
    this.#changed = undefined;
    for (const module of testModules) {
      for (const test of module.children.allTests()) {
        if (test.result().state === "failed") return { verdict: "killed", by: test.fullName };
      }
      if (module.state() === "failed")
        return { verdict: "killed", by: module.moduleId.split("/").at(-1) ?? "" };
    }
    if (unhandledErrors.length > 0) return { verdict: "killed", by: "an error outside of a test" };
    return { verdict: "survived" };
  }

  /** Ends it. */
  async close(): Promise<void> {
    await this.#vitest?.close();
  }

  async #start(): Promise<Vitest> {
    this.#vitest ??= await createVitest(
      "test",
      {
        root: rootFile("packages/core"),
        watch: false,
        bail: 1,
        isolate: false,
        maxWorkers: 1,
        fileParallelism: false,
        reporters: [{}],
        exclude: LEFT_OUT,
        setupFiles: [SETUP],
        testTimeout: 60_000,
      },
      {
        plugins: [
          {
            name: "mutant",
            enforce: "pre",
            load: (id: string) => {
              const [path] = id.split("?");
              return path === this.#changed?.path ? this.#changed?.text : undefined;
            },
          },
        ],
      },
    );
    return this.#vitest;
  }
}
