import { blankInstruction, op, readInstruction } from "./instruction.js";
import type { Reader } from "./reader.js";

/** A block that is open while a function is read. */
interface OpenBlock {
  /** Where a loop begins; -1 for a block that is none. */
  readonly loopStart: number;
}

/**
 * Finds the loops of a function that nothing leaves, such as `while (1)`: no branch in them goes to a
 * block outside, and none returns. Their starts are returned.
 */
export function endlessLoops(reader: Reader, end: number): ReadonlySet<number> {
  const open: OpenBlock[] = [];
  const endless = new Set<number>();
  const instruction = blankInstruction();
  const leaveTo = (depth: number): void => {
    for (const { loopStart } of open.slice(Math.max(0, open.length - depth))) {
      endless.delete(loopStart);
    }
  };
  while (reader.at < end) {
    if (!readInstruction(reader, instruction)) return endless;
    const { opcode, start, index, targets } = instruction;
    if (opcode === op.loop) endless.add(start);
    if (opcode >= op.block && opcode <= op.if) {
      open.push({ loopStart: opcode === op.loop ? start : -1 });
    } else if (opcode === op.end) open.pop();
    else if (opcode === op.br || opcode === op.brIf) leaveTo(index);
    else if (opcode === op.brTable) for (const target of targets) leaveTo(target);
    else if (opcode === op.return) leaveTo(open.length);
  }
  return endless;
}
