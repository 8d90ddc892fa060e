import { RaceEngine } from "../../../races/race-engine.js";
import type { RaceFailure, RaceMessage, RaceReply } from "../../../races/race-types.js";

/** What a worker's global scope offers, of which the page's library knows nothing. */
interface WorkerScope {
  onmessage: ((event: { readonly data: RaceMessage }) => void) | null;
  postMessage(reply: RaceReply): void;
}

const scope = globalThis as unknown as WorkerScope;
let engine: RaceEngine | undefined;
let cancelled = false;

scope.onmessage = ({ data }) => {
  if (data.ask === "cancel") {
    cancelled = true;
    return;
  }
  result(data).then(
    (found) => scope.postMessage({ id: data.id, say: "result", result: found }),
    (error: unknown) =>
      scope.postMessage({ id: data.id, say: "failure", failure: failureOf(error) }),
  );
};

async function result(message: Exclude<RaceMessage, { ask: "cancel" }>) {
  if (message.ask === "open") {
    engine = await RaceEngine.open(message.setup);
    return engine.facts;
  }
  if (engine === undefined) throw new Error("the worker was not opened");
  switch (message.ask) {
    case "run":
      return engine.run(message.request, message.active);
    case "move":
      return engine.move(message.request, message.active, message.target);
    case "carry":
      return engine.carry(message.request, message.to);
    case "outcomes":
      return engine.outcomes(message.request);
    case "search": {
      cancelled = false;
      return engine.search(message.bugOn, {
        bound: message.bound,
        isCancelled: () => cancelled,
        onProgress: (progress) => scope.postMessage({ id: message.id, say: "progress", progress }),
      });
    }
  }
}

/** Errors of the packages carry a code and a hint; they cross to the page as plain data. */
function failureOf(error: unknown): RaceFailure {
  const { code = "internal", message = String(error), hint = "" } = error as Partial<RaceFailure>;
  return { code, message, hint };
}
