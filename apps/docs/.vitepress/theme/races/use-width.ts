import { onBeforeUnmount, onMounted, type Ref, ref } from "vue";

/** An element, to be given as `ref`, and its width in pixels, which follows the window's. */
export function useWidth(): {
  readonly box: Ref<HTMLElement | undefined>;
  readonly width: Ref<number>;
} {
  const box = ref<HTMLElement>();
  const width = ref(800);
  let resizes: ResizeObserver | undefined;
  onMounted(() => {
    const element = box.value;
    if (element === undefined) return;
    width.value = element.clientWidth;
    resizes = new ResizeObserver(() => {
      width.value = element.clientWidth;
    });
    resizes.observe(element);
  });
  onBeforeUnmount(() => resizes?.disconnect());
  return { box, width };
}
