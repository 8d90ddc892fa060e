import { laws as catalogue } from "@escapement/conformance";
import { expect, test } from "vitest";
import { systemWorld } from "../src/boards/system-world.js";
import { type Capture, captures, foundReport, mayBeWide } from "./capture-rows.js";
import { FakeIo, run } from "./fakes.js";

/** A line of progress, which is written over: no line of what is kept. */
const overwritten = new RegExp(`\\r${"\u001b"}\\[K[^\\n\\r]*(?=\\r|$)`, "g");

async function shownAt(columns: number, { line, world = systemWorld }: Capture) {
  const io = new FakeIo({ NO_COLOR: "1" }, true);
  Object.assign(io.stdout, { columns });
  Object.assign(io.stderr, { columns });
  if (line.includes("found.json")) io.give("found.json", await foundReport());
  const { code, out, err } = await run(line, world, io, catalogue);
  return { code, text: (out + err).replaceAll(overwritten, "").replaceAll("\r\u001b[K", "") };
}

const rows = [80, 40].flatMap((columns) =>
  captures.map((capture) => ({ columns, capture, line: capture.line })),
);

test.each(rows)("at $columns columns every line of `$line` fits", async ({ columns, capture }) => {
  const { code, text } = await shownAt(columns, capture);
  expect({ code, text }).toEqual({ code: capture.exit, text: expect.stringMatching(/\S/) });
  const wide = text.split("\n").filter((each) => [...each].length > columns && !mayBeWide(each));
  expect(wide).toEqual([]);
});
