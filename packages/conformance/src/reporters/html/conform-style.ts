/** What the page of `conform` has besides the style of every report: its matrix, dots and histograms. */
export const conformStyle = `.share { display: flex; width: 9rem; height: .5rem; border-radius: 2px; overflow: hidden; background: var(--line); }
.share i { background: currentColor; }
.matrix { position: relative; }
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
.law > summary code { flex: none; min-width: 4.5rem; }
.law > summary .dots { margin-left: auto; flex: none; letter-spacing: .2em; font-family: ui-monospace, monospace; }
.times { font-size: .85rem; }
.times .here th, .times .here td { color: var(--fail); font-weight: 600; }
body:has(#only-open:checked) .allpass { display: none; }
@media (max-width: 760px) {
  .matrix { overflow: auto; max-height: 85vh; margin: 0 -1rem; padding: 0 1rem; }
  .matrix tbody th { min-width: 9.5rem; position: sticky; left: 0; background: var(--ground); }
  .matrix thead th:first-child { left: 0; z-index: 2; }
  .matrix tbody tr:not(.group) th { padding-left: 0; text-indent: 0; }
  .matrix tbody th code { display: block; }
  .matrix .group th { position: static; }
  .matrix thead th + th, .matrix td { min-width: 4rem; }
  .boards .share { width: 4rem; }
  .law > summary .dots { margin-left: 0; flex-basis: 100%; padding-left: 1.2rem; }
}
@media print {
  .matrix { overflow: visible; max-height: none; margin: 0; padding: 0; }
  .matrix thead th, .matrix tbody th { position: static; }
  .matrix thead th + th, .matrix td { width: 4rem; }
}
`;
