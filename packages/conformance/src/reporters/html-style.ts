/** The report's style sheet: system fonts, colours from the reader's light or dark setting. */
export const htmlStyle = `:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1c1e21; --quiet: #5b6068; --line: #d9dce1; --panel: #f5f6f8;
  --pass: #1a7f37; --fail: #c01c28; --skip: #6b7280; --error: #9a5b00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181b; --text: #e4e6ea; --quiet: #9aa1ab; --line: #34383e; --panel: #1f2226;
    --pass: #57c478; --fail: #ff7b80; --skip: #9aa1ab; --error: #e8b04a;
  }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.2rem; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; color: var(--fail); }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--ground); }
tbody th { font-weight: normal; }
td { white-space: nowrap; }
small { display: block; color: var(--quiet); white-space: normal; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; margin: .75rem 0; }
article { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 1rem; margin: 1rem 0; }
.wide { overflow-x: auto; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .skip { color: var(--skip); } .error { color: var(--error); }
.count { font-variant-numeric: tabular-nums; }
`;
