/**
 * Makes the dialects of embedded C readable for a compiler that targets WebAssembly, without moving a line
 * or a column of what stays:
 *
 * - Inline assembly of another processor becomes what it does to the masks; other assembly does nothing,
 *   and what it would return is an input.
 * - `static` before a function without arguments goes: a handler that only a vector table names has to be
 *   found by its name, and a compiler drops a static function that nobody calls.
 * - The words with which compilers of small processors mark a handler go, and say which functions are handlers.
 */

import { adaptC51, isC51 } from "./c51.js";
import { type MarkedHandler, withoutMarks } from "./handler-marks.js";

/** A source that the compiler can read. */
export interface AdaptedSource {
  /** The text, with every line and column where it was. */
  readonly text: string;
  /** Functions that are marked as handlers. */
  readonly handlers: readonly MarkedHandler[];
  /** Whether it calls the functions that replace assembly. */
  readonly usesAssembly: boolean;
}

/** Declares the functions that replace assembly; read before the source. */
export const assemblyHeader = `#ifdef __cplusplus
extern "C" {
#endif
void esc_race_mask(void); void esc_race_unmask(void);
int esc_race_get_mask(void); int esc_race_save_and_mask(void); void esc_race_restore(int);
int esc_race_assembly_result(void);
#ifdef __cplusplus
}
#endif
`;

/** A comment, a text, a character, a brace, or the begin of assembly: what only looks like it is skipped. */
const token =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|[{}]|\b(?:__asm__|__asm|asm)\b(?=\s*(?:(?:volatile|__volatile__|__volatile|inline|goto)\b\s*)*\()/g;

/** Replaces a source's dialect; `all` is the text of all sources, which may define what one uses. */
export function adaptSource(source: string, all = source): AdaptedSource {
  const marked = withoutMarks(isC51(source) ? adaptC51(source) : withInterruptBit(source), all);
  let depth = 0;
  let usesAssembly = /\besc_race_(?:un)?mask\b|\besc_race_(?:restore|get_mask)\b/.test(marked.text);
  let out = "";
  let from = 0;
  for (const found of marked.text.matchAll(token)) {
    const [word] = found;
    if (found.index < from) continue;
    if (word === "{") depth += 1;
    if (word === "}") depth -= 1;
    if (!word.endsWith("asm") && !word.endsWith("asm__")) continue;
    const end = closingBehind(marked.text, found.index);
    if (end === undefined) continue;
    const text = marked.text.slice(found.index, end);
    const before = marked.text.slice(from, found.index);
    const isStatement =
      depth > 0 && /(?:^|[;{})]|\belse|\bdo|:|\*\/)\s*$/.test(lastOf(out + before));
    const stands = isStatement ? standsFor(text) : "";
    usesAssembly ||= stands.includes("esc_race_");
    out += before + padded(stands, text);
    from = end;
  }
  const text = out + marked.text.slice(from);
  return { text, handlers: marked.handlers, usesAssembly };
}

/** The end of what comes before a place, without comments of one line. */
function lastOf(text: string): string {
  return text.slice(-400).replace(/\/\/[^\n]*/g, "");
}

/** The place behind the bracket that closes the first one. */
function closingBehind(text: string, start: number): number | undefined {
  const brackets = /"(?:\\[\s\S]|[^"\\\n])*"|[()]/g;
  brackets.lastIndex = start;
  let depth = 0;
  for (let found = brackets.exec(text); found !== null; found = brackets.exec(text)) {
    if (found[0] === "(") depth += 1;
    if (found[0] === ")") {
      depth -= 1;
      if (depth === 0) return brackets.lastIndex;
    }
  }
  return undefined;
}

