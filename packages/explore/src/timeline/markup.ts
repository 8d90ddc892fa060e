import { cleanText } from "@escapement/scenario";

/** Text for XML or HTML, in content or in an attribute in double quotes. */
export function escaped(text: string): string {
  return cleanText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** An element; numbers are rounded to a tenth, absent attributes left out, `content` is markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = "",
): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => {
      if (value === undefined || value === "") return "";
      return ` ${key}="${typeof value === "number" ? round(value) : escaped(value)}"`;
    })
    .join("");
  return content === "" ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** Text at a place; `looks` are classes of the drawings' style sheet. */
export function label(x: number, y: number, text: string, looks = ""): string {
  return element("text", { class: looks, x, y }, escaped(text));
}

/** A line along some places. */
export function path(looks: string, places: readonly (readonly [number, number])[]): string {
  const d = places.map(([x, y], index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`);
  return element("path", { class: looks, d: d.join("") });
}

/** What a reader sees who points at an element. */
export function tip(text: string): string {
  return `<title>${escaped(text)}</title>`;
}

/** A coordinate as short as can be. */
export function round(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}

/** About how wide text is in a drawing, in pixels; rather too much than too little. */
export function textWidth(text: string): number {
  return text.length * 11 * 0.56;
}
