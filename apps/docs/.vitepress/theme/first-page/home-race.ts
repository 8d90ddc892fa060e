import { withBase } from "vitepress";
import { defineComponent, h, type PropType, type VNode } from "vue";
import { icon } from "../races/race-icons.js";
import { placeStrip } from "./place-strip.js";
import { storyRows } from "./story-rows.js";
import { type HomeRaceData, useHomeRace } from "./use-home-race.js";
import "./home-race.css";

type HomeRace = ReturnType<typeof useHomeRace>;

/** A race that plays by itself, with the bug and without it: two columns, a row for each access. */
export default defineComponent({
  name: "HomeRace",
  props: {
    /** The race, as the page was made with it. */
    data: { type: Object as PropType<HomeRaceData>, required: true },
  },
  setup({ data }) {
    const race = useHomeRace(data);
    return () => {
      const { story } = race.side().value;
      const isEnd = race.rows.value >= story.rows.length;
      return h(
        "section",
        {
          class: "home-race",
          "aria-label": "A race, played",
          "data-live": race.live.value,
          "data-playing": race.playing.value,
          "data-rows": race.rows.value,
        },
        [
          bar(race),
          h("div", { class: "home-body", style: { "--home-rows": longest(data) } }, [
            storyRows(story, race.rows.value),
            outcome(race, isEnd, data),
          ]),
          placeStrip(race.side().value, race.showPlace),
          h("p", { class: "home-more" }, [
            h("a", { href: withBase(data.page) }, "Play with this race"),
            " · ",
            h("a", { href: withBase(`/bugs/${data.bug}`) }, "the code"),
            " · ",
            h("a", { href: withBase(`/laws/${data.law}`) }, `the law ${data.law}`),
          ]),
        ],
      );
    };
  },
});

/** The rows of the longer side, so that nothing below moves when the side changes. */
function longest({ sides }: HomeRaceData): number {
  return Math.max(...sides.map(({ story }) => story.rows.length));
}

function bar({ bugOn, playing, play, pause, showSide }: HomeRace): VNode {
  const side = (on: boolean, words: string): VNode =>
    h(
      "button",
      {
        type: "button",
        class: on ? "home-side home-bug" : "home-side home-fix",
        "aria-pressed": bugOn.value === on,
        onClick: () => showSide(on),
      },
      words,
    );
  const words = playing.value ? "Pause" : "Play";
  return h("div", { class: "home-bar" }, [
    h("div", { class: "home-sides", role: "group", "aria-label": "The bug" }, [
      side(true, "Bug on"),
      side(false, "Bug off"),
    ]),
    h(
      "button",
      {
        type: "button",
        class: "home-play",
        "aria-label": words,
        title: words,
        onClick: playing.value ? pause : play,
      },
      icon(playing.value ? "pause" : "play"),
    ),
  ]);
}

/** What came of it. It keeps its place while the run plays; nothing is said aloud of a run that plays by itself. */
function outcome({ side, bugOn }: HomeRace, isEnd: boolean, { law }: HomeRaceData): VNode {
  const { story } = side().value;
  const holds = story.violation === "";
  const words = holds
    ? ["✓ ", h("strong", "Every law holds."), returned(story.result)]
    : [
        "✗ ",
        h("strong", `${law} is broken.`),
        returned(story.result),
        ` ${capital(story.violation)}.`,
      ];
  const looks = `home-outcome ${holds ? "home-holds" : "home-broken"}`;
  return h("p", { class: isEnd ? looks : `${looks} home-later`, "data-bug": bugOn.value }, words);
}

function returned(result: string): string {
  return result === "" ? "" : ` The call returned ${result}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
