import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef } from "vue";
import { type RaceStory, raceStory } from "../../../races/race-story.js";
import type { RaceOutcome, RaceRequest, RaceSetup } from "../../../races/race-types.js";
import { RaceClient } from "../races/race-client.js";

/** One side of the race: with the bug, or without it. */
export interface HomeSide {
  /** The run that is shown. */
  readonly request: RaceRequest;
  /** What is shown of it. */
  readonly story: RaceStory;
  /** What comes of the interrupt at each place; empty until the engine has said so. */
  readonly outcomes: readonly RaceOutcome[];
}

/** The race of the first page, and what the page was made with. */
export interface HomeRaceData extends RaceSetup {
  /** Address of the page where it is shown whole. */
  readonly page: string;
  /** With the bug, without it. */
  readonly sides: readonly [HomeSide, HomeSide];
}

/** Milliseconds between two rows, and for which the end of a run is shown. */
const ROW_MS = 650;
const END_MS = 3_600;

/** Plays the race of the first page; the page shows what it was made with until the engine has run it again. */
export function useHomeRace(data: HomeRaceData) {
  const sides = [shallowRef(data.sides[0]), shallowRef(data.sides[1])] as const;
  const bugOn = ref(true);
  const rows = ref(data.sides[0].story.rows.length);
  const playing = ref(false);
  const live = ref(false);
  let client: RaceClient | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const side = (): Ref<HomeSide> => (bugOn.value ? sides[0] : sides[1]);

  function tick(): void {
    const isEnd = rows.value >= side().value.story.rows.length;
    timer = setTimeout(
      () => {
        if (isEnd) {
          bugOn.value = !bugOn.value;
          rows.value = 0;
        } else rows.value += 1;
        tick();
      },
      isEnd ? END_MS : ROW_MS,
    );
  }
  function pause(): void {
    clearTimeout(timer);
    playing.value = false;
  }
  function play(): void {
    pause();
    playing.value = true;
    if (rows.value >= side().value.story.rows.length) rows.value = 0;
    tick();
  }
  /** Shows one side whole, and stops there: somebody has chosen it. */
  function showSide(on: boolean): void {
    pause();
    bugOn.value = on;
    rows.value = side().value.story.rows.length;
  }
  async function showPlace({ schedule }: RaceOutcome): Promise<void> {
    if (client === undefined) return;
    const target = side();
    const run = await client.run({ ...target.value.request, schedule });
    target.value = { ...target.value, request: run, story: raceStory(run) };
    showSide(run.bugOn);
  }

  onMounted(async () => {
    // Whoever wants no motion sees the whole run, and may still have it played.
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!isStill) play();
    client = new RaceClient();
    try {
      await client.open({ bug: data.bug, law: data.law, profile: data.profile });
      for (const each of sides) {
        const { request } = each.value;
        const run = await client.run(request);
        each.value = { request, story: raceStory(run), outcomes: await client.outcomes(request) };
      }
      live.value = true;
    } catch {
      // What the page was made with is the same run; only the places cannot be chosen.
      client = undefined;
    }
  });
  onBeforeUnmount(() => {
    pause();
    client?.close();
  });

  return { side, bugOn, rows, playing, live, play, pause, showSide, showPlace };
}
