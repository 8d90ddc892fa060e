/** The page's style sheet: system fonts, colours from the reader's light or dark setting. */
export const pageStyle = `html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.2rem; margin: 3rem 0 .75rem; }
h3 { font-size: 1rem; margin: 2rem 0 .25rem; }
h4 { font-size: 1rem; margin: 0 0 .5rem; color: var(--fail); overflow-wrap: anywhere; }
h5 { font-size: .8rem; font-weight: 600; color: var(--quiet); margin: 0 0 .35rem; }
p { margin: .5rem 0; max-width: 48rem; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
small, .quiet { color: var(--quiet); }
code, pre { font: 13px/1.55 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 0; overflow-x: auto; }
pre.lines { white-space: pre; padding: .6rem .75rem; background: var(--panel); border-radius: 6px; max-height: 22rem; overflow: auto; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .skip { color: var(--skip); } .error { color: var(--error); }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.headline { font-size: 1.15rem; margin: .35rem 0 0; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; font-weight: normal; }
thead th { color: var(--quiet); font-size: .85rem; }
.wide { overflow-x: auto; }
.broken { list-style: none; padding-left: 0; }
.broken li { margin: .25rem 0; }
.boards th, .boards td { padding-right: 1.25rem; }
.boards th[scope=row] { font-weight: 600; overflow-wrap: break-word; min-width: 8.5rem; max-width: 20rem; }
.boards td { white-space: nowrap; }
.share { display: flex; width: 9rem; height: .5rem; border-radius: 2px; overflow: hidden; background: var(--line); }
.share i { background: currentColor; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; margin: .75rem 0; }
.tools input[type=search], .tools button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 5px; padding: .25rem .6rem; }
.tools button { cursor: pointer; }
.matrix table { width: 100%; }
.matrix th, .matrix td { padding: .22rem .5rem .22rem 0; }
.matrix thead th { position: sticky; top: 0; z-index: 1; background: var(--ground); box-shadow: inset 0 -1px var(--line); vertical-align: bottom; padding-top: .6rem; }
.matrix thead th + th, .matrix td { text-align: center; width: 5.25rem; padding-right: 0; overflow-wrap: anywhere; }
.matrix thead small { display: block; }
.matrix tbody tr:not(.group) th { padding-left: 5rem; text-indent: -5rem; }
.matrix tbody th code { display: inline-block; min-width: 4.75rem; text-indent: 0; }
.matrix .group th { padding-top: 1.4rem; font-weight: 600; }
.matrix .group small { font-weight: normal; margin-left: .5rem; }
.matrix td.fail a { color: inherit; }
.matrix td.fail { background: var(--failground); font-weight: 600; }
.matrix tbody tr:not(.group):hover > * { background: var(--panel); }
.many { overflow: auto; max-height: 90vh; }
.histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1.5rem 2rem; }
.histograms figure { margin: 0; }
.histograms svg { display: block; }
figcaption { font-size: .85rem; color: var(--quiet); }
figcaption strong { color: var(--text); }
.law { border-bottom: 1px solid var(--line); }
.law > summary { display: flex; gap: .75rem; align-items: baseline; padding: .4rem 0; cursor: pointer; list-style: none; }
.law > summary::-webkit-details-marker { display: none; }
.law > summary::before { content: "\\203a"; color: var(--quiet); width: .6rem; flex: none; transition: rotate .1s; }
.law[open] > summary::before { rotate: 90deg; }
.law > summary code { flex: none; min-width: 4.5rem; }
.law > summary span:not(.dots, .dots *) { flex: 1 1 10rem; min-width: 0; }
.law > summary .dots { margin-left: auto; flex: none; letter-spacing: .2em; font-family: ui-monospace, monospace; }
.law > summary:hover { background: var(--panel); }
.law .body { padding: .25rem 0 1.75rem 1.35rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .75rem 0 1.25rem; font-size: .9rem; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.timeline { margin: 1rem 0; }
.timeline > div { overflow-x: auto; }
.timeline svg { display: block; min-width: 56rem; height: auto; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem 2rem; align-items: start; }
.pair > :only-child { grid-column: 1 / -1; }
.times { font-size: .85rem; }
.times .here th, .times .here td { color: var(--fail); font-weight: 600; }
.broken { border-left: 3px solid var(--fail); padding: .1rem 0 .1rem 1rem; margin: 1.25rem 0; }
.broken li { overflow-wrap: anywhere; }
.again { background: var(--panel); border-radius: 6px; padding: .5rem .75rem; overflow-x: auto; white-space: pre; display: block; max-width: 100%; }
.inner > summary { cursor: pointer; color: var(--quiet); font-size: .85rem; margin: .75rem 0 .35rem; }
body:has(#only-open:checked) .allpass { display: none; }
@media (max-width: 760px) {
  main { padding: 1.25rem 1rem 3rem; }
  .matrix { overflow: auto; max-height: 85vh; margin: 0 -1rem; padding: 0 1rem; }
  .matrix tbody th { min-width: 9.5rem; position: sticky; left: 0; background: var(--ground); }
  .matrix thead th:first-child { left: 0; z-index: 2; }
  .matrix tbody tr:not(.group) th { padding-left: 0; text-indent: 0; }
  .matrix tbody th code { display: block; }
  .matrix .group th { position: static; }
  .matrix thead th + th, .matrix td { min-width: 4rem; }
  .boards .share { width: 4rem; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .law .body { padding-left: 0; }
  .law > summary { flex-wrap: wrap; gap: .1rem .6rem; }
  .law > summary span:not(.dots, .dots *) { flex: 1 1 10rem; min-width: 0; }
.law > summary .dots { margin-left: 0; flex-basis: 100%; padding-left: 1.2rem; }
}
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .tools { display: none; }
  .matrix { overflow: visible; max-height: none; }
  .matrix thead th { position: static; }
  .matrix thead th + th, .matrix td { width: 4rem; }
  pre.lines { max-height: none; white-space: pre-wrap; }
  .timeline svg { min-width: 0; }
  .law > summary::before { content: none; }
  tr, figure, .histograms figure { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  a { color: inherit; }
}
`;
