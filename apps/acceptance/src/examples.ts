import { listFiles, readText } from "./workspace.js";

/** A code block that a reader may copy. */
export interface Example {
  /** File and line where it stands. */
  readonly where: string;
  /** The code, without its fence. */
  readonly code: string;
}

function blocksOf(path: string, text: string): Example[] {
  const found: Example[] = [];
  for (const match of text.matchAll(/^([ \t]*(?:\* ?)?)```ts\n([\s\S]*?)^[ \t]*(?:\* ?)?```/gm)) {
    const line = text.slice(0, match.index).split("\n").length;
    const isComment = (match[1] ?? "").includes("*");
    const code = (match[2] ?? "")
      .split("\n")
      .map((row) => (isComment ? row.replace(/^\s*\* ?/, "") : row))
      .join("\n");
    found.push({ where: `${path}:${line}`, code });
  }
  return found;
}

/** Every TypeScript example of the doc comments, the READMEs and the guides. */
export function collectExamples(): Example[] {
  const sources = listFiles(/^packages\/[^/]+\/src\/.*\.ts$/);
  const pages = listFiles(/^(README\.md|packages\/[^/]+\/README\.md|docs\/(?!decisions\/).*\.md)$/);
  return [...sources, ...pages].flatMap((path) => blocksOf(path, readText(path)));
}
