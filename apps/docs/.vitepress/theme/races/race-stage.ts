import { defineComponent, h, type PropType, type Ref, ref, watch } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { drawRun, plotOf } from "./race-drawing.js";
import { Pointers, wheelOver } from "./race-gestures.js";
import {
  drawingScale,
  gutterWidth,
  pointAt,
  type RaceWindow,
  windowSize,
  windowStart,
  zoomed,
} from "./race-layout.js";
import { drawMarkers } from "./race-marker.js";
import { drawOverview, overviewHeight } from "./race-overview.js";
import { useWidth } from "./use-width.js";

/** Where a pointer is, in the drawing's own pixels, from the left edge of what listens to it. */
function xIn(event: PointerEvent | WheelEvent): number {
  const { left } = (event.currentTarget as Element).getBoundingClientRect();
  return (event.clientX - left) / drawingScale;
}

/** What the stage is given. */
interface StageProps {
  readonly run: RaceRun;
  readonly step: number;
  readonly cell: number;
  readonly onStep: (step: number) => void;
  readonly onDrag: (point: number, active: number) => void;
  readonly onZoom: (cell: number) => void;
}

/** The drawing: an overview of the whole run over the part of it that is looked at. The eye's and the pointer's; the keyboard has the sliders. */
export const RaceStage = defineComponent({
  name: "RaceStage",
  props: {
    run: { type: Object as PropType<RaceRun>, required: true },
    step: { type: Number, required: true },
    cell: { type: Number, required: true },
    onStep: { type: Function as PropType<StageProps["onStep"]>, required: true },
    onDrag: { type: Function as PropType<StageProps["onDrag"]>, required: true },
    onZoom: { type: Function as PropType<StageProps["onZoom"]>, required: true },
  },
  setup(props) {
    const { box, width } = useWidth();
    const start = ref(0);
    const view = (): RaceWindow => {
      const own = width.value / drawingScale;
      const size = windowSize(own, props.cell);
      return { start: Math.round(start.value), size, width: own, cell: props.cell };
    };
    const { listeners, isBusy } = drawingListeners(props, view, start);
    watch(
      [() => props.step, () => props.run, width, () => props.cell],
      () => {
        // While something is dragged the drawing stays under the pointer.
        if (isBusy()) return;
        const { size } = view();
        start.value = windowStart(start.value, size, props.step, props.run.steps.length);
      },
      { immediate: true },
    );
    function look(event: PointerEvent): void {
      const share = xIn(event) / view().width;
      if (event.buttons !== 0) props.onStep(share * props.run.steps.length);
    }
    const overview = { onPointerdown: look, onPointermove: look };
    return () =>
      h("div", { class: "race-stage", ref: box }, drawStage(props, view(), overview, listeners));
  },
});

/** Presses choose a step, pulls move the window or a marker, two fingers and wheels zoom. */
function drawingListeners(props: StageProps, view: () => RaceWindow, start: Ref<number>) {
  const dragged = ref<number>();
  let zooming = false;
  const moveTo = (point: number): void => {
    const most = Math.max(0, props.run.steps.length - view().size);
    start.value = Math.max(0, Math.min(most, point));
  };
  const gestures = {
    pan: (pixels: number) => moveTo(start.value + pixels / props.cell),
    zoom: (factor: number, x: number) => {
      const under = start.value + Math.max(0, x - gutterWidth) / props.cell;
      const cell = zoomed(props.cell, factor);
      zooming = true;
      props.onZoom(cell);
      moveTo(under - Math.max(0, x - gutterWidth) / cell);
      queueMicrotask(() => {
        zooming = false;
      });
    },
  };
  const pointers = new Pointers(gestures);
  function press(event: PointerEvent): void {
    const marker = (event.target as Element).closest("[data-move]");
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    if (marker !== null) dragged.value = Number(marker.getAttribute("data-move"));
    else pointers.press(event.pointerId, xIn(event));
  }
  function pull(event: PointerEvent): void {
    const x = xIn(event);
    if (dragged.value === undefined) {
      pointers.move(event.pointerId, x);
      return;
    }
    moveTo(start.value + (x < 40 ? -1 : x > view().width - 8 ? 1 : 0));
    // The marker stands at a point's left edge, so half a point more belongs to the next.
    props.onDrag(pointAt(view(), x + props.cell / 2), dragged.value);
  }
  function release(event: PointerEvent): void {
    dragged.value = undefined;
    const isPress = pointers.release(event.pointerId) && event.type === "pointerup";
    if (isPress) props.onStep(pointAt(view(), xIn(event)));
  }
  const listeners = {
    onPointerdown: press,
    onPointermove: pull,
    onPointerup: release,
    onPointercancel: release,
    onWheel: (event: WheelEvent) => wheelOver(event, xIn(event), gestures),
  };
  return { listeners, isBusy: () => dragged.value !== undefined || zooming };
}

type Listeners = Readonly<Record<string, (event: never) => void>>;

function drawStage(
  { run, step }: Pick<StageProps, "run" | "step">,
  view: RaceWindow,
  overview: Listeners,
  drawing: Listeners,
) {
  const plot = plotOf(run, view);
  const sized = (height: number) => ({
    width: view.width * drawingScale,
    height: height * drawingScale,
    viewBox: `0 0 ${view.width} ${height}`,
    "aria-hidden": "true",
  });
  return [
    h(
      "svg",
      { ...sized(overviewHeight), ...overview, class: "race-overview" },
      drawOverview(run, view, step),
    ),
    h("svg", { ...sized(plot.height), ...drawing, class: "race-drawing" }, [
      ...drawRun(plot, view, step),
      ...drawMarkers(run, view, step, plot.bottom),
    ]),
  ];
}
