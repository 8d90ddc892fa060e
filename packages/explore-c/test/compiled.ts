import {
  type CProgram,
  cacheFolder,
  compileC,
  folderCache,
  npmClang,
  prepareProgram,
} from "@escapement/board-c";
import { isAnnounced } from "../src/index.js";

const compiler = npmClang();
const cache = folderCache(cacheFolder());

/** Compiles files, or takes them from the cache. */
export async function programOf(files: readonly string[], wordBytes = 4): Promise<CProgram> {
  const compiled = await compileC({ files }, { compiler, cache });
  return prepareProgram(compiled, { wordBytes, announces: isAnnounced });
}

/** Compiles one text, or takes it from the cache. */
export async function programOfText(text: string, wordBytes = 4): Promise<CProgram> {
  const read = (path: string) => (path === "app.c" ? text : undefined);
  const compiled = await compileC({ files: ["app.c"], read }, { compiler, cache });
  return prepareProgram(compiled, { wordBytes, announces: isAnnounced });
}
