import { EventEmitter } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { helpPoller, needsPollerHelp } from "../src/poller.js";

test.each([
  ["20.19.0", false],
  ["24.21.0", false],
  ["26.3.9", false],
  ["26.4.0", true],
  ["26.10.0", true],
  ["27.0.0", true],
])("Node %s: help is needed: %s", (version, needed) => {
  expect(needsPollerHelp(version)).toBe(needed);
});

test("a helped poller emits in order, in a turn of the event loop of its own", async () => {
  const poller = new EventEmitter();
  const seen: unknown[] = [];
  poller.on("readable", (error) => seen.push(error));
  const end = helpPoller({ port: { poller } });
  poller.emit("readable", 1);
  poller.emit("readable", 2);
  expect(seen).toEqual([]);
  await turn();
  expect(seen).toEqual([1, 2]);
  end();
  poller.emit("readable", 3);
  expect(seen).toEqual([1, 2, 3]);
});

test.each([[undefined], [{}], [{ port: null }], [{ port: { poller: {} } }]])(
  "without a poller in %o the fallback does not keep the process alive",
  (port) => {
    const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const end = helpPoller(port);
    const during = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    end();
    // An unref'd timer is not among the resources that keep a process alive.
    expect(during).toBe(before);
  },
);
