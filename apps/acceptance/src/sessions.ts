import { readText } from "./workspace.js";

/** A command of a session and what it printed. */
export interface Step {
  /** As it stands after `$ `; empty for a program that stands above its output. */
  readonly command: string;
  /** What it printed, line by line; a line `…` matches any lines. */
  readonly expected: readonly string[];
}

/** A code block that shows what something printed. */
export interface Session {
  /** File and line where the block starts. */
  readonly where: string;
  /** The package's folder, or "" for the workspace's README. */
  readonly folder: string;
  /** From a comment `<!-- session: name -->` above the block: how to run it stands in the tests. */
  readonly name?: string;
  /** The nearest js or ts block above. */
  readonly code?: string;
  readonly steps: readonly Step[];
}

interface Fence {
  readonly line: number;
  readonly language: string;
  readonly body: readonly string[];
  readonly mark: string | undefined;
}

const OUTPUT = ["console", "text"];
const CODE = ["js", "ts"];
const PLAIN = ["sh", "c"];

function fencesOf(text: string): Fence[] {
  const found: Fence[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const language = /^```(.*)$/.exec(lines[at] ?? "")?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf("```", at + 1);
    if (end < 0) throw new Error(`the block of line ${at + 1} has no end`);
    const above = lines.slice(0, at).filter((line) => line.trim() !== "");
    const mark = /^<!-- session: ([\w-]+) -->$/.exec(above.at(-1) ?? "")?.[1];
    found.push({ line: at + 1, language, body: lines.slice(at + 1, end), mark });
    at = end;
  }
  return found;
}

function stepsOf(body: readonly string[]): Step[] {
  if (!body.some((line) => line.startsWith("$ "))) return [{ command: "", expected: body }];
  const steps: { command: string; expected: string[] }[] = [];
  for (const line of body) {
    if (line.startsWith("$ ")) steps.push({ command: line.slice(2), expected: [] });
    else steps.at(-1)?.expected.push(line);
  }
  return steps;
}

/**
 * The sessions of a README. The convention: a `console` or `text` block is output. Its lines after
 * `$ ` are commands and the others what they print; without commands it is what the nearest js or ts
 * block above prints. A comment `<!-- session: name -->` above it names another way. Throws on a
 * block whose language says neither output nor code, since it would be left out unseen.
 */
export function parseSessions(path: string, text: string): Session[] {
  const found: Session[] = [];
  let code: string | undefined;
  for (const { line, language, body, mark } of fencesOf(text)) {
    const where = `${path}:${line}`;
    if (CODE.includes(language)) code = body.join("\n");
    else if (OUTPUT.includes(language)) {
      found.push({
        where,
        folder: path.split("/").slice(0, -1).join("/"),
        steps: stepsOf(body),
        ...(mark === undefined ? {} : { name: mark }),
        ...(code === undefined ? {} : { code }),
      });
    } else if (!PLAIN.includes(language)) {
      throw new Error(
        `${where}: a block of "${language}": make it console or text if it is output`,
      );
    }
  }
  return found;
}

/** The sessions of a README of the workspace. */
export function readSessions(path: string): Session[] {
  return parseSessions(path, readText(path));
}

/** Output without what differs from machine to machine and from run to run. */
export function normalise(output: string): string[] {
  const lines = output
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with it
    .replace(/\u001b\[[0-9;]*m/g, "")
    .replace(/\r\n/g, "\n")
    .replace(/\/dev\/(pts\/|ttys)\d+/g, "/dev/pts/N")
    .replace(/\b\d+(\.\d+)? ?ms\b/g, "N ms")
    // How long a run took.
    .replace(/, in \d+(\.\d+)? (s|min)\b/g, ", in N s")
    .replace(/\bescapement \d+\.\d+\.\d+\b/g, "escapement V")
    // The list of ports that happen to be here.
    .replace(/^ {2}(\/dev\/\S+|COM\d+)( .*)?\n/gm, "")
    .split("\n")
    .map((line) => line.trimEnd());
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Whether lines are as expected, where an expected `…` matches any number of lines. */
export function linesMatch(expected: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return actual.length === 0;
  if (first !== "…") return first === actual[0] && linesMatch(rest, actual.slice(1));
  return Array.from({ length: actual.length + 1 }).some((_, skip) =>
    linesMatch(rest, actual.slice(skip)),
  );
}
