import { type RunFacts, reportHead } from "@escapement/conformance";
import type {
  Assumption,
  RaceFinding,
  RaceLimits,
  RaceReplay,
  RaceResult,
  RaceSetup,
} from "@escapement/explore-c";
import { cleanLine } from "@escapement/scenario";
import { counted, grouped } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";

/** The limits that the command line has an option for. */
export type AskedLimits = Pick<
  RaceLimits,
  "landings" | "perHandler" | "inputs" | "occurrences" | "timeSeconds" | "wordBytes"
>;

/** What is searched, and what was taken for granted: before the findings. */
export function setupText(setup: RaceSetup): string {
  const { mainName, handlers, assumptions, program } = setup;
  const names = handlers.map(({ name, number, priority, predicate }, place) => {
    const asked = predicate === undefined ? "" : `, requested by ${predicate}`;
    const numbered = number < 0 ? "" : `number ${number}, `;
    return `h${place + 1} ${name} (${numbered}priority ${priority}${asked})`;
  });
  const lines = [`main program ${mainName}; ${names.join("; ")}`];
  for (const [name, assumption] of assumptions) {
    const defined = program.functions.has(name) ? "of the program" : "undefined";
    lines.push(`${defined}: ${name} ${assumptionText(assumption)}`);
  }
  for (const name of program.missingHeaders) {
    lines.push(`there is no header ${name}: it is taken for an empty one; -I gives its folder`);
  }
  const constants = program.assumedNames.filter((name) => !program.undefinedData.includes(name));
  if (constants.length > 0) {
    lines.push(
      `undefined: ${constants.join(", ")}: taken for constants, each with a bit of its own`,
    );
  }
  for (const name of program.undefinedData) {
    lines.push(
      `undefined: ${name} is taken for a variable of 256 bytes, whose value comes from outside`,
    );
  }
  return `${lines.map(cleanLine).join("\n")}\n`;
}

function assumptionText(assumption: Assumption): string {
  switch (assumption.kind) {
    case "mask":
      return `is taken for a call that masks: ${assumption.effect}`;
    case "input": {
      const shown = assumption.values.slice(0, 8).join(", ");
      return `returns an input: ${shown}${assumption.values.length > 8 ? ", …" : ""}`;
    }
    case "registers":
      return `registers a handler${assumption.enables ? ", which enables it" : ""}`;
    case "ends":
      return "ends the program";
    case "fails":
      return "is a finding when it is called";
    case "ends with 0":
      return "ends the program when it is given 0";
    case "fails with 0":
      return "is a finding when it is given 0";
    case "nothing":
      return "does nothing";
  }
}

/** A finding in one line: the place first, as compilers write it. */
export function findingLine(io: CommandIo, finding: RaceFinding): string {
  const { place, kind, pattern, schedule } = finding;
  const what = pattern === undefined ? kind : `${kind} ${pattern}`;
  const where = `${place.file}:${place.line}${place.column > 0 ? `:${place.column}` : ""}`;
  const text = cleanLine(`${where}: ${what}: ${finding.message}`);
  return `${io.stdout.style("fail", text)}  ${cleanLine(schedule)}\n`;
}

/** How much was searched, and how to see a finding: behind the findings. */
export function resultText(
  setup: RaceSetup,
  { findings, notes, coverage, cut }: RaceResult,
  limits: AskedLimits,
  again: (finding: RaceFinding) => string,
): string {
  const { landings, runs, pruned, seconds, shared, waiting, rows } = coverage;
  const lines: string[] = [];
  const early = notes.filter(({ note }) => note === "start-up").length;
  const repeated = notes.length - early;
  if (early > 0)
    lines.push(`no finding: ${counted(early, "split")} before that interrupt was ever enabled`);
  if (repeated > 0)
    lines.push(`no finding: ${counted(repeated, "split")} of one access in two rounds of a loop`);
  for (const [name, times] of Object.entries(rows)) {
    lines.push(`${name} prepares at first: also entered ${times} times in a row, as one`);
  }
  if (waiting > 0)
    lines.push(`${counted(waiting, "run")} waited for an interrupt, and ended there`);
  lines.push(`shared: ${shared.join(", ") || "nothing"}`);
  const rate = seconds > 0 ? ` (${grouped(Math.round(runs / seconds))}/s)` : "";
  lines.push(
    `${counted(findings.length, "finding")} in ${counted(runs, "run")}${rate}, ${grouped(pruned)} ended early as equivalent`,
  );
  lines.push(`${boundsText(setup, limits, landings)}${cutText(cut)}`);
  const [first] = findings;
  if (first !== undefined) lines.push(`see one: ${again(first)}`);
  return `${lines.map(cleanLine).join("\n")}\n`;
}

function cutText(cut: RaceResult["cut"]): string {
  if (cut === undefined) return "";
  const reasons = { time: "the time was up", runs: "the runs were up", stopped: "it was ended" };
  return `; cut short, as ${reasons[cut]}`;
}

function boundsText(setup: RaceSetup, limits: AskedLimits, landings: number): string {
  if (landings < 0) return "not even the plain runs are complete";
  const { perHandler, inputs, occurrences, wordBytes } = limits;
  const hasInputs = [...setup.assumptions.values()].some(({ kind }) => kind === "input");
  const unusual = hasInputs || setup.devices.length > 0 ? `, ${inputs} unusual inputs` : "";
  return `complete within ${counted(landings, "handler")} entered, each at most ${perHandler} times${unusual}, the first ${occurrences} times that an access in a loop comes, words of ${counted(wordBytes, "byte")}`;
}

/** A result as JSON. */
export function raceJson(
  { mainName, handlers, assumptions, program }: RaceSetup,
  result: RaceResult,
  limits: AskedLimits,
  run: RunFacts,
): string {
  const json = {
    ...reportHead("race", run),
    main: mainName,
    handlers,
    assumed: Object.fromEntries(assumptions),
    undefinedData: program.undefinedData,
    limits,
    ...result,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** A replay as JSON, its steps with the lines they are from. */
export function replayJson({ steps, ...replay }: RaceReplay, run: RunFacts): string {
  const shown = steps.map(({ site, ...step }) => ({ ...step, ...site?.place }));
  return `${JSON.stringify({ ...reportHead("race-replay", run), ...replay, steps: shown }, null, 2)}\n`;
}
