import type { SourcePlace, SplitAccesses } from "@escapement/explore";
import { meaningOf } from "../finding.js";

/** A split in one line: the variable, what it means, and who accesses it where. */
export function splitText({ pattern, variable, accesses }: SplitAccesses): string {
  const parts = accesses.map(
    ({ place, context, write }) => `${context} ${write ? "writes" : "reads"}, ${placeText(place)}`,
  );
  return `${variable}: ${pattern}, ${meaningOf(pattern)}: ${parts.join("; ")}`;
}

function placeText({ file, line, column }: SourcePlace): string {
  return `${file.replace(/^.*[/\\]/, "")}:${line}:${column}`;
}
