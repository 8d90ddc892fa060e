import { serialTransport, type Transport } from "@escapement/board-serial";
import { expect, it, onTestFinished, vi } from "vitest";
import { openUnoBoardOverTty, type UnoTty } from "../src/index.js";

const real =
  await vi.importActual<typeof import("../src/open-uno-tty.js")>("../src/open-uno-tty.js");
const taken: UnoTty[] = [];
const strangers: Transport[] = [];
let takeCount = 0;

// A stranger that is quicker than the board's own session cannot be had on demand.
vi.mock("../src/open-uno-tty.js", () => ({
  openUnoTty: async () => {
    const tty = await real.openUnoTty();
    if (taken.length < takeCount) {
      taken.push(tty);
      const stranger = serialTransport({ path: tty.path });
      await stranger.open();
      strangers.push(stranger);
    }
    return tty;
  },
}));

async function takeFirst(count: number): Promise<void> {
  takeCount = count;
  taken.length = 0;
  onTestFinished(async () => {
    for (const stranger of strangers.splice(0)) await stranger.close();
  });
}

it.skipIf(process.platform === "win32")(
  "opens another terminal where a stranger has taken its first two",
  async () => {
    await takeFirst(2);
    const board = await openUnoBoardOverTty();
    onTestFinished(() => board.close());
    expect(taken.map(({ path }) => path)).not.toContain(board.path);
    expect(board.describe().name).toBe("uno");
    await Promise.all(taken.map((tty) => tty.closed));
  },
);

it.skipIf(process.platform === "win32")(
  "port-busy: gives up after five, and leaves none open",
  async () => {
    await takeFirst(9);
    await expect(openUnoBoardOverTty()).rejects.toMatchObject({ code: "port-busy" });
    expect(taken).toHaveLength(5);
    await Promise.all(taken.map((tty) => tty.closed));
  },
);
