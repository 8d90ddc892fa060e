/**
 * The words, directives and macros with which compilers and vendors mark a handler. They go, as this compiler does not
 * know them, and say which functions are handlers; lines stay where they are.
 */

/** A handler that the source marks as one. */
export interface MarkedHandler {
  /** The function. */
  readonly name: string;
  /** The number in the mark; undefined where it has none, or a name. */
  readonly number: number | undefined;
  /** The priority, of a processor with two: 2 is the higher one; undefined where the mark has none. */
  readonly priority?: number;
}

type Add = (name: string | undefined, number?: string, mark?: string) => void;

const blanks = (text: string): string => text.replace(/[^\n]/g, " ");

/** Takes the marks of handlers away; `all` is the text of all sources. */
export function withoutMarks(
  source: string,
  all: string,
): { readonly text: string; readonly handlers: readonly MarkedHandler[] } {
  const handlers: MarkedHandler[] = [];
  const add: Add = (name, digits = "", mark = "") => {
    if (name === undefined || handlers.some((each) => each.name === name)) return;
    const number = /^\d+$/.test(digits) ? Number(digits) : undefined;
    const level = /high/i.test(mark) ? 2 : /low/i.test(mark) ? 1 : undefined;
    handlers.push({ name, number, ...(level !== undefined && { priority: level }) });
  };
  const steps = [withoutDirectives, withoutMacros, withoutWords, withoutAttributes];
  const text = steps.reduce((before, step) => step(before, add, all), source);
  return { text, handlers };
}

/** Lines for the compiler: `#pragma interrupt (tick)`; `#int_timer1` of CCS, and what else such a source has. */
function withoutDirectives(source: string, add: Add): string {
  const pragma = /^[ \t]*#[ \t]*pragma[ \t]+(?:interrupt|isr|interrupt_handler)\b([^\n]*)/gim;
  for (const [, list = ""] of source.matchAll(pragma)) {
    for (const [name] of list.matchAll(/\b[A-Za-z_]\w*\b/g)) {
      const definition = new RegExp(`\\b${name}\\s*\\(\\s*(?:void)?\\s*\\)\\s*\\{`);
      if (definition.test(source)) add(name);
    }
  }
  if (!/^[ \t]*#[ \t]*(?:int_\w+|fuses|use[ \t])/im.test(source)) return source;
  return source
    .replace(
      /^([ \t]*#[ \t]*int_\w+([^\n]*))(\s*(?:static\s+)?(?:\w+\s+)?(\w+)\s*\(\s*(?:void)?\s*\))/gim,
      (_, line: string, options: string, rest: string, name: string) => {
        add(name, "", options);
        return blanks(line) + rest;
      },
    )
    .replace(
      /^[ \t]*#[ \t]*(?:use|fuses|byte|bit|word|locate|priority|device|rom|org|id|zero_ram|opt)\b[^\n]*/gim,
      blanks,
    );
}

/** A definition by a macro of a header that is nowhere: `CY_ISR(Tick) {`, `INTERRUPT_HANDLER(TIM4_IRQHandler, 23)`. */
function withoutMacros(source: string, add: Add, all: string): string {
  const definition =
    /^([ \t]*)([A-Z][A-Z0-9_]*)([ \t]*\(\s*([A-Za-z_]\w*)\s*(?:,\s*(\w+)[^(){};]*)?\))(?=\s*\{)/gm;
  return source.replace(
    definition,
    (whole, indent: string, macro: string, _, name: string, number?: string) => {
      if (!/ISR|INTERRUPT|IRQ/.test(macro) || isDefined(macro, all)) return whole;
      add(name, number);
      const room = whole.length - indent.length;
      return indent + `void ${name}()`.padEnd(room);
    },
  );
}

function isDefined(macro: string, all: string): boolean {
  if (new RegExp(`#\\s*define\\s+${macro}\\b`).test(all)) return true;
  return /^(?:ISR|EMPTY_INTERRUPT)$/.test(macro) && /avr\/interrupt\.h|Arduino\.h/.test(all);
}

/** Words before or behind the name. */
function withoutWords(source: string, add: Add): string {
  return (
    source
      // SDCC and C51: `void tick(void) __interrupt(1) __using(2)`.
      .replace(
        /(\bvoid\s+(\w+)\s*\(\s*(?:void)?\s*\)\s*)((?:__interrupt|interrupt)\b\s*(?:\(\s*(\w+)\s*\)|(\d+))?(?:\s*(?:__)?using\b\s*\(?\s*\d+\s*\)?)?)/g,
        (_, head: string, name: string, mark: string, one?: string, other?: string) => {
          add(name, one ?? other);
          return head + blanks(mark);
        },
      )
      // IAR, XC8, XC32 and old ARM compilers: `__interrupt void tick(void)`, `void __interrupt() tick(void)`.
      .replace(
        /((?:__interrupt|__irq|__ISR|__ISR_AT_VECTOR)\b\s*(?:\([^()]*\))?)(\s*(?:static\s+)?(?:void\s+)?(\w+)\s*\(\s*(?:void)?\s*\)\s*[{;])/g,
        (_, mark: string, rest: string, name: string) => {
          add(name, "", mark);
          return blanks(mark) + rest;
        },
      )
      // TI, HI-TECH and Borland: `interrupt void tick(void)`, `void interrupt high_priority tick(void)`.
      .replace(
        /\b(interrupt(?:\s+(?:high_priority|low_priority|far|near)\b)?)((?<=void\s+\1)\s+|\s+(?:far\s+|near\s+)?void\s+)(\w+)(?=\s*\(\s*(?:void)?\s*\)\s*[{;])/g,
        (_, mark: string, rest: string, name: string) => {
          add(name, "", mark);
          return blanks(mark) + rest + name;
        },
      )
  );
}

/** `__attribute__((interrupt))`, before or behind the name. */
function withoutAttributes(text: string, add: Add): string {
  const attribute =
    /__attribute__\s*\(\(\s*(?:__)?(?:interrupt|isr|signal)(?:__)?\s*(?:\([^()]*\))?[^;{()]*\)\)/g;
  for (const found of text.matchAll(attribute)) {
    const behind = text.slice(found.index + found[0].length);
    const before = text.slice(0, found.index);
    const after = /^\s*(?:static\s+)?(?:void\s+)?(\w+)\s*\(\s*(?:void)?\s*\)/.exec(behind)?.[1];
    add(after ?? /\b(\w+)\s*\(\s*(?:void)?\s*\)\s*$/.exec(before.slice(-200))?.[1]);
  }
  return text.replace(attribute, blanks);
}
