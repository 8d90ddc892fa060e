import { applyPatch, parsePatch, type StructuredPatch } from "diff";
import { museumErrors } from "./museum-errors.js";

/**
 * Applies the patch of a bug, a unified diff, and returns the changed files by name, as the patch
 * calls them after `b/`. A hunk may have moved up or down; its lines must be as they are in the patch.
 *
 * @param name The bug's name, for errors.
 * @param patch Text of the patch.
 * @param readSource The text of a file; undefined where there is none.
 * @throws {@link MuseumError} `patch-failed`, with the file and the hunk.
 */
export function patchedSources(
  name: string,
  patch: string,
  readSource: (file: string) => string | undefined,
): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const each of parsed(name, patch)) {
    const file = fileOf(each);
    const source = readSource(file);
    if (source === undefined) throw museumErrors.noSuchSource({ name, file });
    const text = applyPatch(source, each);
    if (text === false) throw museumErrors.hunkFailed({ name, file, ...failedHunk(source, each) });
    changed.set(file, text);
  }
  return changed;
}

/** The files that a patch changes, as it calls them after `b/`. */
export function patchedFiles(name: string, patch: string): readonly string[] {
  return parsed(name, patch).map(fileOf);
}

function fileOf({ newFileName = "" }: StructuredPatch): string {
  return newFileName.replace(/^b\//, "");
}

function parsed(name: string, patch: string): StructuredPatch[] {
  let files: StructuredPatch[];
  try {
    files = parsePatch(patch);
  } catch (cause) {
    throw museumErrors.unreadablePatch({ name }, { cause });
  }
  if (files.every(({ hunks }) => hunks.length === 0)) throw museumErrors.unreadablePatch({ name });
  return files;
}

/** The first hunk that does not fit, counted from 1, and where it was to be. */
function failedHunk(source: string, patch: StructuredPatch): { hunk: number; line: number } {
  const { hunks } = patch;
  const fits = (count: number): boolean =>
    applyPatch(source, { ...patch, hunks: hunks.slice(0, count) }) !== false;
  let hunk = 1;
  while (hunk < hunks.length && fits(hunk)) hunk += 1;
  return { hunk, line: hunks[hunk - 1]?.oldStart ?? 0 };
}
