import { defineComponent, h, type PropType, shallowRef, type VNode, watch } from "vue";
import { type ExcerptLine, excerptAt, type HalSources } from "../../../races/hal-sources.js";
import type { RaceRun } from "../../../races/race-types.js";

/** Written by the generator: the whole HAL as `none`, and for each bug the files that it changes. */
const files = import.meta.glob<HalSources>("../../../dist/sources/*.json", { import: "default" });

/** Lines that are shown on either side of the access. */
const AROUND = 4;

const repository = "https://github.com/escapement-timers/escapement/blob/main/packages/core/src";

/** The source line of the HAL at the step that is looked at, with a few lines around it. */
export const RaceSource = defineComponent({
  name: "RaceSource",
  props: {
    run: { type: Object as PropType<RaceRun>, required: true },
    step: { type: Number, required: true },
    bug: { type: String, required: true },
  },
  setup(props) {
    const sources = shallowRef<HalSources>({});
    watch(
      () => props.run.bugOn,
      async (bugOn) => {
        const whole = await load("none");
        sources.value = bugOn ? { ...whole, ...(await load(props.bug)) } : whole;
      },
      { immediate: true },
    );
    return () => {
      const place = props.run.steps[props.step]?.place ?? "";
      const lines = excerptAt(sources.value, place, AROUND);
      return h("div", { class: "race-source", "data-place": place }, [
        h("p", { class: "race-place" }, placeWords(place, lines)),
        h(
          "pre",
          { tabindex: 0, role: "region", "aria-label": "Source of the HAL" },
          lines.map(lineNode),
        ),
      ]);
    };
  },
});

async function load(name: string): Promise<HalSources> {
  // A bug of a port or a chip changes nothing of the HAL.
  return (await files[`../../../dist/sources/${name}.json`]?.()) ?? {};
}

function placeWords(place: string, lines: readonly ExcerptLine[]): (VNode | string)[] {
  if (place === "")
    return ["This step is the program's or the chip's; the HAL has no line for it."];
  const [file = "", line = ""] = place.split(":");
  const bug = lines.some(({ changed }) => changed) ? ", with the bug" : "";
  return [h("a", { href: `${repository}/${file}#L${line}` }, `${file}, line ${line}`), bug];
}

function lineNode({ number, text, here, changed }: ExcerptLine): VNode {
  const looks = `race-line${here ? " race-line-here" : ""}${changed ? " race-line-bug" : ""}`;
  return h("span", { class: looks, ...(here && { "aria-current": "step" }) }, [
    h("span", { class: "race-number" }, String(number).padStart(4)),
    `${text}\n`,
  ]);
}
