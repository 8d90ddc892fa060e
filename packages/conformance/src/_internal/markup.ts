/** Characters that XML 1.0 cannot carry, even escaped; lone surrogates are among them. */
const unfit = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text for XML or HTML content. Characters that no document can hold become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .replace(unfit, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Text for an attribute in double quotes; line breaks survive the parser's normalisation. */
export function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}
