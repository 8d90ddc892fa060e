import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

const folder = new URL("../agent/", import.meta.url);

/** A piece ends with the statement that makes it this long: on a bad line a short one gets through. */
const pieceBytes = 400;

/** What is sent first: the loader, whose functions check everything that follows. */
export function loaderSource(): string {
  return shortened(readFileSync(new URL("loader.py", folder), "utf8"));
}

/** The agent in its pieces, each small enough to be compiled where memory is short. */
export function agentPieces(): readonly string[] {
  const lines = shortened(readFileSync(new URL("agent.py", folder), "utf8")).split("\n");
  const pieces: string[] = [];
  let piece = "";
  for (const line of lines) {
    // A statement of the module begins; what it has inside, and its other branches, stay with it.
    const begins = /^(?! |except|else|elif|finally)/.test(line);
    if (begins && piece.length > pieceBytes) {
      pieces.push(piece);
      piece = "";
    }
    piece += `${line}\n`;
  }
  return [...pieces, piece];
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
