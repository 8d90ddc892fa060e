import type { ErrorRow } from "@escapement/core";
import { cErrors } from "../../../../packages/board-c/src/c-errors.js";
import { crashErrors } from "../../../../packages/board-c/src/driver/crash.js";
import { mpyErrors } from "../../../../packages/board-micropython/src/mpy-errors.js";
import { lineErrors } from "../../../../packages/board-serial/src/line-errors.js";
import { chipErrors, simErrors } from "../../../../packages/board-sim/src/sim-errors.js";
import { unoErrors } from "../../../../packages/board-uno/src/uno-errors.js";
import {
  cliErrors,
  boardErrors as namedBoardErrors,
} from "../../../../packages/cli/src/cli-errors.js";
import {
  conformanceErrors,
  runErrors,
} from "../../../../packages/conformance/src/conformance-errors.js";
import { timerErrors } from "../../../../packages/core/src/timer-errors.js";
import { exploreErrors, programErrors } from "../../../../packages/explore/src/explore-errors.js";
import { moduleErrors } from "../../../../packages/explore/src/node/module-errors.js";
import { workerErrors } from "../../../../packages/explore/src/node/worker-errors.js";
import { avrErrors, traceErrors } from "../../../../packages/explore-avr/src/avr-errors.js";
import { raceErrors } from "../../../../packages/explore-c/src/race-errors.js";
import { firmwareErrors } from "../../../../packages/firmware/src/firmware-errors.js";
import { boardErrors } from "../../../../packages/scenario/src/board-errors.js";

/** A table of errors: makers of them, and the rows that they are made from. */
export interface Table {
  /** The rows. */
  readonly rows: Readonly<Record<string, ErrorRow>>;
}

/** Every table of errors of the published packages. */
export const errorTables: readonly Table[] = [
  ...[timerErrors, simErrors],
  ...[
    boardErrors,
    lineErrors,
    mpyErrors,
    chipErrors,
    unoErrors,
    runErrors,
    programErrors,
    traceErrors,
  ],
  ...[namedBoardErrors],
  ...[conformanceErrors, exploreErrors, moduleErrors, workerErrors, avrErrors, raceErrors],
  ...[firmwareErrors, cErrors, crashErrors, cliErrors],
];
