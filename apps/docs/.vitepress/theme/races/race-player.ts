import { withBase } from "vitepress";
import { defineComponent, h, type PropType, ref, type VNode } from "vue";
import type { RaceRun, RaceSetup } from "../../../races/race-types.js";
import { setupBar, stepBar, toggleBug } from "./race-controls.js";
import { nextTurn } from "./race-layout.js";
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
          onKeydown: (event: KeyboardEvent) => press(event, race),
        },
        [
          h("p", { class: "race-title" }, title),
          failure === undefined ? undefined : failureBox(failure, race.restart),
          run === undefined ? waiting(failure !== undefined) : whole(race, run, bound),
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

function whole(race: Race, run: RaceRun, bound: { value: number }): VNode[] {
  const { step, playing } = race;
  const here = run.steps[step.value];
  return [
    setupBar(race, run, bound),
    h("div", { "aria-live": "polite" }, [verdictBox(run)]),
    h("p", { class: "race-notice", role: "status" }, noticeText(race, run)),
    h(
      "div",
      {
        class: "race-focus",
        tabindex: 0,
        role: "group",
        "aria-label": "Timeline; arrow keys step",
      },
      h(RaceStage, {
        run,
        step: step.value,
        onStep: race.goTo,
        onDrag: (point: number, active: number) => void race.drag({ point }, active),
      }),
    ),
    stepBar(race, run),
    legend(),
    h("p", { class: "race-words", "aria-live": playing.value ? "off" : "polite" }, here?.words),
    h("p", { class: "race-state" }, [
      h("span", `Counter ${here?.counter}, ${flagWords(here)} latched.`),
      h("span", { class: "race-registry" }, here?.state ?? ""),
    ]),
    h("p", { class: "race-share" }, [
      "The address of this page leads to this very run: ",
      h("code", run.schedule),
      replayLine(race, run),
    ]),
  ];
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
function press(event: KeyboardEvent, race: Race): void {
  const run = race.run.value;
  if (run === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = event.target as HTMLElement;
  const field = target.tagName === "SELECT" || target.getAttribute("name") === "interrupt-time";
  const action = event.key === "b" || event.key === "B" || !field || event.shiftKey;
  const act = action ? keyAction(event, race, run) : undefined;
  if (act === undefined) return;
  event.preventDefault();
  act();
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
