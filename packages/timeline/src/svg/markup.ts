import { escapeAttribute, escapeText } from "../text/escape.js";

/**
 * Attributes of an element; numbers are rounded to a tenth, absent ones are left out. Classes get
 * the drawings' own prefix, so that they never meet those of the page around them.
 */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its content, which must be markup already. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? "" : ` ${key}="${attribute(value, key)}"`))
    .join("");
  return content === "" ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** Text at a place. */
export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeText(text));
}

/** A line between two places. */
export function line(from: readonly [number, number], to: readonly [number, number], cls: string) {
  return element("path", { class: cls, d: `M${pair(from)}L${pair(to)}` });
}

/** What a reader sees who points at the element. */
export function tip(text: string): string {
  return `<title>${escapeText(text)}</title>`;
}

/** A coordinate as short as can be. */
export function round(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}

/** About how wide text in the drawings' font is, in pixels; rather too much than too little. */
export function textWidth(text: string, sizePixels = 11): number {
  return text.length * sizePixels * 0.56;
}

function pair([x, y]: readonly [number, number]): string {
  return `${round(x)} ${round(y)}`;
}

function attribute(value: string | number, key: string): string {
  if (typeof value === "number") return round(value);
  if (key !== "class") return escapeAttribute(value);
  return escapeAttribute(value.replaceAll(/(?<=^| )(?!esc-)/g, "e-"));
}
