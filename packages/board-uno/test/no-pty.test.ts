import { expect, it, vi } from "vitest";
import { openUnoBoard, openUnoTty } from "../src/index.js";

vi.mock("@lydell/node-pty", () => ({
  open() {
    throw new Error("no native module for this platform");
  },
}));

it("without the native package a tty is `port-failed`, with the way out; in process works", async () => {
  await expect(openUnoTty()).rejects.toMatchObject({
    code: "port-failed",
    hint: expect.stringContaining("openUnoBoard"),
  });
  const board = await openUnoBoard();
  expect(board.describe().name).toBe("uno");
  await board.close();
});
