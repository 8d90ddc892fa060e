import type { StepRole, Timeline, TimelineRow, TimelineStep } from "@escapement/timeline";
import type { RaceFinding } from "./finding.js";
import type { RaceSetup } from "./race-setup.js";
import type { RaceReplay, RaceStep } from "./replay.js";

/**
 * What happened in a replay, access by access, with the lines of the source: a row for the main program
 * and for each handler that came. Places are steps: a C program has no time here. Pure.
 */
export function raceTimeline(
  { program }: RaceSetup,
  { schedule, steps, findings }: RaceReplay,
  finding: RaceFinding | undefined = findings[0],
): Timeline {
  const named = namedSteps(steps, finding);
  return {
    title: `schedule ${schedule}`,
    words: `${steps.length} steps. ${finding?.message ?? "Nothing is wrong in this run."}`,
    axis: {
      kind: "points",
      steps: steps.map((step, index) => stepOf(step, index, steps, named, program.texts)),
    },
    rows: rowsOf(steps),
    pointers: [...named.keys()].map((at) => ({ at, look: "finding", text: "" }) as const),
    ...(finding !== undefined && { message: `${finding.kind}: ${finding.message}` }),
  };
}

/** The steps that the finding is about: the last run of its accesses in order. */
function namedSteps(
  steps: readonly RaceStep[],
  finding: RaceFinding | undefined,
): ReadonlyMap<number, number> {
  const named = new Map<number, number>();
  const accesses = finding?.accesses ?? [];
  let before = steps.length;
  for (const [at, wanted] of [...accesses.entries()].reverse()) {
    const index = steps.findLastIndex(
      ({ site, write, context, variable }, place) =>
        place < before &&
        write === wanted.write &&
        context === wanted.context &&
        variable === finding?.variable &&
        site?.place?.line === wanted.place.line &&
        site.place.file === wanted.place.file,
    );
    if (index < 0) return new Map();
    named.set(index, at);
    before = index;
  }
  return named;
}

function stepOf(
  step: RaceStep,
  index: number,
  steps: readonly RaceStep[],
  named: ReadonlyMap<number, number>,
  texts: ReadonlyMap<string, string>,
): TimelineStep {
  const roles = rolesOf(step, named.has(index));
  const near = nearMove(steps, index);
  return {
    point: step.accesses,
    ticks: step.accesses,
    level: step.depth,
    rank: roles.includes("finding") ? 100 : roles[0] === "entry" ? 90 : 60 - Math.min(50, near),
    roles,
    text: textOf(step, texts),
    moves: step.kind === "enter" ? [`${step.context} comes in`] : [],
    counter: step.accesses,
    flags: "",
  };
}

function rolesOf({ kind }: RaceStep, isNamed: boolean): readonly StepRole[] {
  const role = { access: "access", enter: "entry", return: "end" } as const;
  return isNamed ? ["finding", role[kind]] : [role[kind]];
}

/** How many steps away the next handler is. */
function nearMove(steps: readonly RaceStep[], index: number): number {
  for (let away = 0; away < 50; away += 1) {
    const isNear = [steps[index - away], steps[index + away]].some(
      (step) => step?.kind === "enter",
    );
    if (isNear) return away;
  }
  return 50;
}

function textOf(step: RaceStep, texts: ReadonlyMap<string, string>): string {
  if (step.kind === "enter") return `${step.context} begins`;
  if (step.kind === "return") return `${step.context} returns`;
  const { place } = step.site ?? {};
  const verb = step.write ? "writes" : `reads ${step.value} of`;
  const where = place === undefined ? "" : `${place.file.replace(/^.*[/\\]/, "")}:${place.line}`;
  const line = place && texts.get(place.file)?.split("\n")[place.line - 1]?.trim();
  return `${verb} ${step.variable}  ${where}  ${line ?? ""}`.trimEnd();
}

function rowsOf(steps: readonly RaceStep[]): readonly TimelineRow[] {
  const depths = Math.max(0, ...steps.map(({ depth }) => depth));
  return Array.from({ length: depths + 1 }, (_, depth) => ({
    kind: "context" as const,
    name: depth === 0 ? "main" : depth === 1 ? "interrupt" : `in interrupt ${depth}`,
    spans: spansOf(steps, depth),
    events: steps.flatMap(({ kind, depth: own, write, variable }, at) => {
      if (kind !== "access" || own !== depth) return [];
      return [{ at, look: write ? ("store" as const) : ("load" as const), text: variable ?? "" }];
    }),
    labels: [],
  }));
}

function spansOf(steps: readonly RaceStep[], depth: number) {
  const spans: { from: number; to: number; look: "active" | "run" | "interrupted" }[] = [];
  for (const [at, step] of steps.entries()) {
    if (step.depth < depth) continue;
    const look = step.depth > depth ? "interrupted" : depth === 0 ? "active" : "run";
    const last = spans.at(-1);
    if (last !== undefined && last.look === look && last.to >= at - 0.5) last.to = at + 0.5;
    else spans.push({ from: at - 0.5, to: at + 0.5, look });
  }
  return spans;
}
