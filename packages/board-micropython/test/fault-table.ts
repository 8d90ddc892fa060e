import { faultKinds } from "../../board-serial/test/link-faults/faults.js";
import type { ReplFaultRun } from "./faulty-repl.js";

export { replFaults } from "./faulty-repl.js";

/** How the runs ended, a row for each kind of fault, as a table in Markdown. */
export function tableOf(runs: readonly ReplFaultRun[]): string {
  const row = (name: string, some: readonly ReplFaultRun[]): string => {
    const ended = (ending: ReplFaultRun["ending"]) => some.filter((run) => run.ending === ending);
    const codes = new Map<string, number>();
    for (const { detail } of ended("error")) codes.set(detail, (codes.get(detail) ?? 0) + 1);
    const errors = [...codes].sort().map(([code, count]) => `\`${code}\` ${count}`);
    const counts = [ended("wrong").length, ended("hang").length];
    const cells = [name, some.length, ended("right").length, errors.join(", "), ...counts];
    return `| ${cells.join(" | ")} |`;
  };
  const named = Object.keys(faultKinds).map((fault) => {
    const some = runs.filter((run) => run.fault === fault);
    return row(fault, some);
  });
  return [
    "| fault | runs | right | typed errors | wrong | hung |",
    "| --- | ---: | ---: | --- | ---: | ---: |",
    ...named,
    row("all", runs),
  ].join("\n");
}
