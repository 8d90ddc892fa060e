import type { RunFacts } from "@escapement/conformance";
import type { CommandContext } from "./command.js";
import type { CommandIo } from "./command-io.js";
import { packageVersion } from "./package-version.js";

/** Where the usual CI systems say which commit they test. */
const commitVariables = [
  "GITHUB_SHA",
  "CI_COMMIT_SHA",
  "BUILDKITE_COMMIT",
  "CIRCLE_SHA1",
  "BUILD_SOURCEVERSION",
  "GIT_COMMIT",
];

const commitForm = /^[0-9a-f]{7,64}$/i;

/** What a run says of itself when it is over; `seed` is the one it was given or drew. */
export type RunEnded = (seed: number | undefined) => RunFacts;

/**
 * Takes down when a run begins. With `deterministic` its facts are those alone that the same run has each
 * time: neither date nor duration, nor the command line, which names files, nor the commit.
 */
export function beginRun(
  { io, given }: Pick<CommandContext, "io" | "given">,
  deterministic: boolean,
): RunEnded {
  const startedAt = new Date().toISOString();
  const begunMs = io.nowMs();
  return (seed) => {
    const version = packageVersion();
    const seeded = seed !== undefined && { seed };
    if (deterministic) return { version, ...seeded };
    const commit = commitOf(io);
    return {
      version,
      startedAt,
      seconds: (io.nowMs() - begunMs) / 1000,
      ...seeded,
      command: given,
      ...(commit !== undefined && { commit }),
    };
  };
}

/** The commit that CI says, else that of the folder; nothing where neither is known. */
function commitOf(io: CommandIo): string | undefined {
  const named = commitVariables.map((name) => io.env[name] ?? "");
  return [...named, io.gitCommit() ?? ""].find((text) => commitForm.test(text));
}
