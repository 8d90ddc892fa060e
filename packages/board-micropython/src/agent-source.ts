import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

const folder = new URL("../agent/", import.meta.url);

/** What is sent first: the loader, whose functions check everything that follows. */
export function loaderSource(): string {
  return shortened(readFileSync(new URL("loader.py", folder), "utf8"));
}

/** The agent in its pieces, each small enough to be compiled where memory is short. */
export function agentPieces(): readonly string[] {
  const text = readFileSync(new URL("agent.py", folder), "utf8");
  return text.split(/^#---$/m).map(shortened);
}

/** The checksum of the loader and the frames. */
export function checksum(text: string): number {
  return crc32(Buffer.from(text, "latin1"));
}

/** A text as a bytes literal of Python. */
export function pythonBytes(text: string): string {
  const escaped = text.replace(/[\\'\n]/g, (each) => (each === "\n" ? "\\n" : `\\${each}`));
  return `b'${escaped}'`;
}

/** Without comments and blank lines, and indented by one space: what the line and the heap need not carry. */
function shortened(source: string): string {
  return source
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"))
    .map((line) => line.replace(/^( {4})+/, (indent) => " ".repeat(indent.length / 4)))
    .join("\n");
}
