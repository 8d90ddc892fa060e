import {
  type ExploreCase,
  ExploreError,
  formatSchedule,
  type Move,
  type MovePlace,
  movePlaces,
  parseSchedule,
  replay,
} from "@escapement/explore";
import { carriedSchedule } from "./race-carry.js";
import { likeBefore, nearestPlace } from "./race-places.js";
import { engineRun } from "./race-run.js";
import { type RaceSearchOptions, searchSide } from "./race-search.js";
import { type RaceSide, type RaceSides, raceSides } from "./race-target.js";
import type {
  RaceFacts,
  RaceOutcome,
  RaceRequest,
  RaceRun,
  RaceSearch,
  RaceSetup,
  RaceTarget,
} from "./race-types.js";
import { choiceOf } from "./race-words.js";

/** Plays one race: runs, moves of the interrupt, searches. Knows nothing of pages. */
export class RaceEngine {
  /** What there is to play with. */
  readonly facts: RaceFacts;
  readonly #sides: RaceSides;

  private constructor(sides: RaceSides, { profile }: RaceSetup) {
    const { bug, law, broken } = sides;
    this.#sides = sides;
    const isOwn = law.id === bug.owner && profile === bug.profile;
    this.facts = { isOwn, values: [...broken.cases.keys()] };
  }

  /**
   * Loads the HAL with the bug in it.
   *
   * @throws MuseumError `unknown-bug` or `not-built`; ConformanceError `unknown-law`.
   */
  static async open(setup: RaceSetup): Promise<RaceEngine> {
    return new RaceEngine(await raceSides(setup), setup);
  }

  /**
   * Runs the program by a schedule.
   *
   * @param active index of the move that is to be moved; the last when absent
   * @throws ExploreError for a schedule that is none of this program, or a value that it does not have.
   */
  run(request: RaceRequest, active?: number, notice = ""): RaceRun {
    const { world, subject } = this.#at(request);
    return engineRun(world, subject, request, active, notice);
  }

  /** Moves one move of a schedule, or makes the first; says so where it had to snap. */
  move(request: RaceRequest, active: number, target: RaceTarget): RaceRun {
    const { world, subject } = this.#at(request);
    const schedule = parseSchedule(request.schedule);
    const before = schedule.slice(0, active);
    const places = movePlaces(world, subject, before);
    const found = chosenMove(places, schedule[active], target);
    if (found === undefined) return this.run(request, active, nowhere(target));
    const { move, notice } = found;
    const first = move === undefined ? before : [...before, move];
    const after = schedule.slice(active + 1);
    const whole = { ...request, schedule: formatSchedule([...first, ...after]) };
    if (after.length === 0) return this.run(whole, active, notice);
    try {
      return this.run(whole, active, notice);
    } catch (error) {
      if (!isOfAnotherRun(error)) throw error;
      const lost = "What came after it no longer fits this run and was left out.";
      return this.run({ ...request, schedule: formatSchedule(first) }, active, lost);
    }
  }

  /** The same moves in another run: with the bug or without it, or with another value. */
  carry(request: RaceRequest, to: { readonly bugOn: boolean; readonly value: number }): RaceRun {
    const { world, subject } = this.#at(request);
    const from = replay(world, subject, parseSchedule(request.schedule));
    const next = { ...request, ...to };
    const there = this.#at(next);
    const { schedule, notice } = carriedSchedule(from, there.world, there.subject);
    return this.run({ ...next, schedule: formatSchedule(schedule) }, undefined, notice);
  }

  /** What comes of a single interrupt at each of its places. */
  outcomes(request: RaceRequest): readonly RaceOutcome[] {
    const { world, subject } = this.#at(request);
    const [now] = parseSchedule(request.schedule);
    return movePlaces(world, subject, []).flatMap((place) => {
      const move = likeBefore(place, now);
      if (move === undefined) return [];
      const { findings, schedule } = replay(world, subject, [move], { auditAtEnd: true });
      return [{ point: place.point, schedule, violated: findings.length > 0 }];
    });
  }

  /** Searches every case; with the bug on, as far as the shortest violation. */
  search(bugOn: boolean, options: Omit<RaceSearchOptions, "shortest">): Promise<RaceSearch> {
    return searchSide(this.#side(bugOn), { ...options, shortest: bugOn });
  }

  #side(bugOn: boolean): RaceSide {
    return bugOn ? this.#sides.broken : this.#sides.whole;
  }

  #at({ bugOn, value }: RaceRequest): RaceSide & { readonly subject: ExploreCase } {
    const side = this.#side(bugOn);
    const subject = side.cases.get(value);
    if (subject !== undefined) return { ...side, subject };
    const values = [...side.cases.keys()];
    throw new ExploreError(
      "invalid-argument",
      `The program of ${this.#sides.law.id} has no value ${value}`,
      values.length === 1
        ? `Its only value is ${values[0]}.`
        : `It has ${values.length} values, ${values[0]} to ${values.at(-1)}.`,
    );
  }
}

/** A later move may lie before an earlier one by now, or have lost its event. */
function isOfAnotherRun(error: unknown): boolean {
  if (!(error instanceof ExploreError)) return false;
  return error.code === "schedule-mismatch" || error.code === "bad-schedule";
}

function nowhere(target: RaceTarget): string {
  return "places" in target
    ? "There is no further place for the interrupt."
    : "No event is within reach anywhere in this run.";
}

/** The move to a target; `move` undefined to make none, undefined where there is no place. */
function chosenMove(
  places: readonly MovePlace[],
  now: Move | undefined,
  target: RaceTarget,
): { readonly move: Move | undefined; readonly notice: string } | undefined {
  if ("none" in target) return { move: undefined, notice: "" };
  if ("choice" in target) {
    const here = places.find(({ point }) => point === now?.point);
    const move = here?.moves.find((each) => choiceOf(each) === target.choice);
    return move && { move, notice: "" };
  }
  if ("places" in target) {
    const index = places.findIndex(({ point }) => point === now?.point) + target.places;
    if (index === -1 && now !== undefined) return { move: undefined, notice: "" };
    const place = places[index];
    return place && { move: likeBefore(place, now), notice: "" };
  }
  const place = nearestPlace(places, target.point);
  if (place === undefined) return undefined;
  const snapped = place.point !== target.point;
  const notice = `Before point ${target.point} no event is within reach; the nearest place is before point ${place.point}.`;
  return { move: likeBefore(place, now), notice: snapped ? notice : "" };
}
