import {
  connectHal,
  createSimBoard,
  FLAG_OVERFLOW,
  type SimProfileName,
} from "@escapement/board-sim";
import type { Board, BoardSemantics, StatedSemantics, TimerDriver } from "@escapement/scenario";
import type { ListHandle } from "../../../../apps/bug-museum/src/second-hal/list-engine.js";
import { type Does, VariedHal } from "./varied-hal.js";

/** A simulated board whose HAL does some things otherwise than the contract, and says what `says` says. */
export function makeVariedBoard(profile: SimProfileName, does: Does, says: Does): Board {
  const usual = createSimBoard({ profile }).describe().latencies;
  return createSimBoard({
    profile,
    // The second HAL does more under its mask than the shipped one, for which the figures are.
    latencies: { lateTicks: 2 * usual.lateTicks, opTicks: 2 * usual.opTicks },
    name: `${profile} with ${JSON.stringify(does)}, stating ${JSON.stringify(says)}`,
    driver: (chip, port) => {
      const hal = new VariedHal(port, does);
      connectHal(chip, hal);
      chip.enable(FLAG_OVERFLOW);
      sayLess(hal, does.stopResult ?? "exact");
      return Object.assign(hal, { semantics: stated(says) });
    },
  });
}

/** The members as a description states them. */
function stated(says: Does): StatedSemantics {
  return Object.fromEntries(
    Object.entries(says).map(([member, is]) => [member, { is, source: `its ${member}` }]),
  );
}

/** What a stop returns where the system cannot distinguish all four results. */
function sayLess(hal: VariedHal, stopResult: BoardSemantics["stopResult"]): void {
  if (stopResult === "exact") return;
  const driver: TimerDriver<ListHandle> = hal;
  const stop = driver.stop.bind(hal);
  driver.stop = (handle) => {
    const isArmed = hal.isArmed(handle);
    const result = stop(handle);
    if (stopResult === "nothing") return "ok";
    if (result === "fired") return stopResult === "no-in-flight" ? "fired" : "idle";
    if (result !== "in-flight" || stopResult === "no-fired") return result;
    if (isArmed) return "removed";
    return stopResult === "boolean" ? "idle" : "fired";
  };
}
