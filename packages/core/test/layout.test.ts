import { expect, it } from "vitest";
import { describeCell } from "../src/describe-cell.js";
import { HARD_LANE, SOFT_LANE, scheduledIn, slotIn, stoppedIn, threadIn } from "../src/lane.js";
import * as layout from "../src/layout.js";
import { queueCell } from "../src/regions.js";
import { anchorOf, deadlineOf, dueOf, linkOf, overrunsOf, periodOf, wordOf } from "../src/slot.js";

it("gives every number a cell of its own, and leaves none out", () => {
  const capacity = 3;
  const ofHal = Object.values(layout);
  const ofLanes = [HARD_LANE, SOFT_LANE].flatMap((lane) =>
    [slotIn, stoppedIn, scheduledIn, threadIn].map((cellIn) => cellIn(lane)),
  );
  // Two pseudo-slots after the last hold the ends of the soft lists.
  const ofSlots = Array.from({ length: capacity + 2 }).flatMap((_, slot) =>
    [wordOf, deadlineOf, dueOf, periodOf, anchorOf, overrunsOf, linkOf].map((cellOf) =>
      cellOf(slot),
    ),
  );
  const cells = [...ofHal, ...ofLanes, ...ofSlots].sort((one, other) => one - other);
  expect(cells).toEqual(cells.map((_, index) => index));
  expect(queueCell(capacity)).toBeGreaterThanOrEqual(cells.length);
  expect(describeCell(HARD_LANE, capacity)).toMatch(/hard lane/);
});
