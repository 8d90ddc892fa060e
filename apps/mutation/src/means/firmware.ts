import { execFile } from "node:child_process";
import { CBuilder, type CProgram } from "../builds/c-build.js";
import type { Mutant } from "../mutants/mutant.js";
import { budget } from "./budget.js";
import { judgeByLaws } from "./laws.js";
import { errorOf, type Judge, type Known, type MeansName, type Result } from "./means.js";
import { AgentDied, type NativeAgent, openNativeAgent } from "./native-agent.js";
import { judgeByRandom } from "./random.js";

/** The agent on a chip whose flags the HAL clears, and on one that clears them by entering the interrupt. */
const agents: readonly CProgram[] = [
  { name: "native", autoClear: 0 },
  { name: "native-auto-clear", autoClear: 1 },
].map(({ name, autoClear }) => ({
  name,
  folders: ["hal", "agent", "ports/host"],
  own: ["agent_main.c"],
  flags: [
    `-DESC_HOST_AUTO_CLEAR=${autoClear}`,
    "-DESC_TRACE_BYTES=8192",
    "-DESC_PROGRAM_BYTES=4096",
  ],
}));

/** The C test program, as `native.mjs test` builds it, without the sanitizers. */
const tests: CProgram = {
  name: "tests",
  folders: ["hal", "agent", "ports/host", "test"],
  own: [],
  flags: ["-include", "assert.h", "-DESC_ASSERT=assert", "-DGUARD_BLOCKS=4000000000ULL"],
};

/** Judges mutants of the C HAL, one after another. */
export class FirmwareJudge implements Judge {
  readonly #builder = new CBuilder();
  readonly #sound = new Map<string, Promise<NativeAgent>>();

  /** Whether it counts: the compiler takes it, and makes other code of it. */
  async apart(mutant: Mutant): Promise<"not-compiled" | "same-code" | undefined> {
    const compiled = await this.#builder.compiled(mutant);
    return compiled === "other-code" ? undefined : compiled;
  }

  /** One mutant by some means; results come as they are known. */
  async judge(
    mutant: Mutant,
    means: readonly MeansName[],
    known: Known,
    onResult: (means: MeansName, result: Result) => void,
  ): Promise<void> {
    for (const name of means) {
      const result = this.#judgeBy(name, mutant, known[name]);
      onResult(name, await result.catch(troubleOf));
    }
  }

  /** Ends it. */
  async close(): Promise<void> {
    for (const agent of this.#sound.values()) await (await agent).close();
  }

  async #judgeBy(name: MeansName, mutant: Mutant, known: string | undefined): Promise<Result> {
    if (name === "unit") return this.#runTests(mutant);
    if (name === "search")
      return { verdict: "error", why: "the search runs compiled AVR code only" };
    const opened: { name: string; agent: NativeAgent; control: NativeAgent }[] = [];
    const checkAlive = (): void => {
      for (const { agent } of opened) agent.checkAlive();
    };
    try {
      for (const program of agents) {
        const file = await this.#builder.build(program);
        const agent = await openNativeAgent(file, await this.#builder.numberOf(mutant));
        opened.push({ name: program.name, agent, control: await this.#soundAgent(program) });
      }
      const result =
        name === "laws"
          ? await judgeByLaws(
              opened.map((each) => ({
                name: each.name,
                board: each.agent.board,
              })),
              known,
              checkAlive,
            )
          : await judgeByRandom(
              opened.map((each) => ({
                name: each.name,
                board: each.agent.board,
                control: each.control.board,
              })),
              { programs: budget.programs, known, beforeProgram: checkAlive },
            );
      checkAlive();
      return result;
    } catch (error) {
      checkAlive();
      throw error;
    } finally {
      for (const { agent } of opened) await agent.close();
    }
  }

  #soundAgent(program: CProgram): Promise<NativeAgent> {
    const known = this.#sound.get(program.name);
    if (known !== undefined) return known;
    const agent = this.#openSound(program);
    this.#sound.set(program.name, agent);
    return agent;
  }

  async #openSound(program: CProgram): Promise<NativeAgent> {
    return openNativeAgent(await this.#builder.build(program), 0);
  }

  async #runTests(mutant: Mutant): Promise<Result> {
    const file = await this.#builder.build(tests);
    const env = { ESC_MUTANT: String(await this.#builder.numberOf(mutant)) };
    return new Promise((resolve) => {
      execFile(file, [], { maxBuffer: 1 << 26, env }, (error, stdout) => {
        if (error === null) return resolve({ verdict: "survived" });
        const failed = stdout.split("\n").find((line) => line.startsWith("FAIL"));
        const end = error.signal ?? `exit ${error.code}`;
        resolve({ verdict: "killed", by: failed?.slice(5) ?? `the tests ended with ${end}` });
      });
    });
  }
}

/** A process that crashes or does not come back is the HAL's doing; any other error is not. */
function troubleOf(error: unknown): Result {
  if (error instanceof AgentDied) return { verdict: "killed", by: error.message };
  return errorOf(error);
}
