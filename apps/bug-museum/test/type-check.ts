import ts from "typescript";
import { coreFolder } from "./core-sources.js";

const { config } = ts.readConfigFile(`${coreFolder}../tsconfig.build.json`, ts.sys.readFile);
/** As the HAL itself is compiled. */
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${coreFolder}..`);

/** A compiler for the HAL's sources with some of them replaced; what is not replaced is parsed once. */
export class CoreCompiler {
  readonly #parsed = new Map<string, ts.SourceFile | undefined>();

  /** What the compiler says about the replaced files, one line each. */
  complaints(replaced: ReadonlyMap<string, string>): string[] {
    const host = ts.createCompilerHost(options);
    const original = host.getSourceFile.bind(host);
    const files = new Map([...replaced].map(([file, text]) => [coreFolder + file, text]));
    host.getSourceFile = (path, languageVersion) => {
      const text = files.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, languageVersion, true);
      if (!this.#parsed.has(path)) this.#parsed.set(path, original(path, languageVersion));
      return this.#parsed.get(path);
    };
    const program = ts.createProgram([`${coreFolder}index.ts`], options, host);
    return [...files.keys()].flatMap((path) => {
      const source = program.getSourceFile(path);
      if (source === undefined) return [`${path} is not part of the HAL`];
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    });
  }
}
