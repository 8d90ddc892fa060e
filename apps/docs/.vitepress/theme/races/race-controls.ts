import { h, type VNode } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { icon, type RaceIcon } from "./race-icons.js";
import { nextTurn } from "./race-layout.js";
import type { Race } from "./use-race.js";

/** The bar on top: bug on or off, the sweep's value, the search. */
export function setupBar(race: Race, run: RaceRun, bound: { value: number }): VNode {
  const values = race.facts.value?.values ?? [];
  const searching = race.progress.value !== undefined;
  return h("div", { class: "race-bar" }, [
    h(
      "button",
      {
        type: "button",
        class: "race-button race-switch",
        role: "switch",
        "aria-checked": run.bugOn,
        onClick: () => toggleBug(race, run),
      },
      [h("span", { class: "race-knob", "aria-hidden": "true" }), "Bug"],
    ),
    ...(values.length < 2 ? [] : [valueSelect(race, run, values)]),
    ...(run.moves.length < 2 ? [] : [moveSelect(race, run)]),
    ...(run.choices.length < 2 ? [] : [choiceSelect(race, run)]),
    h("span", { class: "race-search" }, [
      select(
        "Moves at most",
        [1, 2].map((count) => [String(count), count === 1 ? "1 move" : "2 moves"]),
        String(bound.value),
        (value) => {
          bound.value = Number(value);
        },
      ),
      h(
        "button",
        {
          type: "button",
          class: "race-button",
          onClick: () => (searching ? race.cancel() : race.search(bound.value)),
        },
        searching ? "Stop" : "Search all",
      ),
    ]),
  ]);
}

/** Switches the bug and stays at the same time of the interrupt. */
export function toggleBug(race: Race, { bugOn, value }: RaceRun): Promise<void> {
  return race.carry({ bugOn: !bugOn, value });
}

function valueSelect(race: Race, run: RaceRun, values: readonly number[]): VNode {
  const options = values.map((value) => [String(value), String(value)] as const);
  return select("Sweep variable", options, String(run.value), (value) =>
    race.carry({ bugOn: run.bugOn, value: Number(value) }),
  );
}

function moveSelect(race: Race, run: RaceRun): VNode {
  const options = run.moves.map(
    ({ point }, index) => [String(index), `at point ${point}`] as const,
  );
  return select("Interrupt", options, String(run.active), (value) => race.choose(Number(value)));
}

function choiceSelect(race: Race, run: RaceRun): VNode {
  const options = run.choices.map(({ choice, words }) => [choice, words] as const);
  const now = run.moves[run.active]?.choice ?? "";
  return select("Held up until", options, now, (choice) => race.drag({ choice }));
}

function select(
  label: string,
  options: readonly (readonly [string, string])[],
  value: string,
  onChange: (value: string) => void,
): VNode {
  return h("label", { class: "race-field" }, [
    h("span", label),
    h(
      "select",
      { value, onChange: (event: Event) => onChange((event.target as HTMLSelectElement).value) },
      options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
    ),
  ]);
}

/** The row below: steps, play, and the two sliders. */
export function stepBar(race: Race, run: RaceRun): VNode {
  const { step, last, playing, goTo } = race;
  const turn = (direction: 1 | -1) => () => goTo(nextTurn(run, step.value, direction));
  return h("div", { class: "race-steps" }, [
    h("div", { class: "race-buttons" }, [
      button("To the begin", "begin", () => goTo(0)),
      button("Back to the last turn", "turnBack", turn(-1)),
      button("One step back", "back", () => goTo(step.value - 1)),
      button(playing.value ? "Pause" : "Play", playing.value ? "pause" : "play", () => {
        playing.value = !playing.value;
      }),
      button("One step on", "on", () => goTo(step.value + 1)),
      button("On to the next turn", "turnOn", turn(1)),
      button("To the end", "end", () => goTo(last.value)),
    ]),
    slider("Step", "step", step.value, last.value, run.steps[step.value]?.words ?? "", goTo),
    timeSlider(race, run),
  ]);
}

function button(label: string, sign: RaceIcon, onClick: () => void): VNode {
  const attributes = { type: "button", class: "race-button", "aria-label": label, title: label };
  return h("button", { ...attributes, onClick }, icon(sign));
}

/** Where the interrupt is, among the places where it can be; 0 for nowhere. */
function timeSlider({ drag }: Race, { places, moves, active }: RaceRun): VNode {
  const move = moves[active];
  const now = move === undefined ? 0 : places.indexOf(move.point) + 1;
  const text =
    move === undefined
      ? "no interrupt placed"
      : `before point ${move.point}, held up until ${move.words}`;
  return slider("Time of the interrupt", "interrupt-time", now, places.length, text, (place) => {
    const point = places[place - 1];
    return drag(point === undefined ? { none: true } : { point });
  });
}

function slider(
  label: string,
  name: string,
  value: number,
  max: number,
  text: string,
  onInput: (value: number) => void,
): VNode {
  return h("label", { class: "race-slider" }, [
    h("span", label),
    h("input", {
      type: "range",
      min: 0,
      max,
      value,
      name,
      "aria-valuetext": text,
      onInput: (event: Event) => onInput(Number((event.target as HTMLInputElement).value)),
    }),
  ]);
}
