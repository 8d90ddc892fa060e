/**
 * The script of every report. Reading needs none of it: it shows the filter, opens the item of a link where
 * the browser does not do so by itself, opens or closes all items at once, and opens them for the printer, but for laws
 * that hold everywhere.
 */
export const pageScript = `"use strict";
const items = [...document.querySelectorAll("details.fold")];
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (target) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
if (location.hash) reveal();
for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;
document.querySelector("#filter")?.addEventListener("input", ({ target }) => {
  const words = target.value.toLowerCase().split(/\\s+/);
  for (const each of document.querySelectorAll("[data-words]")) {
    each.hidden = !words.every((word) => each.dataset.words.includes(word));
  }
  for (const section of document.querySelectorAll("section[data-filtered]")) {
    section.hidden = !section.querySelector("[data-words]:not([hidden])");
  }
});
document.querySelector("#open-all")?.addEventListener("click", () => {
  const open = items.some((each) => !each.open);
  for (const each of items) each.open = open;
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open], .allpass)")];
  for (const each of closed) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of closed) each.open = false;
});
`;
