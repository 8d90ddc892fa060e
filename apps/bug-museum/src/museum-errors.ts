import { errorTable } from "@escapement/core";
import { MuseumError } from "./museum-error.js";

/** The errors of the museum. */
export const museumErrors = errorTable(MuseumError, {
  nothingNear: {
    code: "unknown-bug",
    message: 'There is no bug "{name}"',
    hint: "`escapement bugs` lists all {count}, such as {some}.",
  },
  misspelt: {
    code: "unknown-bug",
    message: 'There is no bug "{name}"',
    hint: "Did you mean {near}? `escapement bugs` lists all {count}.",
  },
  notBuilt: {
    code: "not-built",
    message: 'The HAL with the bug "{name}" was not built',
    hint: "It is built from patches/hal/{name}.patch by `pnpm --filter @escapement/bug-museum build`.",
  },
  unreadablePatch: {
    code: "patch-failed",
    message: "The patch of {name} is no unified diff",
    hint: "Make it again with `git diff --relative`; the cause names the line.",
  },
  noSuchSource: {
    code: "patch-failed",
    message: "The patch of {name} changes {file}, which is not there",
    hint: "Give the file's new name in the patch's `---` and `+++` lines.",
  },
  hunkFailed: {
    code: "patch-failed",
    message: "The patch of {name} does not apply: {file}, hunk {hunk} at line {line}",
    hint: "The sources have changed there: make the same change again and write `git diff --relative` over the patch.",
  },
  notInC: {
    code: "not-in-c",
    message: "The C firmware cannot have the bug {name}",
    hint: "`escapement conform sim --bug {name}` has it in the HAL in TypeScript.",
  },
  noPatches: {
    code: "not-built",
    message: "The patches of the C firmware are not there",
    hint: "In the repository: `pnpm --filter escapement build` copies them.",
  },
  notForC: {
    code: "not-in-c",
    message: "The C HAL cannot be put on {profile}",
    hint: "Its counter has at most 32 bits; choose from {profiles}.",
  },
  noCompiler: {
    code: "no-compiler",
    message: "The firmware with the bug {name} is built with avr-gcc, which is missing",
    hint: "apt-get install -y --no-install-recommends gcc-avr avr-libc",
  },
  doesNotCompile: {
    code: "does-not-compile",
    message: "The firmware with the bug {name} does not compile",
    hint: "The cause has the compiler's words; correct patches/c/{name}.patch.",
  },
  noHostCompiler: {
    code: "no-compiler",
    message: "The agent for this machine is built with gcc, which is missing",
    hint: "apt-get install -y --no-install-recommends gcc libc6-dev",
  },
  noNativeAgent: {
    code: "does-not-compile",
    message: "The agent for this machine does not compile: {what}",
    hint: "The cause has the compiler's words.",
  },
  notSimulated: {
    code: "not-simulated",
    message:
      "No simulated board can have the bug {name}, which is not in the HAL, a port or a chip",
    hint: "`escapement conform uno --bug {name}` has it in the firmware.",
  },
  boardHung: {
    code: "board-hung",
    message: "The bug made more than {calls} calls of its port without an end",
    hint: "Nothing to do; this is what the bug does.",
  },
});
