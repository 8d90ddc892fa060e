import { h, type VNode } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { icon, type RaceIcon } from "./race-icons.js";
import { nextTurn } from "./race-layout.js";
import type { Race } from "./use-race.js";

/** The switch of the bug. */
export function bugSwitch(race: Race, run: RaceRun): VNode {
  return h(
    "button",
    {
      type: "button",
      class: "race-button race-switch",
      role: "switch",
      "aria-checked": run.bugOn,
      title: "Puts the bug in or takes it out; the interrupt stays where it is (B)",
      onClick: () => toggleBug(race, run),
    },
    [h("span", { class: "race-knob", "aria-hidden": "true" }), "Bug"],
  );
}

/** What is run: the variable, the moves, the search; each says what it is. */
export function setupBar(race: Race, run: RaceRun, bound: { value: number }): VNode {
  const values = race.facts.value?.values ?? [];
  const searching = race.progress.value !== undefined;
  return h("div", { class: "race-bar" }, [
    ...(values.length < 2 ? [] : [valueSelect(race, run, values)]),
    ...(run.moves.length < 2 ? [] : [moveSelect(race, run)]),
    ...(run.choices.length < 2 ? [] : [choiceSelect(race, run)]),
    h("div", { class: "race-search" }, [
      select(
        "Moves at most",
        "a move holds the processor up, so that an interrupt comes just there",
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
          title: "Runs every schedule of at most so many moves, with every value of the variable",
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
  const hint = `a number in the law's program, often a time: it is run with each of ${values.length}`;
  return select("Variable", hint, options, String(run.value), (value) =>
    race.carry({ bugOn: run.bugOn, value: Number(value) }),
  );
}

function moveSelect(race: Race, run: RaceRun): VNode {
  const options = run.moves.map(
    ({ point }, index) => [String(index), `at point ${point}`] as const,
  );
  const hint = "which of the moves the arrow, the slider and the keys move";
  return select("Move", hint, options, String(run.active), (value) => race.choose(Number(value)));
}

function choiceSelect(race: Race, run: RaceRun): VNode {
  const options = run.choices.map(({ choice, words }) => [choice, words] as const);
  const now = run.moves[run.active]?.choice ?? "";
  const hint = "what the processor waits for at the arrow";
  return select("Held up until", hint, options, now, (choice) => race.drag({ choice }));
}

/** A list with its name above and what it is below. */
function select(
  label: string,
  hint: string,
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
    h("small", hint),
  ]);
}

/** How much wider a press of the key or the button makes the points. */
export const ZOOM = 1.35;

/** The row below: steps, play, and the two sliders. */
export function stepBar(race: Race, run: RaceRun, zoom: (factor: number) => void): VNode {
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
      button("Zoom out", "zoomOut", () => zoom(1 / ZOOM)),
      button("Zoom in", "zoomIn", () => zoom(ZOOM)),
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
