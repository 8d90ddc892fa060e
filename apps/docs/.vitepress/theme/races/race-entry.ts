import { defineComponent, h, onMounted, ref } from "vue";
import RacePlayer from "./race-player.js";

/**
 * A race in a page. With `waits` it starts when it is asked to, or when the address already names a
 * run: on pages about something else, nobody wants a simulated board started behind their back.
 */
export default defineComponent({
  name: "RaceEntry",
  inheritAttrs: false,
  props: {
    /** Whether to wait for the reader. */
    waits: { type: Boolean, default: false },
  },
  setup({ waits }, { attrs }) {
    const started = ref(!waits);
    onMounted(() => {
      if (new URLSearchParams(location.search).has("s")) started.value = true;
    });
    return () => {
      if (started.value) return h(RacePlayer, attrs as InstanceType<typeof RacePlayer>["$props"]);
      const onClick = (): void => {
        started.value = true;
      };
      const button = h(
        "button",
        { type: "button", class: "race-button", onClick },
        "Play it: move the interrupt, switch the bug",
      );
      return h("p", { class: "race-start" }, button);
    };
  },
});
