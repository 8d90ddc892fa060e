/**
 * The style sheet of all drawings, for pages that hold many of them and have it once. Without it in the page, leave `style` on.
 *
 * Colours are custom properties with no specificity, so that a page may set its own; they follow
 * the page's `color-scheme`.
 */
export const drawingStyle = `:where(.esc-drawing) {
  --esc-ink: light-dark(#1f2328, #e2e5ea); --esc-quiet: light-dark(#59636e, #9aa4af);
  --esc-line: light-dark(#d5dae0, #3a4048); --esc-ground: light-dark(#ffffff, #15181c);
  --esc-call: light-dark(#1f5fbf, #7fb2ff); --esc-timer: light-dark(#0f7b6c, #4fd1bd);
  --esc-late: light-dark(#b35c00, #f0a94a); --esc-mask: light-dark(#8b6fc033, #a98ae03d);
  --esc-fail: light-dark(#c0182b, #ff7a85);
}
svg.esc-drawing:root { color-scheme: light dark; }
.esc-drawing { font: 11px system-ui, sans-serif; fill: var(--esc-ink); }
.esc-drawing text { paint-order: stroke; stroke: var(--esc-ground); stroke-width: 3; stroke-linejoin: round; }
.esc-drawing path { fill: none; }
.esc-drawing .e-quiet { fill: var(--esc-quiet); }
.esc-drawing .e-num { font-variant-numeric: tabular-nums; }
.esc-drawing .e-end { text-anchor: end; }
.esc-drawing .e-mid { text-anchor: middle; }
.esc-drawing .e-rule { stroke: var(--esc-line); }
.esc-drawing .e-stem { stroke: var(--esc-quiet); stroke-opacity: .55; }
.esc-drawing .e-cut { fill: var(--esc-ground); }
.esc-drawing .e-cutedge { stroke: var(--esc-quiet); stroke-opacity: .6; stroke-dasharray: 1 3; }
.esc-drawing .e-mask { fill: var(--esc-mask); }
.esc-drawing .e-call { fill: var(--esc-call); }
.esc-drawing .e-active { fill: var(--esc-line); }
.esc-drawing .e-wait { fill: var(--esc-quiet); fill-opacity: .3; }
.esc-drawing .e-read { fill: var(--esc-call); }
.esc-drawing .e-mark { fill: var(--esc-quiet); }
.esc-drawing .e-interrupt { fill: var(--esc-late); }
.esc-drawing .e-error { fill: var(--esc-fail); }
.esc-drawing .e-run { fill: var(--esc-timer); fill-opacity: .28; }
.esc-drawing .e-entry { fill: var(--esc-timer); }
.esc-drawing path.e-due { fill: var(--esc-ground); stroke: var(--esc-timer); stroke-width: 1.5; }
.esc-drawing .e-late { stroke: var(--esc-late); stroke-width: 3; }
.esc-drawing .e-move { stroke: var(--esc-late); stroke-width: 2; }
.esc-drawing .e-latetext { fill: var(--esc-late); }
.esc-drawing .e-touch { stroke: var(--esc-call); stroke-width: 1.5; }
.esc-drawing .e-hl { stroke: var(--esc-fail); stroke-dasharray: 4 3; }
.esc-drawing .e-hlmark, .esc-drawing path.e-hlmark { fill: var(--esc-fail); }
.esc-drawing .e-hltext { fill: var(--esc-fail); font-weight: 600; }
.esc-drawing .e-bar { fill: var(--esc-timer); }
.esc-drawing .e-bar.e-over { fill: var(--esc-fail); }
.esc-drawing .e-bound { stroke: var(--esc-ink); stroke-dasharray: 4 3; }
`;
