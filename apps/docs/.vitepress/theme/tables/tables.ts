import { onContentUpdated } from "vitepress";
import { onMounted, watch } from "vue";
import { addFilter } from "./filter.js";
import { makeSortable } from "./sort.js";
import "./tables.css";

/** Gives the tables of a page that asks for it, by its class, heads that sort and a field that filters. */
export function useTables(page: () => string): void {
  onMounted(improve);
  onContentUpdated(improve);
  watch(page, improve, { flush: "post" });
}

function improve(): void {
  const root = document.querySelector(".Layout");
  const main = document.querySelector<HTMLElement>(".vp-doc");
  if (root === null || main === null || main.dataset.improved === location.pathname) return;
  const wants = (word: string): boolean =>
    document.querySelector(`.VPContent.${word}, .Layout.${word}`) !== null;
  const [sorted, filtered] = [wants("sorted"), wants("filtered")];
  if (!sorted && !filtered) return;
  main.dataset.improved = location.pathname;
  if (sorted) for (const table of main.querySelectorAll("table")) makeSortable(table);
  if (filtered) addFilter(main, wants("sections"));
}
