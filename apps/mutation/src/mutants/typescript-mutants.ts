import { createInstrumenter } from "@stryker-mutator/instrumenter";
import { createInjector } from "typed-inject";
import { type Change, identify, type Mutant } from "./mutant.js";

/** Operators whose result is one operand of a larger expression: the text needs its parentheses. */
const needsParentheses = new Set(["ArithmeticOperator", "EqualityOperator", "LogicalOperator"]);

/**
 * The mutants of TypeScript files, by Stryker's operators: its instrumenter finds them, and its switches in the
 * code are not used.
 *
 * @param files text by name
 */
export async function typeScriptMutants(
  files: ReadonlyMap<string, string>,
): Promise<readonly Mutant[]> {
  const given = [...files].map(([name, content]) => ({ name, content, mutate: true }));
  const instrumenter = createInjector()
    .provideValue("options", {} as never)
    .provideValue("logger", silent as never)
    .injectFunction(createInstrumenter as never) as ReturnType<typeof createInstrumenter>;
  const { mutants } = await instrumenter.instrument(given, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: true,
  });
  const changes = mutants.map(({ fileName, mutatorName, location, replacement }): Change => {
    const text = files.get(fileName) ?? "";
    const start = offsetOf(text, location.start);
    const end = offsetOf(text, location.end);
    const isOperand = needsParentheses.has(mutatorName);
    return {
      language: "ts",
      file: fileName,
      operator: mutatorName,
      start,
      end,
      original: text.slice(start, end),
      replacement: isOperand ? `(${replacement})` : replacement,
    };
  });
  return [...files].flatMap(([name, text]) =>
    identify(
      changes.filter(({ file }) => file === name),
      text,
    ),
  );
}

const nothing = (): void => {};
const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  let offset = 0;
  for (let left = line; left > 0; left -= 1) offset = text.indexOf("\n", offset) + 1;
  return offset + column;
}
