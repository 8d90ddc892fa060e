import type { BoardDescription, Op, Program } from "@escapement/scenario";
import type { Draws } from "./draws.js";

/** How many programs are run with a few values of a variable. */
const sweptShare = 0.05;

/** Puts the sweep variable in the place of one number of the main list, in some of the programs. */
export function swept(
  program: Program,
  draws: Draws,
  { latencies, maxDelayTicks }: BoardDescription,
): Program {
  if (!draws.chance(sweptShare)) return program;
  const count = draws.between(2, 3);
  const step = draws.between(1, Math.max(2, Math.ceil(2 * latencies.opTicks)));
  const places = program.main.flatMap((op, index) =>
    withVariable(op, maxDelayTicks - count * step) === undefined ? [] : [index],
  );
  const place = places[draws.below(places.length)];
  const main = program.main.map((op, index) =>
    index === place ? (withVariable(op, maxDelayTicks) ?? op) : op,
  );
  return place === undefined ? program : { ...program, main, sweep: { from: 0, count, step } };
}

/** The operation with the variable added to its number; nothing where it has none, or one that is too large. */
function withVariable(op: Op, most: number): Op | undefined {
  const add = (offset: unknown) =>
    typeof offset === "number" && offset <= most
      ? ({ variable: true, offset } as const)
      : undefined;
  if (op.op === "sleep" || op.op === "spin") {
    const ticks = add(op.ticks);
    return ticks && { ...op, ticks };
  }
  if (op.op === "interrupt") {
    const delay = add(op.delay);
    return delay && { ...op, delay };
  }
  if (op.op === "startAt") {
    const delta = add(op.delta);
    return delta && { ...op, delta };
  }
  return undefined;
}
