import { join } from "node:path";
import ts from "typescript";
import type { Example } from "./examples.js";
import { root } from "./workspace.js";

const app = join(root, "apps/acceptance");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: [join(app, "node_modules/@types")],
  paths: {
    "@escapement/conformance/vitest": [join(root, "packages/conformance/src/vitest.ts")],
    "@escapement/core/audit": [join(root, "packages/core/src/audit.ts")],
    "@escapement/explore/node": [join(root, "packages/explore/src/node.ts")],
    "@escapement/bug-museum/firmware": [join(root, "apps/bug-museum/src/firmware.ts")],
    "@escapement/*": [join(root, "packages/*/src/index.ts"), join(root, "apps/*/src/index.ts")],
  },
};

/**
 * Compiles examples, each by itself, against the packages' sources. Returns with what is wrong and
 * where it stands; having none to compile is wrong too.
 */
export function checkExamples(examples: readonly Example[]): string[] {
  if (examples.length === 0) return ["there are no examples to compile"];
  const files = new Map(
    examples.map(({ code }, index) => [
      join(app, "examples", `example-${index}.ts`),
      `export {};\n${code}`,
    ]),
  );
  const program = ts.createProgram([...files.keys()], options, hostWith(files));
  return [...files.keys()].flatMap((path, index) => {
    const source = program.getSourceFile(path);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map(({ messageText }) => {
      return `${examples[index]?.where}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
  });
}

/** A compiler's host to which the examples are files. */
function hostWith(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => files.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile.call(host, path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  return host;
}
