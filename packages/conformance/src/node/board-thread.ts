/* The program of a board's thread; `thread-link.ts` talks to it. */
import { parentPort, workerData } from "node:worker_threads";
import {
  type Board,
  type BoardDescription,
  type BoardError,
  CallNotReturned,
  thrownText,
} from "@escapement/scenario";
import { ConformanceError, runErrors } from "../conformance-errors.js";
import { ActivityTrail } from "./activity-trail.js";
import type { ThreadReply, ThreadRequest, ThreadSetup } from "./board-messages.js";
import { nodeGuard } from "./call-guard.js";
import { findBoard, importModule, type LoadModule } from "./find-board.js";

// What started this thread gave it exactly that.
const setup = workerData as ThreadSetup;
const trail = new ActivityTrail(setup.trail);
let board: Board | undefined;
let running: AbortController | undefined;

// A thread that waits lives; one that is caught in a loop does not come to this.
setInterval(() => trail.beat(), setup.beatMs).unref();

const plainLoad: LoadModule = (url) => import(/* @vite-ignore */ url);

async function loaderOf(url: string | undefined): Promise<LoadModule> {
  if (url === undefined) return plainLoad;
  return (await importModule(url, plainLoad)).load as LoadModule;
}

async function result(request: ThreadRequest): Promise<ThreadReply> {
  trail.clear();
  if (request.kind === "open") {
    board = await findBoard(setup, await loaderOf(setup.loader));
    // A copy: what a board says of itself may have more to it than a message can carry.
    return { kind: "opened", description: JSON.parse(JSON.stringify(described(board))) };
  }
  if (board === undefined) throw runErrors.notOpen();
  switch (request.kind) {
    case "run": {
      running = new AbortController();
      const { signal } = running;
      const { program, timeoutMs } = request;
      const trace = await board.run(program, {
        signal,
        onActivity: (activities) => trail.note(activities),
        ...(timeoutMs !== undefined && { timeoutMs }),
      });
      return { kind: "ran", trace };
    }
    case "reset":
      await board.reset();
      return { kind: "done" };
    default:
      await board.close();
      return { kind: "done" };
  }
}

/** A driver that is tried out for it may not return; asked once more, a board tries nothing. */
function described(found: Board): BoardDescription {
  try {
    return nodeGuard(setup.describeMs)(() => found.describe());
  } catch (error) {
    if (error instanceof CallNotReturned) return found.describe();
    throw error;
  }
}

function failed(error: unknown): ThreadReply {
  if (error instanceof ConformanceError) {
    return { kind: "bad-module", message: error.message, hint: error.hint };
  }
  if (isBoardError(error)) {
    const { code, message, hint } = error;
    return { kind: "board-error", code, message, hint };
  }
  const message = thrownText(error);
  return {
    kind: "board-error",
    code: "board-fault",
    message: `the board threw something that is not a BoardError: ${message}`,
    hint: "A Board rejects with a BoardError only; fix the board, or what makes it.",
  };
}

/** By name: a board may come with a copy of the package of its own. */
function isBoardError(error: unknown): error is BoardError {
  return (
    error instanceof Error && error.name === "BoardError" && "code" in error && "hint" in error
  );
}

parentPort?.on("message", (request: ThreadRequest) => {
  if (request.kind === "abort") {
    running?.abort();
    return;
  }
  result(request).then(
    (reply) => parentPort?.postMessage(reply),
    (error: unknown) => parentPort?.postMessage(failed(error)),
  );
});
