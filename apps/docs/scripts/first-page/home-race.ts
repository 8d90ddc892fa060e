import type { HomeRaceData, HomeSide } from "../../.vitepress/theme/first-page/use-home-race.js";
import { RaceEngine } from "../../races/race-engine.js";
import { raceStory } from "../../races/race-story.js";
import type { RaceRequest, RaceSetup } from "../../races/race-types.js";
import { seeds } from "../races/seeds.js";

/** The story that the first page and the README play. */
const SLUG = "ganssle-asynchronicity";

/**
 * The race of the first page: the shortest schedule that shows its bug, and the same interrupt
 * without the bug.
 *
 * @throws Error when the bug does not show, or its fix does not hold: the page would say what is not so.
 */
export async function homeRace(): Promise<HomeRaceData> {
  const seed = seeds.find(({ slug }) => slug === SLUG);
  if (seed === undefined) throw new Error(`there is no story ${SLUG}`);
  const { bug, law, profile, slug } = seed;
  const setup: RaceSetup = { bug, law, profile };
  const engine = await RaceEngine.open(setup);
  const { shortest } = await engine.search(true, { bound: 1 });
  if (shortest === undefined) throw new Error(`${law} does not see ${bug} on ${profile}`);
  const from: RaceRequest = { bugOn: true, ...shortest };
  const to = engine.carry(from, { bugOn: false, value: shortest.value });
  const broken = sideOf(engine, from);
  const whole = sideOf(engine, { bugOn: false, value: to.value, schedule: to.schedule });
  if (broken.story.violation === "" || whole.outcomes.some(({ violated }) => violated)) {
    throw new Error(`${bug} is no race to show: ${JSON.stringify([broken, whole])}`);
  }
  return { ...setup, page: `/races/${slug}`, sides: [broken, whole] };
}

function sideOf(engine: RaceEngine, request: RaceRequest): HomeSide {
  return {
    request,
    story: raceStory(engine.run(request)),
    outcomes: engine.outcomes(request),
  };
}
