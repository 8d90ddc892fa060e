import {
  type BoardDescription,
  BoardError,
  type BoardSemantics,
  checkDescription,
  type Program,
  type SemanticsMember,
  type StatedSemantics,
  semanticsMembers,
  semanticsOf,
  type Trace,
} from "@escapement/scenario";
import { greatestDivisor } from "./_internal/greatest-divisor.js";
import { judgeTrace } from "./judge/index.js";

/*
 * Which difference would explain what a board does.
 *
 * A porter whose system documents another order of equal deadlines sees many broken laws, and none of
 * them says "this is a known difference, state it". The judge knows: a trace that breaks the contract
 * and fits it as soon as one member is stated otherwise shows that difference and nothing else. So each
 * member is tried with each of its values on the traces of broken laws, and the one that makes most of
 * them fit is taken; then the next, on what is left, because systems differ in more than one.
 *
 * It is a suggestion and no verdict: whether it is a difference or a defect, only the system's
 * documentation can say. The same works where a board states a difference that it does not show.
 */

/** A program and the trace of it that broke something. */
export interface Evidence {
  /** What was run. */
  readonly program: Program;
  /** What it left. */
  readonly trace: Trace;
}

/** What would explain some of the evidence. */
export interface Suggestion {
  /** Members with the values that the board behaves like. At least one. */
  readonly semantics: Partial<BoardSemantics>;
  /** Which of the evidence that explains, by its place in the list. */
  readonly explains: readonly number[];
}

/** Records of all traces that are tried with every value; the others are only looked at in the end. */
const triedRecordsMax = 5_000;
/** A longer trace is not looked at. */
const recordsMax = 20_000;
/** A difference explains nearly all that is seen; what explains less is a defect that looks like one here and there. */
const shareLeast = 0.9;
/** Systems differ in a few members. */
const membersMax = 6;

type Candidate = readonly [member: SemanticsMember, is: string | number];

/** Looks for differences that explain the evidence; nothing where none does. Pure. */
export function suggestDifferences(
  evidence: readonly Evidence[],
  description: BoardDescription,
): Suggestion | undefined {
  const fits = (place: number, board: BoardDescription) => {
    const each = evidence[place];
    return each !== undefined && judgeTrace(each.program, each.trace, board).length === 0;
  };
  const places = [...evidence.keys()]
    .filter((place) => recordsOf(evidence[place]) <= recordsMax && !fits(place, description))
    .toSorted((one, other) => recordsOf(evidence[one]) - recordsOf(evidence[other]));
  let left = smallest(places, evidence);
  let board = description;
  const chosen: Candidate[] = [];
  while (left.length > 0 && chosen.length < membersMax) {
    const tried = candidatesOf(evidence, left, board)
      .filter(([member]) => chosen.every(([known]) => known !== member))
      .flatMap((candidate) => stating(board, candidate) ?? []);
    const counts = tried.map(({ board: other }) => left.filter((each) => fits(each, other)).length);
    const most = Math.max(0, ...counts);
    const best = most === 0 ? undefined : tried[counts.indexOf(most)];
    if (best === undefined) break;
    board = best.board;
    chosen.push(best.candidate);
    left = left.filter((each) => !fits(each, best.board));
  }
  if (chosen.length === 0) return undefined;
  const explains = places.filter((place) => fits(place, board));
  if (explains.length < shareLeast * places.length) return undefined;
  return { semantics: Object.fromEntries(chosen), explains: explains.toSorted((a, b) => a - b) };
}

function recordsOf(evidence: Evidence | undefined): number {
  return evidence?.trace.records.length ?? 0;
}

/** The first of the list, which is sorted by size, that together are not too many. */
function smallest(places: readonly number[], evidence: readonly Evidence[]): readonly number[] {
  let records = 0;
  return places.filter((place) => {
    records += recordsOf(evidence[place]);
    return records <= triedRecordsMax;
  });
}

/** Every value of every member but the board's own; of equally good ones the earlier is taken, and exact words stand first. */
function candidatesOf(
  evidence: readonly Evidence[],
  places: readonly number[],
  board: BoardDescription,
): readonly Candidate[] {
  const semantics = semanticsOf(board);
  const words = Object.entries(semanticsMembers).flatMap(([name, { words: list = [] }]) => {
    const member = name as SemanticsMember;
    return list
      .filter((word) => word !== semantics[member])
      .map((word): Candidate => [member, word]);
  });
  const records = places.flatMap((place) => evidence[place]?.trace.records ?? []);
  const granularity = records.reduce(
    (divisor, record) =>
      record.kind === "expiry" ? greatestDivisor(divisor, record.scheduled) : divisor,
    0,
  );
  const coarse = Math.max(1, granularity);
  return coarse === semantics.granularityTicks ? words : [...words, ["granularityTicks", coarse]];
}

/** The description with one more member; nothing where the board cannot show it. */
function stating(
  description: BoardDescription,
  candidate: Candidate,
): { readonly board: BoardDescription; readonly candidate: Candidate } | undefined {
  const [member, is] = candidate;
  const stated: StatedSemantics = { ...description.semantics, [member]: { is, source: "tried" } };
  const board = { ...description, semantics: stated };
  try {
    checkDescription(board);
  } catch (error) {
    if (error instanceof BoardError) return undefined;
    throw error;
  }
  return { board, candidate };
}
