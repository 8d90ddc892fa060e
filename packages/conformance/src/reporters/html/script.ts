/**
 * The page's script. Reading needs none of it: it shows the filter, opens the law of a link where the
 * browser does not do so by itself, and opens or closes all laws at once.
 */
export const pageScript = `"use strict";
const laws = [...document.querySelectorAll("details.law")];
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
});
document.querySelector("#open-all")?.addEventListener("click", () => {
  const open = laws.some((each) => !each.open);
  for (const each of laws) each.open = open;
});
`;
