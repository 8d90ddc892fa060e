/**
 * Colours by the reader's light or dark setting, as custom properties; paper is always light. Sets the page's
 * `color-scheme`, which the drawings follow.
 */
const colours = `:root {
  color-scheme: light;
  --ground: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d5dae0; --panel: #f6f7f9;
  --pass: #1a7f37; --fail: #c0182b; --skip: #6e7781; --error: #9a5b00; --link: #1f5fbf;
  --failground: #fdf0f1;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ground: #15181c; --text: #e2e5ea; --quiet: #9aa4af; --line: #343a42; --panel: #1c2025;
    --pass: #57c478; --fail: #ff7a85; --skip: #8b949e; --error: #f0a94a; --link: #7fb2ff;
    --failground: #2a1b1e;
  }
}
`;

/**
 * Fonts in which box drawing is as wide as letters, of every usual system: a sign from another font would
 * tear the columns of a drawing.
 */
const columnFonts =
  'ui-monospace, Menlo, Consolas, "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono", monospace';

const onScreen = `* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 3rem 0 .75rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 2rem 0 .25rem; }
h4 { font-size: 1rem; margin: 0 0 .5rem; color: var(--fail); overflow-wrap: anywhere; }
h5 { font-size: .8rem; font-weight: 600; color: var(--quiet); margin: .75rem 0 .35rem; }
p { margin: .5rem 0; max-width: 48rem; overflow-wrap: anywhere; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
small, .quiet { color: var(--quiet); }
code, pre { font: 13px/1.55 ${columnFonts}; font-variant-ligatures: none; font-kerning: none; }
pre { margin: 0; overflow-x: auto; white-space: pre; }
pre.lines { padding: .6rem .75rem; background: var(--panel); border-radius: 6px; max-height: 22rem; overflow: auto; }
pre.columns { line-height: 1.3; max-height: none; tab-size: 8; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .skip { color: var(--skip); } .error { color: var(--error); }
.message { color: var(--fail); font-weight: 600; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.headline { font-size: 1.15rem; margin: .35rem 0 0; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; font-weight: normal; }
thead th { color: var(--quiet); font-size: .85rem; }
.wide { overflow-x: auto; position: relative; }
.broken { list-style: none; padding-left: 0; }
.broken li { margin: .25rem 0; overflow-wrap: anywhere; }
article.broken { border-left: 3px solid var(--fail); padding: .1rem 0 .1rem 1rem; margin: 1.25rem 0; }
.boards th, .boards td { padding-right: 1.25rem; }
.boards th[scope=row] { font-weight: 600; overflow-wrap: break-word; min-width: 8.5rem; max-width: 20rem; }
.boards td { white-space: nowrap; }
.contents { margin: 1rem 0 0; }
.contents ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; margin: .75rem 0; }
.tools input[type=search], .tools button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 5px; padding: .25rem .6rem; max-width: 100%; }
.tools button { cursor: pointer; }
.fold { border-bottom: 1px solid var(--line); }
.fold > summary { display: flex; gap: .75rem; align-items: baseline; padding: .4rem 0; cursor: pointer; list-style: none; }
.fold > summary::-webkit-details-marker { display: none; }
.fold > summary::before { content: "\\203a"; color: var(--quiet); width: .6rem; flex: none; transition: rotate .1s; }
.fold[open] > summary::before { rotate: 90deg; }
.fold > summary > .what { flex: 1 1 10rem; min-width: 0; overflow-wrap: anywhere; }
.fold > summary:hover { background: var(--panel); }
.fold .body { padding: .25rem 0 1.75rem 1.35rem; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .75rem 0 1.25rem; font-size: .9rem; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.timeline { margin: 1rem 0; }
.timeline > div { overflow-x: auto; }
.timeline svg { display: block; min-width: 56rem; height: auto; }
figcaption { font-size: .85rem; color: var(--quiet); }
figcaption strong { color: var(--text); }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem 2rem; align-items: start; }
.pair > :only-child { grid-column: 1 / -1; }
.again { background: var(--panel); border-radius: 6px; padding: .5rem .75rem; overflow-x: auto; white-space: pre; display: block; max-width: 100%; }
.inner > summary { cursor: pointer; color: var(--quiet); font-size: .85rem; margin: .75rem 0 .35rem; }
@media (max-width: 760px) {
  main { padding: 1.25rem 1rem 3rem; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .fold .body { padding-left: 0; }
  .fold > summary { flex-wrap: wrap; gap: .1rem .6rem; }
}
`;

/**
 * Everything unfolded but laws that hold everywhere, which would be most of the paper; nothing that scrolls, and columns
 * small enough to fit.
 */
const onPaper = `@page { margin: 14mm 12mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .tools, .contents { display: none; }
  .wide, .timeline > div { overflow: visible; }
  .boards, .times { font-size: 8.5pt; }
  .times th, .times td { padding-right: .6rem; }
  .boards th, .boards td, .boards th[scope=row] { padding-right: .5rem; min-width: 0; white-space: normal; overflow-wrap: anywhere; }
  .boards thead th { overflow-wrap: normal; }
  .pair { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
  pre, pre.lines, .again { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; }
  pre.columns { white-space: pre; font-size: 6.6pt; padding: 0; }
  .timeline svg { min-width: 0; max-width: 100%; }
  .fold > summary::before { content: none; }
  details:not(.allpass)::details-content { content-visibility: visible; display: block; height: auto; }
  tr, figure { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  a { color: inherit; }
}
`;

/**
 * The style of every report: system fonts, colours from the reader's light or dark setting. What a page has
 * besides comes between its two parts, so that paper has the last word.
 */
export function pageStyle(further: string): string {
  return `${colours}${onScreen}${further}${onPaper}`;
}
