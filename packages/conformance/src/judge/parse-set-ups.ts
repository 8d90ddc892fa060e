import type { Program } from "@escapement/scenario";
import { operandValue } from "./operand.js";
import type { RecordCursor } from "./record-cursor.js";

/** Reads what setting the timers up left at an iteration's begin: a record only where that was refused. */
export function parseSetUps(
  program: Program,
  value: number,
  maxDelayTicks: number,
  cursor: RecordCursor,
): void {
  for (const [timer, { period }] of program.timers.entries()) {
    const ticks = operandValue(period, value);
    const isBad = ticks < 1 || ticks > maxDelayTicks;
    const next = cursor.peek();
    const isRefused =
      next?.kind === "call" && next.op === "init" && next.subject === timer && next.result !== "ok";
    if (isBad && isRefused) {
      cursor.position += 1;
    } else if (isBad) {
      const found = `a period of ${ticks} for timer ${timer} was taken`;
      cursor.misfit("ARM-22", "period", "invalid-argument of its set-up", found);
    } else if (isRefused && !beginsWithInit(program, timer)) {
      const expected = "room for the timers that the board states";
      cursor.misfit("REG-03", "set-up", expected, `${next.result} for timer ${timer}`);
    }
  }
}

/** Whether the record may be of the main list's own first operation. */
function beginsWithInit({ main }: Program, timer: number): boolean {
  const first = main.find((op) => op.op !== "repeat" || op.body.length > 0);
  return first?.op === "repeat" || (first?.op === "init" && first.timer === timer);
}
