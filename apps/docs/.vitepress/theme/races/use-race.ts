import { onBeforeUnmount, onMounted, watch } from "vue";
import type { RaceSetup } from "../../../races/race-types.js";
import { raceQuery, readRaceQuery } from "../../../races/race-url.js";
import {
  carryAction,
  dragAction,
  openAction,
  type RaceBegin,
  searchAction,
} from "./race-actions.js";
import { RaceClient } from "./race-client.js";
import { type RaceState, raceState } from "./race-state.js";

/** Milliseconds that a step is shown while the run plays. */
const STEP_MS = 250;

/** Milliseconds after the last change at which the address follows; browsers refuse more than a few a second. */
const ADDRESS_MS = 120;

/** Everything that a race page shows, and all that can be done with it. */
export type Race = ReturnType<typeof useRace>;

/** Keeps a race: asks the worker, holds the returns, and keeps the address of the page. */
export function useRace(setup: RaceSetup, begin: RaceBegin) {
  const state = raceState();
  let client: RaceClient | undefined;
  const worker = (): RaceClient | undefined => client;
  const open = openAction(state, worker, begin);

  async function choose(active: number): Promise<void> {
    const now = state.run.value;
    if (client === undefined || now === undefined) return;
    await state.show(client.run(now, active), now.moves[active]?.point);
  }

  onMounted(async () => {
    client = new RaceClient();
    try {
      state.facts.value = await client.open(setup);
      await open(readRaceQuery(location.search));
    } catch (error) {
      state.fail(error);
    }
  });
  onBeforeUnmount(() => client?.close());
  keepPlaying(state);
  keepAddress(state);

  return {
    ...state,
    setup,
    choose,
    carry: carryAction(state, worker),
    drag: dragAction(state, worker),
    search: searchAction(state, worker),
    cancel: () => client?.cancel(),
    restart: () => open({}),
  };
}

function keepPlaying({ playing, step, last, goTo }: RaceState): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => clearInterval(timer);
  watch(playing, (on) => {
    stop();
    if (!on) return;
    timer = setInterval(() => {
      if (step.value >= last.value) playing.value = false;
      else goTo(step.value + 1);
    }, STEP_MS);
  });
  onBeforeUnmount(stop);
}

/** Lets the address follow what is looked at, once nothing moves. */
function keepAddress({ run, step, playing }: RaceState): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch([run, step, playing], () => {
    clearTimeout(timer);
    if (run.value === undefined || playing.value) return;
    const query = raceQuery({ ...run.value, step: step.value });
    timer = setTimeout(() => {
      history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
    }, ADDRESS_MS);
  });
  onBeforeUnmount(() => clearTimeout(timer));
}
