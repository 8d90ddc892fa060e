import { escapeAttribute, escapeText } from "../text/escape.js";

/**
 * Attributes of an element; numbers are rounded to a tenth, absent ones are left out. Classes get
 * the drawings' own prefix, so that they never meet those of the page around them.
 */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A place in a drawing: x and y, in pixels. */
export type Place = readonly [x: number, y: number];

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

/** A line along some places. */
export function line(look: string, ...places: readonly Place[]): string {
  const d = places.map(([x, y], index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`);
  return element("path", { class: look, d: d.join("") });
}

/** A whole drawing: an accessible image that fetches nothing, holds no ids and scales to its place. */
export function drawing(
  {
    title,
    words,
    style,
  }: { readonly title: string; readonly words: string; readonly style: string },
  [width, height]: readonly [width: number, height: number],
  parts: readonly string[],
): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "esc-drawing",
    role: "img",
    viewBox: `0 0 ${width} ${round(height)}`,
    width: "100%",
  };
  const content = [
    tip(title),
    `<desc>${escapeText(words)}</desc>`,
    style === "" ? "" : `<style>${style}</style>`,
    ...parts,
  ];
  return element("svg", attributes, content.filter((part) => part !== "").join("\n"));
}

/** What a reader sees who points at the element. */
export function tip(text: string): string {
  return `<title>${escapeText(text)}</title>`;
}

/** A coordinate as short as can be. */
export function round(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}

function attribute(value: string | number, key: string): string {
  if (typeof value === "number") return round(value);
  if (key !== "class") return escapeAttribute(value);
  return escapeAttribute(value.replaceAll(/(?<=^| )(?!esc-)/g, "e-"));
}
