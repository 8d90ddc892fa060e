import { join } from "node:path";
import ts from "typescript";
import { type Mutant, withMutant } from "../mutants/mutant.js";
import { rootFile } from "../root-file.js";
import { coreFolder, coreSources } from "./hal-build.js";

/*
 * Which mutants the compiler refuses: those are no bugs that anybody could have shipped.
 *
 * A check of the whole HAL takes a fifth of a second, so one check is of many mutants: at most one in each function, and
 * an error is of the mutant in whose function it stands. What a function returns is written at its head, so a mutant
 * inside does not make errors elsewhere.
 */

interface Region {
  readonly start: number;
  readonly end: number;
}

/** The mutants that do not compile, by id. */
export function refusedByCompiler(mutants: readonly Mutant[]): ReadonlySet<string> {
  const sources = coreSources();
  const checker = new Checker();
  const waiting = new Map<string, Mutant[]>();
  const regions = new Map([...sources].map(([name, text]) => [name, regionsOf(name, text)]));
  const refused = new Set<string>();
  for (const mutant of mutants) {
    const { file } = mutant;
    const region = regions.get(file)?.find((each) => isInside(mutant, each));
    // The body of a whole class: it is checked alone.
    if (region === undefined && refusedInRound([mutant], sources, checker).length > 0) {
      refused.add(mutant.id);
    }
    if (region === undefined) continue;
    const key = `${file} ${region.start}`;
    waiting.set(key, [...(waiting.get(key) ?? []), mutant]);
  }
  for (;;) {
    const round = [...waiting.values()].flatMap((own) => own.splice(0, 1));
    if (round.length === 0) return refused;
    for (const mutant of refusedInRound(round, sources, checker)) refused.add(mutant.id);
  }
}

/** Checks mutants of different functions together. */
function refusedInRound(
  round: readonly Mutant[],
  sources: ReadonlyMap<string, string>,
  checker: Checker,
): readonly Mutant[] {
  const files = new Map<string, Mutant[]>();
  for (const mutant of round) files.set(mutant.file, [...(files.get(mutant.file) ?? []), mutant]);
  for (const [file, own] of files) {
    const fromBehind = [...own].sort((a, b) => b.start - a.start);
    checker.change(file, fromBehind.reduce(withMutant, sources.get(file) ?? ""));
  }
  const refused: Mutant[] = [];
  for (const [file, own] of files) {
    const regions = regionsOf(file, checker.textOf(file));
    const places = checker.errorsIn(file);
    let shift = 0;
    for (const mutant of [...own].sort((a, b) => a.start - b.start)) {
      const at = mutant.start + shift;
      const region = regions.find((each) => each.start <= at && at < each.end);
      shift += mutant.replacement.length - (mutant.end - mutant.start);
      const isRefused = places.some(
        (place) => region === undefined || (region.start <= place && place <= region.end),
      );
      if (isRefused) refused.push(mutant);
    }
  }
  for (const file of files.keys()) checker.change(file, sources.get(file) ?? "");
  return refused;
}

function isInside({ start, end }: Mutant, region: Region): boolean {
  return region.start <= start && end <= region.end;
}

/** The functions and the members of classes of a file, and its other statements. */
function regionsOf(name: string, text: string): readonly Region[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    const parts: readonly ts.Node[] = ts.isClassDeclaration(statement)
      ? statement.members
      : [statement];
    return parts.map((part) => ({ start: part.getFullStart(), end: part.getEnd() }));
  });
}

/** The compiler, which keeps what did not change between two checks. */
class Checker {
  readonly #changed = new Map<string, string>();
  readonly #versions = new Map<string, number>();
  readonly #service: ts.LanguageService;

  constructor() {
    const folder = rootFile("packages/core");
    const config = ts.getParsedCommandLineOfConfigFile(join(folder, "tsconfig.json"), {}, {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => {},
    } as ts.ParseConfigFileHost);
    const names = [...coreSources().keys()].map((name) => join(coreFolder, name));
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => config?.options ?? {},
      getScriptFileNames: () => names,
      getScriptVersion: (path) => String(this.#versions.get(path) ?? 0),
      getScriptSnapshot: (path) => {
        const text = this.#changed.get(path) ?? ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
    });
  }

  change(file: string, text: string): void {
    const path = join(coreFolder, file);
    this.#changed.set(path, text);
    this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
  }

  textOf(file: string): string {
    return this.#changed.get(join(coreFolder, file)) ?? "";
  }

  /** Where the errors of a file are. */
  errorsIn(file: string): readonly number[] {
    const path = join(coreFolder, file);
    const errors = [
      ...this.#service.getSyntacticDiagnostics(path),
      ...this.#service.getSemanticDiagnostics(path),
    ];
    return errors.map(({ start = 0 }) => start);
  }
}