/** What a statement of assembly does, as C. */
function standsFor(text: string): string {
  const template = [...text.matchAll(/"((?:\\[\s\S]|[^"\\])*)"/g)].map(([, part = ""]) => part);
  const code = template.join(" ").toLowerCase();
  const result = /"=[^"]*"\s*\(([^()]*)\)/.exec(text)?.[1]?.trim();
  const given = /"[^"=+]*"\s*\(([^()]*)\)/.exec(text)?.[1]?.trim();
  const masks = /\b(?:cpsid|cli|dint|di)\b|csrci?\s+mstatus/.test(code);
  const opens = /\b(?:cpsie|sei|eint|ei)\b|csrsi?\s+mstatus/.test(code);
  if (result !== undefined) {
    if (masks) return `(${result}) = esc_race_save_and_mask()`;
    const readsMask = /\bmrs\b.*\b(?:primask|basepri|cpsr)|__sreg__|0x3f\b|csrr\s.*mstatus/.test(
      code,
    );
    return `(${result}) = ${readsMask ? "esc_race_get_mask" : "esc_race_assembly_result"}()`;
  }
  const writesMask =
    /\bmsr\b.*\b(?:primask|basepri|cpsr)|\bout\b.*(?:__sreg__|0x3f\b)|csrw\s.*mstatus/;
  if (given !== undefined && writesMask.test(code)) return `esc_race_restore(${given})`;
  if (masks) return "esc_race_mask()";
  return opens ? "esc_race_unmask()" : "((void)0)";
}

/** As long as what was there, and with its lines. */
function padded(text: string, was: string): string {
  const lines = was.split("\n");
  const first = text.padEnd(lines[0]?.length ?? 0);
  return [first, ...lines.slice(1).map((line) => " ".repeat(line.length))].join("\n");
}

/**
 * The status register of an AVR, in which a program saves its mask: the accesses become calls. Only for
 * programs in which it is the processor's, not a variable of their own.
 */
export function withStatusRegister(source: string): string {
  return source
    .replace(/\bSREG\s*\|=\s*(?:0x80|128|_BV\(\w+\)|\(?1\s*<<\s*\w+\)?)\s*;/g, "esc_race_unmask();")
    .replace(/\bSREG\s*&=\s*[^;=]+;/g, "esc_race_mask();")
    .replace(/\bSREG\s*=(?!=)\s*([^;]+);/g, "esc_race_restore($1);")
    .replace(/\bSREG\s*&\s*(?:0x80|128|_BV\(\w+\)|\(1\s*<<\s*\w+\))/g, "(esc_race_get_mask() == 0)")
    .replace(/([=(]\s*)SREG\b(?!\s*[|&^+-]?=[^=])/g, "$1esc_race_get_mask()");
}

/** `GIE`, the bit over all interrupts of a PIC, where the program has none of its own. */
function withInterruptBit(source: string): string {
  if (
    !/\bGIEH?\s*=[^=]/.test(source) ||
    /\b(?:int|char|short|unsigned|uint\d+_t)\s+GIE\b/.test(source)
  ) {
    return source;
  }
  const bit = "\\b(?:INTCON\\w*\\s*\\.\\s*)?GIEH?";
  return source
    .replace(new RegExp(`${bit}\\s*=\\s*0\\s*;`, "g"), "esc_race_mask();")
    .replace(new RegExp(`${bit}\\s*=\\s*1\\s*;`, "g"), "esc_race_unmask();")
    .replace(new RegExp(`${bit}\\s*=(?!=)\\s*([^;]+);`, "g"), "esc_race_restore(!($1));");
}

const staticFunction =
  /^([ \t]*)static(?=[ \t]+(?!inline\b)[\w \t]+?[ \t*](\w+)[ \t]*\([ \t]*(?:void)?[ \t]*\)[ \t]*(?:\{|;|$|\/))/gm;

/** The static functions without arguments of a source, which are not inline. */
export function staticFunctions(source: string): ReadonlySet<string> {
  return new Set([...source.matchAll(staticFunction)].map(([, , name = ""]) => name));
}

/** Has some of those functions visible to all. */
export function withVisible(source: string, names: ReadonlySet<string>): string {
  return source.replace(staticFunction, (all, indent: string, name: string) =>
    names.has(name) ? `${indent}      ` : all,
  );
}
