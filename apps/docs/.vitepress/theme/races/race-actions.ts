import type { RaceRequest, RaceTarget } from "../../../races/race-types.js";
import type { RaceAddress } from "../../../races/race-url.js";
import type { RaceClient } from "./race-client.js";
import type { RaceState } from "./race-state.js";

/** What a page begins with: the run that shows the bug. */
export interface RaceBegin {
  /** Value of the sweep variable. */
  readonly value: number;
  /** The schedule. */
  readonly schedule: string;
}

/** Opens the run that an address names; what it does not say is as in the page's first run. */
export function openAction(
  state: RaceState,
  client: () => RaceClient | undefined,
  begin: RaceBegin,
) {
  return async ({ bugOn = true, value, schedule, step }: RaceAddress): Promise<void> => {
    const worker = client();
    if (worker === undefined) return;
    state.found.value = undefined;
    const wanted = { value: value ?? begin.value, schedule: schedule ?? begin.schedule };
    if (bugOn || schedule !== undefined) {
      await state.show(worker.run({ bugOn, ...wanted }), step);
      return;
    }
    const first = { bugOn: true, ...wanted };
    await state.show(worker.carry(first, { bugOn, value: wanted.value }), step);
  };
}

/** Goes to the other side, or to another value, at the same time of the interrupt; on the way back, to the very run. */
export function carryAction(state: RaceState, client: () => RaceClient | undefined) {
  let before: { readonly from: RaceRequest; readonly to: string } | undefined;
  return async (to: { readonly bugOn: boolean; readonly value: number }): Promise<void> => {
    const [worker, from] = [client(), state.run.value];
    if (worker === undefined || from === undefined) return;
    state.playing.value = false;
    state.found.value = undefined;
    const back = before?.to === keyOf(from) ? before.from : undefined;
    const isBack = back?.bugOn === to.bugOn && back.value === to.value;
    await state.show(isBack && back ? worker.run(back) : worker.carry(from, to));
    const now = state.run.value;
    if (now !== undefined) before = { from, to: keyOf(now) };
  };
}

/** Moves the interrupt. While one move is on its way, only the last of those that follow is made. */
export function dragAction(state: RaceState, client: () => RaceClient | undefined) {
  return lastOnly(async (target: RaceTarget, active?: number) => {
    const [worker, from] = [client(), state.run.value];
    if (worker === undefined || from === undefined) return;
    state.playing.value = false;
    state.found.value = undefined;
    await state.show(worker.move(from, active ?? from.active, target));
  });
}

/** Searches all schedules, and shows the shortest violation where there is one. */
export function searchAction(state: RaceState, client: () => RaceClient | undefined) {
  return async (bound: number): Promise<void> => {
    const [worker, from] = [client(), state.run.value];
    const { progress, found, facts } = state;
    if (worker === undefined || from === undefined || progress.value !== undefined) return;
    const { bugOn } = from;
    state.playing.value = false;
    found.value = undefined;
    progress.value = { done: 0, cases: facts.value?.values.length ?? 0, runs: 0 };
    try {
      const result = await worker.search(bugOn, bound, (now) => {
        progress.value = now;
      });
      if (result.shortest !== undefined) {
        await state.show(worker.run({ bugOn, ...result.shortest }));
      }
      found.value = result;
    } catch (error) {
      state.fail(error);
    } finally {
      progress.value = undefined;
    }
  };
}

function keyOf({ bugOn, value, schedule }: RaceRequest): string {
  return `${bugOn} ${value} ${schedule}`;
}

/** Runs one call at a time; of those that come meanwhile, only the last. */
function lastOnly<A extends readonly unknown[]>(body: (...given: A) => Promise<void>) {
  let running = false;
  let next: A | undefined;
  return async (...given: A): Promise<void> => {
    next = given;
    if (running) return;
    running = true;
    try {
      while (next !== undefined) {
        const now: A = next;
        next = undefined;
        await body(...now);
      }
    } finally {
      running = false;
    }
  };
}
