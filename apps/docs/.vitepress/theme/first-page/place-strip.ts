import { h, type VNode } from "vue";
import type { RaceOutcome } from "../../../races/race-types.js";
import type { HomeSide } from "./use-home-race.js";

/** A mark for each place at which the interrupt can come: where it does harm, and which one is shown. */
export function placeStrip(
  { outcomes, request }: HomeSide,
  onPlace: (outcome: RaceOutcome) => void,
): VNode {
  const bad = outcomes.filter(({ violated }) => violated).length;
  const now = outcomes.findIndex(({ schedule }) => schedule === request.schedule);
  const at = (index: number): void => {
    const outcome = outcomes[index];
    if (outcome !== undefined) onPlace(outcome);
  };
  return h("div", { class: "home-places" }, [
    h("p", `The interrupt can come at ${outcomes.length} places. ${harmWords(bad)}`),
    h("div", { class: "home-marks" }, [
      h(
        "div",
        { class: "home-dots", "aria-hidden": "true" },
        outcomes.map(({ violated }, index) =>
          h("span", {
            class: `${violated ? "home-bad" : "home-good"}${index === now ? " home-here" : ""}`,
          }),
        ),
      ),
      h("input", {
        type: "range",
        min: 0,
        max: outcomes.length - 1,
        value: Math.max(0, now),
        "aria-label": "Where the interrupt comes",
        "aria-valuetext": `place ${now + 1} of ${outcomes.length}`,
        onInput: (event: Event) => at(Number((event.target as HTMLInputElement).value)),
      }),
    ]),
  ]);
}

function harmWords(count: number): string {
  if (count === 0) return "None does harm.";
  return count === 1 ? "One does harm; drag it away." : `${count} do harm; drag it away.`;
}
