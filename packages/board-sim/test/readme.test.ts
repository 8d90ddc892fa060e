import { readFileSync } from "node:fs";
import { program } from "@escapement/scenario";
import { expect, it } from "vitest";
import { createSimBoard } from "../src/index.js";

it("the README's session prints what the README shows", async () => {
  const board = createSimBoard({ profile: "avr16" });
  const trace = await board.run(
    program(({ main, timer }) => {
      const t = timer({ mode: "periodic", period: 1000 });
      t.handler.stop(t);
      main.start(t).sleep(5000).read();
    }),
  );
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const shown = /```\n(\{"kind":"iteration"[\s\S]*?)\n```/.exec(readme)?.[1];
  expect(trace.records.map((record) => JSON.stringify(record)).join("\n")).toBe(shown);
});
