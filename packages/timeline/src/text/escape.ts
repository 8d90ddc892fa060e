import { cleanText } from "@escapement/scenario";

/** Text for XML or HTML content. What no document can hold, or would steer its reader, becomes U+FFFD. */
export function escapeText(text: string): string {
  return cleanText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text for an attribute in double quotes; line breaks survive the parser's normalisation. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}
