import {
  type CompiledProgram,
  type CProgram,
  cacheFolder,
  compileC,
  folderCache,
  npmClang,
  prepareProgram,
} from "@escapement/board-c";
import { isAnnounced } from "../src/index.js";

/** The compiler that npm brings, and where it keeps what it made. */
export const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };

/** Compiles files, or takes them from the cache. */
export async function programOf(files: readonly string[], wordBytes = 4): Promise<CProgram> {
  return prepareProgram(await compileC({ files }, tools), { wordBytes, announces: isAnnounced });
}

/** Compiles one text, or takes it from the cache; the program is not ready to run. */
export async function compiledText(text: string): Promise<CompiledProgram> {
  const read = (path: string) => (path === "app.c" ? text : undefined);
  return compileC({ files: ["app.c"], read }, tools);
}

/** Compiles one text, or takes it from the cache. */
export async function programOfText(text: string, wordBytes = 4): Promise<CProgram> {
  return prepareProgram(await compiledText(text), { wordBytes, announces: isAnnounced });
}
