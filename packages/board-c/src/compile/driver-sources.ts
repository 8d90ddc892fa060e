import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { cErrors } from "../c-errors.js";
import type { CompileRequest } from "./compile-c.js";

const sourceForms = /\.(?:c|cc|cpp|cxx|c\+\+|ino|pde)$/i;

/** Response files in response files that are followed. */
const DEPTH_MAX = 8;

/**
 * What names like those of a compiler's command line ask for: a file as it is, a folder for all files of C in
 * it, `@name` for a response file, whose words are names, `-I folder` and `-D macro`.
 *
 * @throws {@link CError} `no-such-source` for what cannot be read, and for a folder without C.
 */
export function driverSources(
  names: readonly string[],
  given: { readonly folders?: readonly string[]; readonly defines?: readonly string[] } = {},
): Pick<CompileRequest, "files" | "includeFolders" | "defines"> {
  const files: string[] = [];
  const includeFolders = [...(given.folders ?? [])];
  const defines = [...(given.defines ?? [])];
  const take = (words: readonly string[], depth: number): void => {
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? "";
      const [, letter, value] = /^-([ID])(.*)$/.exec(word) ?? [];
      if (letter !== undefined) {
        const isApart = value === "";
        if (isApart) at += 1;
        const text = isApart ? (words[at] ?? "") : (value ?? "");
        (letter === "I" ? includeFolders : defines).push(text);
      } else if (word.startsWith("@")) {
        if (depth >= DEPTH_MAX)
          throw cErrors.cannotRead({ file: word, reason: "response files name each other" });
        take(wordsOf(word.slice(1)), depth + 1);
      } else if (isFolder(word)) files.push(...sourcesIn(word));
      else files.push(word);
    }
  };
  take(names, 0);
  return { files, includeFolders, defines };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function sourcesIn(folder: string): readonly string[] {
  const found = readdirSync(folder).filter((name) => sourceForms.test(name));
  if (found.length === 0)
    throw cErrors.cannotRead({ file: folder, reason: "the folder has no file of C" });
  return found.sort().map((name) => join(folder, name));
}

/** Words by white space; quotes keep it. */
function wordsOf(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw cErrors.cannotRead({ file, reason: "there is no such file" });
  }
  const words = text.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  return words.map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
}
