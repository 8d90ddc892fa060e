/**
 * Text in lines of at most `width` characters, each one column wide: broken at spaces, and a word that is wider
 * where the line ends. Spaces within a line stay as they are.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const most = Math.max(1, width);
  const lines: string[] = [];
  let line = "";
  for (const [, gap = "", word = ""] of text.matchAll(/( *)([^ ]+)/g)) {
    if (line !== "" && line.length + gap.length + word.length > most) {
      lines.push(line);
      line = word;
    } else line += gap + word;
    while (line.length > most) {
      lines.push(line.slice(0, most));
      line = line.slice(most);
    }
  }
  return [...lines, line];
}
