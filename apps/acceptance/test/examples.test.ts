import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { collectExamples } from "../src/examples.js";
import { root } from "../src/workspace.js";

const folder = join(root, "apps/acceptance/examples");

function compile(files: Map<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(root, "apps/acceptance/node_modules/@types")],
    paths: {
      "@escapement/conformance/vitest": [join(root, "packages/conformance/src/vitest.ts")],
      "@escapement/*": [join(root, "packages/*/src/index.ts")],
    },
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    const where = files.get(path)?.split("\n", 1)[0] ?? path;
    return found.map((d) => `${where} ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`);
  });
}

describe("examples", () => {
  const examples = collectExamples();

  it("there are some in every package", () => {
    const packages = new Set(
      examples.map((example) => example.where.split("/").slice(0, 2).join("/")),
    );
    for (const name of [
      "core",
      "scenario",
      "board-sim",
      "board-serial",
      "board-uno",
      "conformance",
    ]) {
      expect(packages).toContain(`packages/${name}`);
    }
  });

  it("compile as they stand", () => {
    const files = new Map(
      examples.map(({ where, code }, index) => [
        join(folder, `example-${index}.ts`),
        `// ${where}\nexport {};\n${code}`,
      ]),
    );
    expect(compile(files)).toEqual([]);
  });

  it("control: a wrong example does not", () => {
    const wrong = `// control\nimport { TimerHal } from "@escapement/core";\nnew TimerHal(5);\n`;
    expect(compile(new Map([[join(folder, "wrong.ts"), wrong]]))).toHaveLength(1);
  });
});
