import type { FaultRun } from "./fault-run.js";
import { faultKinds } from "./faults.js";

const forbidden = ["wrong", "repeated", "hang", "stays broken"];

/** The runs that ended as none may. */
export function violations(runs: readonly FaultRun[]): readonly FaultRun[] {
  return runs.filter(({ ending }) => forbidden.includes(ending.kind));
}

/** The share of runs with the right trace, of those with this kind of fault. */
export function shareRight(runs: readonly FaultRun[], fault: string): number {
  const some = runs.filter((run) => run.fault === fault);
  return some.filter(({ ending }) => ending.kind === "right").length / some.length;
}

/** What to type to see one run again. */
export function replayLine(run: FaultRun, agent: string): string {
  return `node packages/board-serial/scripts/link-faults.mjs --agent ${agent} --seed ${run.seed} --runs 1`;
}

/** One line for each kind of fault, as Markdown. */
export function tableOf(runs: readonly FaultRun[]): string {
  const rows = Object.keys(faultKinds).map((fault) => {
    const some = runs.filter((run) => run.fault === fault);
    const count = (kind: string) => some.filter(({ ending }) => ending.kind === kind).length;
    const cells = [fault, some.length, count("right"), codesOf(some), ...forbidden.map(count)];
    return `| ${cells.join(" | ")} |`;
  });
  const total = [
    "all",
    runs.length,
    runs.filter(({ ending }) => ending.kind === "right").length,
    "",
  ];
  const sums = forbidden.map((kind) => runs.filter(({ ending }) => ending.kind === kind).length);
  return [
    "| fault | runs | right | typed errors | wrong | repeated | hung | stays broken |",
    "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |",
    ...rows,
    `| ${[...total, ...sums].join(" | ")} |`,
  ].join("\n");
}

function codesOf(runs: readonly FaultRun[]): string {
  const counts = new Map<string, number>();
  for (const { ending } of runs) {
    if (ending.kind === "error") counts.set(ending.code, (counts.get(ending.code) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([code, count]) => `\`${code}\` ${count}`).join(", ");
}
