import { withBase } from "vitepress";
import { defineComponent, h, type PropType, ref, type VNode } from "vue";
import type { RaceRun, RaceSetup } from "../../../races/race-types.js";
import { bugSwitch, setupBar, stepBar, toggleBug, ZOOM } from "./race-controls.js";
import { cellWidth, nextTurn, zoomed } from "./race-layout.js";
import { RaceSource } from "./race-source.js";
import { RaceStage } from "./race-stage.js";
import { failureBox, progressText, searchText, verdictBox } from "./race-verdict.js";
import { type Race, useRace } from "./use-race.js";
import "./races.css";
import "./drawing.css";

/** Plays one bug of the museum: the board and the search run in a worker, this shows what they did. */
export default defineComponent({
  name: "RacePlayer",
  props: {
    /** The bug's name. */
    bug: { type: String, required: true },
    /** The law's id. */
    law: { type: String, required: true },
    /** The counter. */
    profile: { type: String as PropType<RaceSetup["profile"]>, required: true },
    /** Value of the sweep variable in the first run. */
    value: { type: Number, required: true },
    /** Schedule of the first run. */
    schedule: { type: String, required: true },
  },
  setup({ bug, law, profile, value, schedule }) {
    const race = useRace({ bug, law, profile }, { value, schedule });
    const bound = ref(1);
    const cell = ref(cellWidth);
    const title = `${bug} on ${profile}, judged by ${law}`;
    return () => {
      const run = race.run.value;
      const failure = race.failure.value;
      return h(
        "section",
        {
          class: "race",
          "aria-label": `Race: ${title}`,
          "data-ready": run !== undefined || failure !== undefined,
          onKeydown: (event: KeyboardEvent) => press(event, race, cell),
        },
        [
          h("p", { class: "race-title" }, title),
          failure === undefined ? undefined : failureBox(failure, race.restart),
          run === undefined ? waiting(failure !== undefined) : whole(race, run, bound, cell),
        ],
      );
    };
  },
});

function waiting(failed: boolean): VNode | undefined {
  return failed
    ? undefined
    : h(
        "p",
        { class: "race-waiting" },
        "The simulated board starts in this page; it needs JavaScript.",
      );
}

function whole(
  race: Race,
  run: RaceRun,
  bound: { value: number },
  cell: { value: number },
): VNode[] {
  const zoom = (factor: number): void => {
    cell.value = zoomed(cell.value, factor);
  };
  return [
    h("div", { class: "race-head" }, [
      bugSwitch(race, run),
      h("div", { class: "race-said", "aria-live": "polite" }, [verdictBox(run)]),
    ]),
    h(
      "div",
      {
        class: "race-focus",
        tabindex: 0,
        role: "group",
        "aria-label": "Timeline; arrow keys step, plus and minus zoom",
      },
      h(RaceStage, {
        run,
        step: race.step.value,
        cell: cell.value,
        onStep: race.goTo,
        onDrag: (point: number, active: number) => void race.drag({ point }, active),
        onZoom: (width: number) => {
          cell.value = width;
        },
      }),
    ),
    stepBar(race, run, zoom),
    details(race, run),
    setupBar(race, run, bound),
    h("p", { class: "race-notice", role: "status" }, noticeText(race, run)),
    h("p", { class: "race-share" }, [
      "The address of this page leads to this very run: ",
      h("code", run.schedule),
      replayLine(race, run),
    ]),
    legend(),
  ];
}

/** The step that is looked at: in words, in numbers, and as the source line that makes it. */
function details({ step, playing, setup }: Race, run: RaceRun): VNode {
  const here = run.steps[step.value];
  return h("div", { class: "race-details" }, [
    h("div", [
      h("p", { class: "race-words", "aria-live": playing.value ? "off" : "polite" }, here?.words),
      h("p", { class: "race-state" }, [
        h("span", `Counter ${here?.counter}, ${flagWords(here)} latched.`),
        h("span", { class: "race-registry" }, here?.state ?? ""),
      ]),
    ]),
    h(RaceSource, { run, step: step.value, bug: setup.bug }),
  ]);
}

function legend(): VNode {
  return h("p", { class: "race-legend" }, [
    h("a", { href: withBase("/races/#how-to-read-it") }, "How to read it, and the keys"),
  ]);
}

/** The same in a terminal; there a bug is judged by the law that owns it, on its own counter. */
function replayLine(
  { facts, setup: { bug, law, profile } }: Race,
  { bugOn, value, schedule }: RaceRun,
): VNode | undefined {
  if (bugOn && facts.value?.isOwn !== true) return undefined;
  const what = bugOn ? `bugs ${bug}` : `explore --only ${law} --profile ${profile}`;
  const line = `npx escapement ${what} --value ${value} --schedule ${schedule}`;
  return h("span", ["; in a terminal: ", h("code", line)]);
}

function flagWords(step: RaceRun["steps"][number] | undefined): string {
  const set = [...(step?.overflow ? ["overflow"] : []), ...(step?.match ? ["match"] : [])];
  return set.length === 0 ? "no flag" : set.join(" and ");
}

function noticeText({ progress, found }: Race, { notice }: RaceRun): string {
  if (progress.value !== undefined) return progressText(progress.value);
  return found.value === undefined ? notice : searchText(found.value);
}

/** Keys of the whole player; a field keeps those that it needs itself. */
function press(event: KeyboardEvent, race: Race, cell: { value: number }): void {
  const run = race.run.value;
  if (run === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = event.target as HTMLElement;
  const field = target.tagName === "SELECT" || target.getAttribute("name") === "interrupt-time";
  const action = event.key === "b" || event.key === "B" || !field || event.shiftKey;
  const act = action ? (keyAction(event, race, run) ?? zoomAction(event, cell)) : undefined;
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function zoomAction({ key }: KeyboardEvent, cell: { value: number }): (() => unknown) | undefined {
  const factor = key === "+" || key === "=" ? ZOOM : key === "-" ? 1 / ZOOM : undefined;
  if (factor === undefined) return undefined;
  return () => {
    cell.value = zoomed(cell.value, factor);
  };
}

function keyAction(
  { key, shiftKey }: KeyboardEvent,
  race: Race,
  run: RaceRun,
): (() => unknown) | undefined {
  const { step, last, goTo } = race;
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const direction = key === "ArrowLeft" ? -1 : 1;
      if (shiftKey) return () => race.drag({ places: direction });
      return () => goTo(step.value + direction);
    }
    case "PageUp":
    case "PageDown":
      return () => goTo(nextTurn(run, step.value, key === "PageUp" ? -1 : 1));
    case "Home":
      return () => goTo(0);
    case "End":
      return () => goTo(last.value);
    case "b":
    case "B":
      return () => toggleBug(race, run);
    default:
      return undefined;
  }
}
