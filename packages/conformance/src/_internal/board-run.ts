import type { Board, RunSignal } from "@escapement/scenario";
import { diagnose, type SignedResult } from "../diagnosis.js";
import type { Law, LawEnv, LawId } from "../law.js";
import type { Diagnosis, LawResult, StoppedRun } from "../report.js";
import type { DriverDeadline } from "./driver-deadline.js";
import { Recovery } from "./recovery.js";
import { notRun, runLaw, skippedByRequest } from "./run-law.js";
import type { LawRunOptions } from "./run-on-board.js";

/** So many unreliable laws one after another, and the line is taken for lost. */
const unreliableMax = 3;

/** Errors after which the board is asked whether it is still there, before it costs a law's time. */
const doubtful: ReadonlySet<string> = new Set(["timeout", "link-unreliable", "board-reset"]);

/** How the laws of a run are run. */
export interface BoardRunOptions extends Omit<LawRunOptions, "driver" | "signal"> {
  /** How long the driver may block the host. */
  readonly driver: DriverDeadline;
  /** Laws that are not to be run. */
  readonly skip: ReadonlySet<LawId>;
  /** Stops at the first `error` verdict. */
  readonly stopOnError?: boolean;
}

/** One run of the suite on one board: law after law, with what a fault in one means for the next. */
export class BoardRun {
  readonly #board: Board;
  readonly #env: LawEnv;
  readonly #options: BoardRunOptions;
  readonly #recovery: Recovery;
  readonly #signed: SignedResult[] = [];
  #unreliable = 0;
  #stopped: StoppedRun | undefined;

  /** Begins a run. */
  constructor(board: Board, env: LawEnv, options: BoardRunOptions) {
    this.#board = board;
    this.#env = env;
    this.#options = options;
    this.#recovery = new Recovery(board);
  }

  /** Why nothing more is run, once that is so. */
  get stopped(): StoppedRun | undefined {
    return this.#stopped;
  }

  /** What most of the laws that were broken so far have in common, if anything. */
  diagnosis(): Diagnosis | undefined {
    return diagnose(this.#signed, this.#env);
  }

  /** Runs the next law, or says why it is not run. Never rejects. */
  async law(law: Law, signal?: RunSignal): Promise<LawResult> {
    if (this.#options.skip.has(law.id)) return skippedByRequest(law);
    if (this.#stopped !== undefined) return notRun(law, this.#stopped);
    const options = { ...this.#options, ...(signal !== undefined && { signal }) };
    const { result, stopped, signs, evidence } = await runLaw(this.#board, law, this.#env, options);
    this.#signed.push({ result, ...(signs && { signs }), ...(evidence && { evidence }) });
    const { verdict, code = "not-run" } = result;
    this.#unreliable = code === "link-unreliable" ? this.#unreliable + 1 : 0;
    if (verdict === "error" && this.#isEnough()) this.#stopped = stopped ?? stoppedBy(result);
    else if (stopped !== undefined || doubtful.has(code)) {
      const [attempt] = this.#options.driver.attempts();
      const isBack = await this.#recovery.bringBack(
        stopped?.code ?? code,
        attempt?.outer ?? ((work) => work()),
        signal,
      );
      if (!isBack) this.#stopped = stopped ?? stoppedBy(result);
    }
    return result;
  }

  #isEnough(): boolean {
    return this.#options.stopOnError === true || this.#unreliable >= unreliableMax;
  }
}

function stoppedBy({ id, code = "not-run", reason = "", hint = "" }: LawResult): StoppedRun {
  return { law: id, code, message: reason.replace(`${code}: `, ""), hint };
}
