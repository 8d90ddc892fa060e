import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { cErrors } from "../c-errors.js";

/** The files of a program, as the compiler sees them in a file system of its own. */
export interface SourceTree {
  /** Texts by path; paths have `/` and no `..`. */
  readonly files: ReadonlyMap<string, string>;
  /** The paths of what is compiled, in the order given. */
  readonly units: readonly string[];
  /** The path that the user knows, by the path in the tree. */
  readonly shownAs: ReadonlyMap<string, string>;
  /** Folders of the tree that take the place of those of `-I`. */
  readonly includeFolders: readonly string[];
}

/** Reads a file, or returns undefined where there is none. */
export type ReadSource = (path: string) => string | undefined;

/** Reads files of this machine. */
const readFromDisk: ReadSource = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/** Where headers of `<...>` are put that are only beside the file which includes them. */
const besideFolder = "beside";

const include = /^[ \t]*#[ \t]*(?:include|import)[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)/gm;

/**
 * Collects the files that are compiled and all headers that they can reach, from their own folders and those of `-I`.
 *
 * The file system of the compiler from npm takes `..` for `.`, so that `dir/../x.h` is looked for at
 * `dir/x.h`: that is where such a header is put.
 *
 * @param defines - values of `-D`: one may be the name of a header
 * @throws {@link CError} `no-such-source` for a file that cannot be read, `bad-module` for one that is compiled already.
 */
export function collectSources(
  names: readonly string[],
  folders: readonly string[],
  defines: readonly string[],
  read: ReadSource = readFromDisk,
): SourceTree {
  const files = new Map<string, string>();
  const shownAs = new Map<string, string>();
  const includeFolders = [...folders.map((_, place) => `include${place}`), besideFolder];
  const units: string[] = [];
  const add = (path: string, disk: string, text: string): void => {
    if (files.has(path)) return;
    files.set(path, text);
    shownAs.set(path, disk);
    for (const [, quoted, angled] of text.matchAll(include)) {
      reach(quoted ?? angled ?? "", path, disk, quoted === undefined);
    }
  };
  const reach = (name: string, fromPath: string, fromDisk: string, isAngled = false): void => {
    const beside = { tree: isAngled ? besideFolder : dirname(fromPath), disk: dirname(fromDisk) };
    const given = folders.map((disk, place) => ({ tree: `include${place}`, disk }));
    const searched = isAngled ? [...given, beside] : [beside, ...given];
    const roots = isAbsolute(name) ? [{ tree: "", disk: "" }] : searched;
    for (const { tree, disk } of roots) {
      const found = disk === "" ? name : join(disk, name);
      const text = read(found);
      if (text === undefined) continue;
      add(withoutUp(`${tree}/${name}`), found, text);
      return;
    }
  };
  for (const [place, name] of names.entries()) {
    const text = read(name);
    if (text === undefined)
      throw cErrors.cannotRead({ file: name, reason: "there is no such file" });
    if (text.startsWith("\0asm")) throw cErrors.notSearched({ file: name });
    if (text.includes("\0"))
      throw cErrors.cannotRead({ file: name, reason: "it is no text in UTF-8" });
    const path = `unit${place}/${basename(name)}`;
    units.push(path);
    add(path, normalize(name), text);
    for (const define of defines) {
      const header = /=\\?["<]?([\w./-]+\.h)/.exec(define)?.[1];
      if (header !== undefined) reach(header, path, name);
    }
  }
  return { files, units, shownAs, includeFolders };
}

function withoutUp(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== ".." && part !== "." && part !== "")
    .join("/");
}
