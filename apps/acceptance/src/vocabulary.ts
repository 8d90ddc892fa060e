import { listFiles, readText } from "./workspace.js";

/** A word that is not used here, and what to say. */
interface BannedWord {
  /** The word and its forms, a regular expression in lower case; a part of a camelCase name counts. */
  readonly word: string;
  /** What to say instead, or what the word means where it is allowed. */
  readonly say: string;
  /** Paths in which it is banned; all when absent. */
  readonly where?: RegExp;
  /** Paths in which it has its one meaning; none when absent. */
  readonly allowed?: RegExp;
  /** Phrases in which it is another word. */
  readonly not?: RegExp;
}

/** One word for one thing. */
const bannedWords: readonly BannedWord[] = [
  { word: "moments?", say: "deadline, tick, time or instant" },
  { word: "answer(s|ed|ing|able)?", say: "return (a function), reply (a device on its line)" },
  { word: "(tell|tells|told|telling)", say: "say, name, show, report or distinguish" },
  { word: "anew", say: "again, or start over" },
  { word: "mend(s|ed|ing)?", say: "fix" },
  { word: "(turn|turns|turned|turning|roll|rolls|rolled|rolling) over", say: "wrap" },
  { word: "the own", say: "its own" },
  { word: "(goes|go|went|gone|going) through", say: "cover, search or try" },
  { word: "(stand|stands|stood) (in )?for", say: "cover or represent" },
  { word: "(come|comes|came|coming) to the same", say: "be equivalent" },
  { word: "owed", say: "due or missed" },
  { word: "lest", say: "so that it does not" },
  { word: "ought", say: "should or must" },
  { word: "for want of", say: "without" },
  { word: "all else", say: "everything else" },
  { word: "(becomes|became) of", say: "happens to" },
  {
    word: "slots?",
    say: "a place in the HAL's registry; else place, field or blank",
    where: /^(apps\/docs|packages\/(board-serial|cli|timeline))\//,
    not: /slots of the registry/,
  },
  {
    word: "lanes?",
    say: "the HAL's place for the handler in flight; a drawing has rows",
    where:
      /^(apps\/docs|docs\/(guides|wire)|packages\/(cli|conformance|explore|scenario|timeline))/,
    not: /"lane"|hard lane/,
  },
  {
    word: "levels?",
    say: "interrupt depth; else depth, degree or kind",
    where: /^(apps\/acceptance\/(src|test)|packages\/(board-serial|cli)\/src)\//,
    not: /logLevel|level: 9|highest level|interrupts?: .* level|top level/,
  },
  {
    word: "points?",
    say: "a place in a run where a search may put an event; else step, place, tick or dot",
    where:
      /^(apps\/(acceptance|bug-museum)|packages\/(board-[a-z]+|conformance|core|firmware|scenario))\//,
    not: /floating[- ]point|entry ?points?|code_?points?|points? (at|to|up|out)\b|pointsMax/gi,
  },
  {
    word: "(sweep|sweeps|swept|sweeping)",
    say: "a program's variable that runs over values; else search, try or cover",
    where:
      /^(README|CONTRIBUTING|llms|package\.json|\.github|\.ci|packages\/(core|board-uno\/src)\/)/,
  },
];

/**
 * Files that keep their words: this table, change logs, records of decisions taken before it, and
 * pages that programs write, whose words are in the sources.
 */
const exempt =
  /vocabulary\.(test\.)?ts$|^\.changeset\/|CHANGELOG|^docs\/decisions\/00([01]|2[0-2]|28)|^docs\/(kill-matrix|coverage|firmware-(sweep|coverage)|figures)|\/assets\/|api\.json$|pnpm-lock|figures\.json$/;

const text = /(\.(ts|mts|mjs|js|c|h|S|ld|md|json|ya?ml|sh|txt|css|vue|html|patch)|\.ci\/[^.]+)$/;

/** The banned words of one text. */
export function hitsIn(path: string, content: string): string[] {
  const rows = bannedWords.filter(
    ({ where, allowed }) => (where?.test(path) ?? true) && !(allowed?.test(path) ?? false),
  );
  return rows.flatMap(({ word, say, not }) => {
    const pattern = patternOf(word);
    if (content.search(pattern) < 0) return [];
    return content.split("\n").flatMap((line, at) => {
      const rest = not === undefined ? line : line.replace(not, "");
      return (rest.match(pattern) ?? []).map((found) => `${path}:${at + 1}: "${found}": ${say}`);
    });
  });
}

/** The banned words of all tracked files. */
export function allHits(): string[] {
  return listFiles(text)
    .filter((path) => !exempt.test(path))
    .flatMap((path) => hitsIn(path, readText(path)));
}

const patterns = new Map<string, RegExp>();

/** A word by itself, or a part of a camelCase name, or of a constant. */
function patternOf(word: string): RegExp {
  const known = patterns.get(word);
  if (known !== undefined) return known;
  const capital = word.replace(/\(?[a-z]+(\|[a-z]+)*/, (first) =>
    first.replace(
      /(^\(?|\|)([a-z])/g,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    ),
  );
  const pattern = new RegExp(
    `(?<![A-Za-z])(?:${word}|${capital})(?![a-z])|(?<=[a-z])(?:${capital})(?![a-z])|(?<![A-Z])(?:${word.toUpperCase()})(?![A-Z])`,
    "g",
  );
  patterns.set(word, pattern);
  return pattern;
}
