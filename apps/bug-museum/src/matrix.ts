import { type LawId, laws, runConformance, type Verdict } from "@escapement/conformance";
import type { MuseumBug } from "./bug.js";
import { isSimulated, makeBugBoard } from "./bug-board.js";

/** A way to run laws on a bug. */
export interface KillBackend {
  /** A word for a table's head. */
  readonly name: string;
  /** Returns the verdict of each law that was run; empty where the backend cannot have the bug. */
  run(bug: MuseumBug): Promise<ReadonlyMap<LawId, Verdict>>;
}

/** The verdicts on one bug. */
export interface KillRow {
  /** The bug's name. */
  readonly bug: string;
  /** The law that has to kill it. */
  readonly owner: LawId;
  /** By backend, in the matrix's order: the verdict of each law that was run. */
  readonly verdicts: readonly ReadonlyMap<LawId, Verdict>[];
}

/** Bugs by laws by backends: what kills what. */
export interface KillMatrix {
  /** The backends' names. */
  readonly backends: readonly string[];
  /** The laws, in the contract's order. */
  readonly laws: readonly LawId[];
  /** One row a bug. */
  readonly rows: readonly KillRow[];
}

/** Options of {@link killMatrix}. */
export interface KillMatrixOptions {
  /** The laws that the matrix is about; the whole catalogue when absent. */
  readonly laws?: readonly LawId[];
  /** Called after each bug. */
  readonly onRow?: (row: KillRow, index: number) => void;
}

/** Options of {@link plainBackend}. */
export interface PlainBackendOptions {
  /** Laws to run, by id or group; all when absent. */
  readonly only?: readonly string[];
}

/**
 * Conformance as everybody runs it: each law once on a board with the bug, on the bug's own counter,
 * and interrupts where the program puts them.
 */
export function plainBackend(options: PlainBackendOptions = {}): KillBackend {
  const { only = [] } = options;
  return {
    name: "plain",
    run: async (bug) => {
      if (!isSimulated(bug)) return new Map();
      const board = await makeBugBoard(bug);
      const report = await runConformance(board, { only, shrinkRuns: 0 });
      await board.close();
      return new Map(report.laws.map(({ id, verdict }) => [id, verdict]));
    },
  };
}

/**
 * Runs the laws on every bug on every backend, one after another.
 *
 * @example
 * ```ts
 * import { killersOf, killMatrix, museum, plainBackend } from "@escapement/bug-museum";
 *
 * const matrix = await killMatrix(museum, [plainBackend()]);
 * for (const row of matrix.rows) console.log(row.bug, killersOf(row).join(" "));
 * ```
 */
export async function killMatrix(
  bugs: readonly MuseumBug[],
  backends: readonly KillBackend[],
  options: KillMatrixOptions = {},
): Promise<KillMatrix> {
  const rows: KillRow[] = [];
  for (const [index, bug] of bugs.entries()) {
    const verdicts: ReadonlyMap<LawId, Verdict>[] = [];
    for (const backend of backends) verdicts.push(await backend.run(bug));
    const row = { bug: bug.name, owner: bug.owner, verdicts };
    rows.push(row);
    options.onRow?.(row, index);
  }
  return {
    backends: backends.map(({ name }) => name),
    laws: options.laws ?? laws.map(({ id }) => id),
    rows,
  };
}

/** The laws that kill a bug, each once, on one backend (by its place) or on any. */
export function killersOf(row: KillRow, backend?: number): readonly LawId[] {
  const killers = new Set<LawId>();
  for (const [place, verdicts] of row.verdicts.entries()) {
    if (backend !== undefined && place !== backend) continue;
    for (const [law, verdict] of verdicts) if (verdict === "fail") killers.add(law);
  }
  return [...killers];
}

/** The bugs that survive the law that owns them, on every backend. */
export function survivorsOf(matrix: KillMatrix): readonly KillRow[] {
  return matrix.rows.filter((row) => !killersOf(row).includes(row.owner));
}

/** The laws that kill no bug at all. */
export function lawsWithoutKill(matrix: KillMatrix): readonly LawId[] {
  const killing = new Set(matrix.rows.flatMap((row) => killersOf(row)));
  return matrix.laws.filter((law) => !killing.has(law));
}

/**
 * What is wrong with a matrix, one sentence each: a bug that its owner does not kill, a law that
 * kills none and is not marked as kept, and a mark that is not needed.
 */
export function faultsOf(
  matrix: KillMatrix,
  kept: Readonly<Partial<Record<LawId, string>>>,
): readonly string[] {
  const idle = lawsWithoutKill(matrix);
  return [
    ...survivorsOf(matrix).map(
      ({ bug, owner }) => `${bug} survives ${owner}, the law that owns it`,
    ),
    ...idle
      .filter((law) => kept[law] === undefined)
      .map((law) => `${law} kills no bug and is not marked with why it stays`),
    ...(Object.keys(kept) as LawId[])
      .filter((law) => !idle.includes(law))
      .map((law) => `${law} is marked as killing no bug, and it does kill one`),
  ];
}
