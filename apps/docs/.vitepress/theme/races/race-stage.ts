import { defineComponent, h, type PropType, ref, watch } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { drawRun, plotOf } from "./race-drawing.js";
import { pointAt, type RaceWindow, windowSize, windowStart } from "./race-layout.js";
import { drawMarkers } from "./race-marker.js";
import { drawOverview, overviewHeight } from "./race-overview.js";
import { useWidth } from "./use-width.js";

/** Where a pointer is, from the left edge of what listens to it. */
function xIn(event: PointerEvent): number {
  return event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
}

/** The drawing: an overview of the whole run over the part of it that is looked at. The eye's and the pointer's; the keyboard has the sliders. */
export const RaceStage = defineComponent({
  name: "RaceStage",
  props: {
    run: { type: Object as PropType<RaceRun>, required: true },
    step: { type: Number, required: true },
    onStep: { type: Function as PropType<(step: number) => void>, required: true },
    onDrag: {
      type: Function as PropType<(point: number, active: number) => void>,
      required: true,
    },
  },
  setup(props) {
    const { box, width } = useWidth();
    const start = ref(0);
    const dragged = ref<number>();
    const view = (): RaceWindow => ({
      start: start.value,
      size: windowSize(width.value),
      width: width.value,
    });
    watch(
      [() => props.step, () => props.run, width],
      () => {
        // While the marker is dragged the drawing stays under the pointer.
        if (dragged.value !== undefined) return;
        const { size } = view();
        start.value = windowStart(start.value, size, props.step, props.run.steps.length);
      },
      { immediate: true },
    );

    function press(event: PointerEvent): void {
      const marker = (event.target as Element).closest("[data-move]");
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      if (marker !== null) dragged.value = Number(marker.getAttribute("data-move"));
      else props.onStep(pointAt(view(), xIn(event)));
    }
    function pull(event: PointerEvent): void {
      if (dragged.value === undefined) return;
      const x = xIn(event);
      const shift = x < 40 ? -1 : x > width.value - 8 ? 1 : 0;
      const most = Math.max(0, props.run.steps.length - view().size);
      start.value = Math.max(0, Math.min(most, start.value + shift));
      // The marker stands at a point's left edge, so half a point more belongs to the next.
      props.onDrag(pointAt(view(), x + 8), dragged.value);
    }
    function look(event: PointerEvent): void {
      if (event.buttons !== 0) props.onStep((xIn(event) / width.value) * props.run.steps.length);
    }
    const release = (): void => {
      dragged.value = undefined;
    };
    const overview = { onPointerdown: look, onPointermove: look };
    const drawing = {
      onPointerdown: press,
      onPointermove: pull,
      onPointerup: release,
      onPointercancel: release,
    };
    return () =>
      h("div", { class: "race-stage", ref: box }, drawStage(props, view(), overview, drawing));
  },
});

type Listeners = Readonly<Record<string, (event: PointerEvent) => void>>;

function drawStage(
  { run, step }: { readonly run: RaceRun; readonly step: number },
  view: RaceWindow,
  overview: Listeners,
  drawing: Listeners,
) {
  const plot = plotOf(run, view);
  const size = { width: view.width, "aria-hidden": "true" };
  return [
    h(
      "svg",
      { ...size, ...overview, class: "race-overview", height: overviewHeight },
      drawOverview(run, view, step),
    ),
    h("svg", { ...size, ...drawing, class: "race-drawing", height: plot.height }, [
      ...drawRun(plot, view, step),
      ...drawMarkers(run, view, step, plot.bottom),
    ]),
  ];
}
