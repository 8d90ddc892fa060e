import ts from "typescript";
import type { Mutant } from "../mutants/mutant.js";

/*
 * Which blocks of the HAL do the programs run? A mutant in a block that none of them runs cannot be noticed by one,
 * so it need not be asked about; and that is why it survives.
 */

/** Where the bundle finds what notes a block. */
const NOTE = "__mutationNote";

const noted = new Set<string>();

(globalThis as { [NOTE]?: (block: string) => void })[NOTE] = (block) => noted.add(block);

/** A TypeScript file whose blocks note that they run. */
export function withNotes(name: string, text: string): string {
  let result = text;
  for (const { start } of blocksOf(name, text).reverse()) {
    const note = ` globalThis.${NOTE}(${JSON.stringify(keyOf(name, start))});`;
    result = result.slice(0, start + 1) + note + result.slice(start + 1);
  }
  return result;
}

/** Whether the innermost block around a mutant was noted; what stands in none runs when the module is loaded. */
export function isNoted({ file, start, end }: Mutant, text: string): boolean {
  const around = blocksOf(file, text).filter((each) => each.start <= start && end <= each.end);
  const innermost = around.at(-1);
  return innermost === undefined || noted.has(keyOf(file, innermost.start));
}

/** The blocks of a file, outer ones before inner ones. */
function blocksOf(name: string, text: string): { readonly start: number; readonly end: number }[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const blocks: { start: number; end: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) blocks.push({ start: node.getStart(source), end: node.getEnd() });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return blocks;
}

function keyOf(name: string, start: number): string {
  return `${name}:${start}`;
}
