import { errorTable } from "@escapement/core";
import { ExploreError } from "../explore-errors.js";

/** The errors of worker threads. */
export const workerErrors = errorTable(ExploreError, {
  ended: {
    code: "worker-lost",
    message: "The worker {what}",
    hint: "Look for process.exit, an error thrown outside of any call, or memory that grows from run to run.",
  },
  failed: { code: "worker-lost", message: "{why}", hint: "Run it again with one worker." },
  confused: { code: "worker-lost", message: 'A worker returned "{kind}"', hint: "Run it again." },
  silent: {
    code: "endless-program",
    message: "The worker gave no sign of life for {seconds} s",
    hint: "Look for a loop that touches neither the chip nor a shared cell; where a single run takes that long, allow a longer silence.",
  },
});
