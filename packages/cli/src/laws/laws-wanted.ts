import { groupOf, type Law, selectLaws } from "@escapement/conformance";

/**
 * The laws that the words of a command line are about: one by its id, those of a group, or those that have
 * each of the words in what they say. All without a word.
 *
 * @throws ConformanceError `unknown-law` where there is none.
 */
export function lawsWanted(words: readonly string[], catalogue: readonly Law[]): readonly Law[] {
  const [first, ...more] = words;
  if (first === undefined) return selectLaws({ laws: catalogue });
  const name = first.trim().toUpperCase();
  const isName = catalogue.some(({ id }) => id === name || groupOf(id) === name);
  if (!isName || more.length > 0) {
    const said = catalogue.filter((law) => saysAll(law, words));
    if (said.length > 0) return said;
  }
  return selectLaws({ laws: catalogue, only: [words.join(" ")] });
}

function saysAll({ id, title, statement, origin }: Law, words: readonly string[]): boolean {
  const text = [id, title, statement, ...origin].join(" ").toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}
