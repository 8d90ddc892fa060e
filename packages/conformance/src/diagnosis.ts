import { type BoardSemantics, type SemanticsMember, semanticsMembers } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { ticksText } from "./check/ticks.js";
import type { LawEnv } from "./law.js";
import { groupOf } from "./law-groups.js";
import type { Diagnosis, LawResult } from "./report.js";
import type { LawSigns } from "./signs.js";
import { type Evidence, suggestDifferences } from "./suggest-differences.js";

/** A law's result together with its trace's signs; without them where it left no trace. */
export interface SignedResult {
  /** What happened to the law. */
  readonly result: LawResult;
  /** Present where the law left a trace. */
  readonly signs?: LawSigns;
  /** Its program and trace, where the law is broken. */
  readonly evidence?: Evidence;
}

/** A cause is named where it explains so many laws, and so large a share of the broken ones that could show it. */
const lawsLeast = 3;
const shareLeast = 0.6;
/** Of the laws whose handlers come at a wrong time, so many share it. */
const sameLeast = 0.9;

interface Signed {
  readonly result: LawResult;
  readonly signs: LawSigns;
}

/**
 * Looks for one cause behind the broken laws of a board; nothing where they have none in common.
 * Pure: the same results give the same diagnosis.
 */
export function diagnose(results: readonly SignedResult[], env: LawEnv): Diagnosis | undefined {
  const signed = results.flatMap(({ result, signs }) => (signs ? [{ result, signs }] : []));
  const broken = signed.filter(({ result }) => result.verdict === "fail");
  const causes = [noHandler(signed), wholeLaps(signed, env), sameLateness(signed, env)];
  for (const cause of causes) {
    if (cause === undefined) continue;
    const shown = broken.filter(({ signs }) => cause.shows(signs));
    const explained = shown.filter(({ signs }) => cause.explains(signs));
    if (explained.length < lawsLeast || explained.length < shareLeast * shown.length) continue;
    const { kind, message, hint } = cause;
    return { kind, message, hint, laws: explained.map(({ result }) => result.id) };
  }
  return difference(results, env);
}

/** The board does what one does that states a difference. */
function difference(results: readonly SignedResult[], env: LawEnv): Diagnosis | undefined {
  const broken = results.flatMap(({ result, evidence }) => {
    const found = evidence ?? evidenceOf(result);
    return found === undefined ? [] : [{ id: result.id, evidence: found }];
  });
  const suggestion = suggestDifferences(
    broken.map(({ evidence }) => evidence),
    env.board,
  );
  if (suggestion === undefined) return undefined;
  const { semantics, explains } = suggestion;
  const all = results.filter(({ result }) => result.verdict === "fail").length;
  if (2 * explains.length <= all) return undefined;
  const laws = explains.flatMap((place) => broken[place]?.id ?? []);
  // Random programs alone may look like many things: beside a law that is broken otherwise they name nothing.
  if (laws.length < all && laws.every((id) => groupOf(id) === "ANY")) return undefined;
  return {
    kind: "differs",
    ...differenceWords(semantics, env),
    laws,
    semantics,
  };
}

/** Of a law with many programs, the one that broke it, where the drawing has all of its trace. */
function evidenceOf({ verdict, failedProgram }: LawResult): Evidence | undefined {
  if (verdict !== "fail" || failedProgram === undefined) return undefined;
  const { program, iteration } = failedProgram;
  return { program, trace: { records: iteration.records } };
}

function differenceWords(
  semantics: Partial<BoardSemantics>,
  env: LawEnv,
): Pick<Diagnosis, "message" | "hint"> {
  const members = Object.entries(semantics) as [SemanticsMember, string | number][];
  const seen = members.map(([member, is]) => {
    const { about } = semanticsMembers[member];
    const stated = env.board.semantics?.[member];
    const instead = stated === undefined ? "the contract has" : "the board states";
    return `${member} is ${is} where ${instead} ${env.semantics[member]} (${about})`;
  });
  const state = members.map(
    ([member, is]) => `${member}: { is: ${JSON.stringify(is)}, source: "…" }`,
  );
  return {
    message: `it looks like a difference from the contract: ${seen.join("; ")}`,
    hint: `If the system's documentation says so, state it: semantics: { ${state.join(", ")} }; else it is a defect.`,
  };
}

