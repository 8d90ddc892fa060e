import { useRoute } from "vitepress";
import theme from "vitepress/theme-without-fonts";
import { type App, defineAsyncComponent, onMounted } from "vue";
import "./style.css";
import "./pages.css";
import "./print.css";
import "./first-page/home.css";
import { useTables } from "./tables/tables.js";
// Written by the generator, so that drawings look the same here and in reports.
import "../../dist/drawing.css";

export default {
  extends: theme,
  enhanceApp({ app }: { readonly app: App }) {
    // Only the pages that have one load it.
    app.component(
      "RacePlayer",
      defineAsyncComponent(() => import("./races/race-entry.js")),
    );
    app.component(
      "HomeRace",
      defineAsyncComponent(() => import("./first-page/home-race.js")),
    );
  },
  setup() {
    const route = useRoute();
    useTables(() => route.path);
    // The key on the search button is for the eye. As text it would be part of what the button
    // says without being part of its name; drawn by the style sheet it is neither.
    onMounted(() => {
      for (const key of document.querySelectorAll<HTMLElement>(".DocSearch-Button-Key")) {
        if (key.textContent === "") continue;
        key.dataset.key = key.textContent ?? "";
        key.textContent = "";
      }
    });
  },
};
