import { type SimProfileName, simProfiles } from "@escapement/board-sim";
import { timelineSvg, traceTimeline } from "@escapement/timeline";
import { expect, test } from "vitest";
import { makeListBoard } from "../../../apps/bug-museum/src/second-hal/boards.js";
import { labelFaults } from "../../timeline/test/boxes.js";
import { parseMarkup } from "../../timeline/test/markup.js";
import { lawEnv, laws } from "../src/index.js";

test.each(Object.keys(simProfiles) as SimProfileName[])(
  "every law's trace on %s gives a well-formed drawing whose labels never meet",
  async (profile) => {
    const board = makeListBoard(profile);
    const description = board.describe();
    for (const law of laws) {
      if (!law.needs.every((need) => description.capabilities.includes(need))) continue;
      await board.reset();
      const { records } = await board.run(law.program(lawEnv(description)));
      const { frequencyHz } = description;
      const markup = timelineSvg(traceTimeline({ records, frequencyHz, title: law.id }));
      expect(parseMarkup(markup).children[0]?.children[0]?.text).toBe(law.id);
      expect(markup, law.id).not.toMatch(/NaN|Infinity|undefined/);
      expect(labelFaults(markup), law.id).toEqual([]);
    }
    await board.close();
  },
);