interface Cause extends Omit<Diagnosis, "laws"> {
  /** Whether a law's trace could show it. */
  shows(signs: LawSigns): boolean;
  /** Whether it does. */
  explains(signs: LawSigns): boolean;
}

/** Timers were armed all over, and no handler was entered in any law. */
function noHandler(signed: readonly Signed[]): Cause | undefined {
  const sum = (of: (signs: LawSigns) => number) =>
    signed.reduce((total, { signs }) => total + of(signs), 0);
  const armed = sum((signs) => signs.armed);
  if (armed === 0 || sum((signs) => signs.entries) > 0) return undefined;
  return {
    kind: "no-handler-ran",
    message: `no handler ever ran: ${counted(armed, "start")} in all laws together, and not one entry`,
    hint: "The timer's interrupt does not arrive: look whether its vector is connected, whether enableCompare enables it, and whether interrupts are enabled at all.",
    shows: () => true,
    explains: (signs) => signs.armed > 0,
  };
}

/** Wherever a read was wrong, it was by whole laps, and nearly always by one. */
function wholeLaps(signed: readonly Signed[], env: LawEnv): Cause | undefined {
  const off = signed.flatMap(({ signs }) => signs.lapsOff);
  const otherwise = signed.reduce((sum, { signs }) => sum + signs.otherwiseOff, 0);
  if (off.length < lawsLeast || otherwise > 0) return undefined;
  const most = Math.max(...off.map(Math.abs));
  const behind = off.filter((laps) => laps < 0).length;
  const both = behind > 0 && behind < off.length;
  const where = both ? "ahead or behind" : behind > 0 ? "behind" : "ahead";
  return {
    kind: "whole-laps-off",
    message: `every reading that is wrong is exactly ${most === 1 ? "one lap" : "one or more laps"} (of ${env.lap} ticks) ${where}, ${counted(off.length, "time")} in all`,
    hint: "A wrap is counted twice, or not at all, or where there was none: look at overflowPending and acknowledgeOverflow, at the overflow's interrupt, at whether entering its vector clears the flag, and at whether saveAndMask keeps interrupts out.",
    shows: (signs) => signs.compared > 0,
    explains: (signs) => signs.lapsOff.length > 0,
  };
}

/** In most laws the handlers came early, or too late, and by the same but for the board's own spread. */
function sameLateness(signed: readonly Signed[], env: LawEnv): Cause | undefined {
  // What holds a handler up makes it later: the earliest of each law is what they share.
  const earliest = signed.flatMap(({ signs }) => signs.lateness?.least ?? []);
  const isEarly = (ticks: number) => ticks < 0;
  const isLate = (ticks: number) => ticks > env.late;
  for (const [kind, isWrong] of [
    ["handlers-early", isEarly],
    ["handlers-late", isLate],
  ] as const) {
    const wrong = earliest.filter(isWrong).sort((one, other) => one - other);
    const middle = wrong[Math.floor(wrong.length / 2)];
    if (middle === undefined || wrong.length < shareLeast * earliest.length) continue;
    const isSame = (ticks: number) => isWrong(ticks) && Math.abs(ticks - middle) <= env.late + 1;
    if (wrong.filter(isSame).length < sameLeast * wrong.length) continue;
    const by = ticksText(Math.abs(middle), env);
    return {
      kind,
      ...(kind === "handlers-early" ? earlyWords(by) : lateWords(by, ticksText(env.late, env))),
      shows: ({ lateness }) => lateness !== undefined,
      explains: ({ lateness }) => lateness !== undefined && isSame(lateness.least),
    };
  }
  return undefined;
}

function earlyWords(by: string): Pick<Diagnosis, "message" | "hint"> {
  return {
    message: `handlers come early, all of them by about the same: ${by}`,
    hint: "Look at what setCompare writes, and whether the compare matches when the counter reaches that value or a tick before; and at a counter that readCounter reads with an offset.",
  };
}

function lateWords(by: string, stated: string): Pick<Diagnosis, "message" | "hint"> {
  return {
    message: `handlers come late, all of them by about the same: ${by}, and the board states ${stated}`,
    hint: "Look at what setCompare writes and at what runs before the handler in the interrupt; or the stated lateTicks is too small.",
  };
}
