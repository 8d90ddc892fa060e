import { adaptSource, staticFunctions, withStatusRegister, withVisible } from "./adapt-source.js";
import type { MarkedHandler } from "./handler-marks.js";

/** What the texts of a program say besides what is compiled. */
export interface SourceFacts {
  /** Functions that a mark of their compiler, such as `__interrupt`, makes handlers. */
  readonly markedHandlers: readonly MarkedHandler[];
  /** Numbers of interrupts by their names: `TIM2` of `TIM2_IRQn = 28`. */
  readonly interruptNumbers: ReadonlyMap<string, number>;
}

/** Sources that the compiler can read, and what they say. */
export interface AdaptedSources extends SourceFacts {
  /** Texts by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether any of them calls the functions that replace assembly. */
  readonly usesAssembly: boolean;
}

/** Adapts all sources of a program; `units` are those that are compiled, the others are headers. */
export function adaptSources(
  files: ReadonlyMap<string, string>,
  units: readonly string[],
): AdaptedSources {
  const adapted = new Map<string, string>();
  const markedHandlers: MarkedHandler[] = [];
  let usesAssembly = false;
  const all = [...files.values()].join("\n");
  const isOwn = /#\s*define\s+SREG\b|\b(?:u?int\w*|char|unsigned|byte)\s+SREG\b/.test(all);
  const hasStatusRegister = /\bSREG\b/.test(all) && !isOwn;
  for (const [path, given] of files) {
    const source = hasStatusRegister ? withStatusRegister(given) : given;
    const { text, handlers, usesAssembly: uses } = adaptSource(source, all);
    adapted.set(path, /\.ino$/i.test(path) ? asSketch(text) : text);
    for (const handler of handlers) {
      if (!markedHandlers.some(({ name }) => name === handler.name)) markedHandlers.push(handler);
    }
    usesAssembly ||= uses || hasStatusRegister;
  }
  for (const [path, text] of visibleStatics(adapted, units)) adapted.set(path, text);
  const interruptNumbers = numbersIn([...files.values()]);
  return { files: adapted, markedHandlers, interruptNumbers, usesAssembly };
}

/** A sketch of Arduino: its functions are known above their definitions, and something calls `setup` and `loop`. */
function asSketch(text: string): string {
  const heads = /^[ \t]*((?:\w+[ \t]+)+\w+)[ \t]*\([ \t]*(?:void)?[ \t]*\)[ \t\n]*\{/gm;
  const prototypes = [...text.matchAll(heads)]
    .map(([, head = ""]) => head.trim())
    .filter((head) => !/^(?:else|return|static|ISR)\b/.test(head))
    .map((head) => `${head}();`);
  const main = /\bint\s+main\s*\(/.test(text) ? "" : "\nint main() { setup(); for (;;) loop(); }\n";
  return `#include <Arduino.h>\n${prototypes.join(" ")}\n#line 1\n${text}${main}`;
}

/** A static function can be visible to all where no other unit has one of its name. */
function visibleStatics(
  files: ReadonlyMap<string, string>,
  units: readonly string[],
): ReadonlyMap<string, string> {
  const texts = new Map(units.map((path) => [path, files.get(path) ?? ""]));
  const result = new Map<string, string>();
  for (const [path, text] of texts) {
    const others = [...texts].filter(([other]) => other !== path).map(([, each]) => each);
    const names = [...staticFunctions(text)].filter((name) => {
      const used = new RegExp(`\\b${name}\\b`);
      return others.every((other) => !used.test(other));
    });
    if (names.length > 0) result.set(path, withVisible(text, new Set(names)));
  }
  return result;
}

function numbersIn(texts: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  const said = /\b(\w+?)_IRQn\s*=\s*(-?\d+)|#\s*define\s+(\w+?)_IRQn\s+\(?(-?\d+)/g;
  for (const text of texts) {
    for (const [, one, number, other, defined] of text.matchAll(said)) {
      const name = one ?? other ?? "";
      if (!numbers.has(name)) numbers.set(name, Number(number ?? defined));
    }
  }
  return numbers;
}
