import type { TimelineRow } from "../../model/timeline.js";
import { label } from "../../svg/markup.js";
import { fitted } from "../../svg/text-width.js";
import type { Scale } from "./scale.js";

interface Caption {
  readonly text: string;
  readonly from: number;
  to: number;
}

/** Height of a line of captions, in pixels. */
export const captionHeight = 14;

/** Writes what a context does over its bars, as much of it as fits. */
export function drawCaptions(row: TimelineRow, scale: Scale, y: number): readonly string[] {
  return captionsOf(row, scale).flatMap(({ text, from, to }) => {
    const [left, right] = [scale.x(from), scale.x(to)];
    const shown = fitted(text, right - left - 2);
    return shown === "" ? [] : [label(left + 1, y, shown)];
  });
}

/** What is under way where a context runs: the innermost operation, from where it is to where it changes. */
function captionsOf({ spans }: TimelineRow, scale: Scale): readonly Caption[] {
  const operations = spans.filter(({ look }) => look === "operation");
  const found: Caption[] = [];
  for (const { from, to, look } of spans) {
    if (look !== "active" && look !== "run") continue;
    for (let at = from; at < to; at += 1) {
      if (!scale.has(at)) continue;
      const text = operations.findLast((each) => each.from <= at && each.to > at)?.name ?? "";
      const last = found.at(-1);
      if (last?.to === at && last.text === text) last.to = at + 1;
      else found.push({ text, from: at, to: at + 1 });
    }
  }
  return found;
}
