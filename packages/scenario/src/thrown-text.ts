/**
 * What somebody's code threw, in a sentence. It may be anything, also what has no text and throws
 * when asked for one. The text is as it was thrown: clean it where it goes out.
 */
export function thrownText(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return `it threw ${String(thrown)}`;
    const { message, name } = thrown;
    return String(message === "" ? name : message);
  } catch {
    return "it threw something that has no text";
  }
}
