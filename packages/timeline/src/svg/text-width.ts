/**
 * Advances in thousandths of the font's size. They are those of the widest of the fonts that
 * `system-ui` and `sans-serif` mean on the usual systems, DejaVu Sans, rounded up.
 */
const advances: readonly (readonly [number, string])[] = [
  [205, "\u202f"],
  [285, "ijl'"],
  [345, " ,.:;/|"],
  [395, "ft()[]-"],
  [415, "r!"],
  [530, 's?*z"'],
  [600, "cvxyk"],
  [640, "abdeghnopqu0123456789_$`{}"],
  [700, "ABCDEFGHIJKLNOPRSTUVXYZ&"],
  [840, "w+<=>~#\u2212\u2192\u2717"],
  [1000, "mMWQ%@\u2026"],
];

const widths = new Map(advances.flatMap(([width, all]) => [...all].map((each) => [each, width])));

/** Of a character that is not in the table, such as one of another script. */
const unknownWidth = 1000;

/** What bold type adds. */
const boldShare = 1.13;

/** Type of the drawings, in pixels. */
const sizePixels = 11;

/** How wide text is in a drawing, in pixels: rather too much than too little. */
export function textWidth(text: string, isBold = false): number {
  let sum = 0;
  for (const each of text) sum += widths.get(each) ?? unknownWidth;
  return (sum / 1000) * sizePixels * (isBold ? boldShare : 1);
}

/** As much of a text as fits into so many pixels, with `…` where it is cut; empty where nothing fits. */
export function fitted(text: string, width: number, isBold = false): string {
  if (textWidth(text, isBold) <= width) return text;
  let kept = text;
  while (kept !== "" && textWidth(`${kept}…`, isBold) > width) kept = kept.slice(0, -1);
  return kept.length < 3 ? "" : `${kept.trimEnd()}…`;
}
