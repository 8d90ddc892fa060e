import { BoardError, type RunOptions, type Trace } from "@escapement/scenario";
import { expect, test } from "vitest";
import type { BoardWorld, OpenedBoard } from "../src/index.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";

const empty: Trace = { records: [] };

/** The laws of the fakes: one is broken by an empty trace, the other is skipped. */
const [plain, needy] = ["READ-01", "STOP-04"];

function boardWorld(
  result: (options: RunOptions | undefined) => Promise<Trace>,
  part: Partial<OpenedBoard> = {},
): BoardWorld & { readonly boards: FakeBoard[]; readonly seeds: (number | undefined)[] } {
  const boards: FakeBoard[] = [];
  const seeds: (number | undefined)[] = [];
  const open = async (): Promise<OpenedBoard> => {
    const board = new FakeBoard(result);
    boards.push(board);
    return { board, ...part };
  };
  const openSim: BoardWorld["openSim"] = ({ seed }) => {
    seeds.push(seed);
    return open();
  };
  return { ...fakeWorld({ openSim, openUno: open, openPort: open }), boards, seeds };
}

const returnsEmpty = async (): Promise<Trace> => empty;
const neverReturns = (): Promise<Trace> => new Promise(() => {});
const loses = async (): Promise<Trace> => {
  throw new BoardError("disconnected", "/dev/fake went away", "The cable?\nThe board's power?");
};

test("exit 0: laws that the board lacks a capability for are skipped, by its name", async () => {
  const world = boardWorld(returnsEmpty);
  const { code, out, err } = await run(`conform sim --only ${needy}`, world);
  expect(code).toBe(0);
  expect(out).toContain(`- skip ${needy} on sim:one, sim:two: needs nesting`);
  expect(out).toMatch(/\n✓ 1 law on 2 boards: 2 skip, in 0\.0 s\n$/);
  expect(err).toBe("");
  expect(world.boards.map(({ closed }) => closed)).toEqual([true, true]);
});

test("exit 1: a broken law is reported with the command that shows it again", async () => {
  const world = boardWorld(returnsEmpty);
  const { code, out } = await run(`conform sim:two --seed 7 --only ${plain}`, world);
  expect(code).toBe(1);
  expect(out).toContain(`✗ ${plain} fails on sim:two\n`);
  expect(out).toMatch(/\n✗ 1 law on sim:two: 1 fail, in 0\.0 s, seed 7\n$/);
  expect(out).toContain(`  again: escapement conform sim:two --only ${plain} --seed 7\n`);
  expect(world.seeds).toEqual([7]);
});

test.each([
  ["port-not-found", 3],
  ["port-busy", 4],
  ["no-reply", 4],
  ["not-an-agent", 4],
  ["version-mismatch", 4],
] as const)(
  "a board that does not open, %s: exit %i, and every law is an error",
  async (code, exit) => {
    const openPort = async (): Promise<never> => {
      throw new BoardError(code, "/dev/fake: no", "Look at it.");
    };
    const result = await run(
      `conform /dev/fake --json --deterministic --only ${plain}`,
      fakeWorld({ openPort }),
    );
    expect(result.code).toBe(exit);
    expect(result.err).toBe(`error[${code}]: /dev/fake: no\n  hint: Look at it.\n`);
    expect(JSON.parse(result.out)).toEqual({
      $schema: expect.stringMatching(/\/schema\/conform-1\.schema\.json$/),
      version: 1,
      run: { version: expect.any(String) },
      boards: [
        {
          board: "/dev/fake",
          laws: [{ id: plain, verdict: "error", reason: `not run: ${code}: /dev/fake: no` }],
          summary: { pass: 0, fail: 0, skip: 0, error: 1 },
        },
      ],
    });
  },
);

test("exit 4: a board that goes away and does not come back is reported at once, with the law in progress", async () => {
  const world = boardWorld(loses);
  const { code, out, err } = await run("conform uno", world);
  expect(code).toBe(4);
  expect(err).toBe(
    `error[disconnected]: uno: /dev/fake went away; ${plain} was in progress\n  hint: The cable?\n        The board's power?\n`,
  );
  expect(out).toContain(`not run: disconnected during ${plain}`);
  expect(world.boards[0]?.closed).toBe(true);
});

test("exit 42: the run's time is up, even on a board that never returns", async () => {
  const world = boardWorld(neverReturns);
  const { code, out, err } = await run(`conform uno sim:one --timeout 0.01 --json`, world);
  expect(code).toBe(42);
  expect(err).toContain("error[timeout]: uno: the run took longer than the 0.01 s of --timeout");
  const { boards } = JSON.parse(out);
  expect(boards.map(({ board }: { board: string }) => board)).toEqual(["uno", "sim:one"]);
});

test("exit 42: also while a board is being opened, which is closed when it opens after all", async () => {
  const board = new FakeBoard(returnsEmpty);
  let open: (opened: OpenedBoard) => void = () => {};
  const openUno = (): Promise<OpenedBoard> =>
    new Promise((resolve) => {
      open = resolve;
    });
  const { code } = await run("conform uno --timeout 0.01", fakeWorld({ openUno }));
  expect(code).toBe(42);
  open({ board });
  await expect.poll(() => board.closed).toBe(true);
});

test("exit 130: Ctrl-C ends the run with what is known", async () => {
  const io = new FakeIo();
  const world = boardWorld(async () => {
    io.interrupt();
    return neverReturns();
  });
  const { code, out } = await run("conform uno", world, io);
  expect(code).toBe(130);
  expect(out).toContain("uno");
  expect(world.boards[0]?.closed).toBe(true);
});

test("with --json on stdout nothing else is there, and two deterministic runs give the same bytes", async () => {
  const line = `conform sim --only ${plain},${needy} --json --deterministic`;
  const first = await run(line, boardWorld(returnsEmpty));
  const second = await run(line, boardWorld(returnsEmpty));
  expect(first.out).toBe(second.out);
  expect(Object.keys(JSON.parse(first.out))).toEqual(["$schema", "version", "run", "boards"]);
});

test("--verbose has a row for each law, and the sum last as well", async () => {
  const { out } = await run("conform sim --verbose", boardWorld(returnsEmpty));
  expect(out).toMatch(new RegExp(`^${plain} {2}reads something .*✗ fail {3}✗ fail$`, "m"));
  expect(out).toMatch(new RegExp(`^${needy} {2}stops in its own handler .*- skip {3}- skip$`, "m"));
  expect(out).toMatch(/\n✗ 2 laws on 2 boards: 2 fail, 2 skip, in 0\.0 s\n$/);
});

test("reports go to files, and what a person reads to stdout", async () => {
  const line = `conform sim --only ${plain} --json a.json --junit out/a.xml --html a.html`;
  const { out, io } = await run(line, boardWorld(returnsEmpty));
  expect(out).toContain("\nwrote a.json, out/a.xml, a.html\n\n✗ 1 law on 2 boards: 2 fail");
  expect([...io.files.keys()]).toEqual(["a.json", "out/a.xml", "a.html"]);
  expect(JSON.parse(io.files.get("a.json") ?? "").boards).toHaveLength(2);
  expect(io.files.get("out/a.xml")).toMatch(
    /^<\?xml .*\n<testsuites>\n {2}<testsuite name="sim:one"/,
  );
  expect(io.files.get("a.html")).toMatch(/^<!doctype html>/);
});

test("--vcd writes a waveform for each law, and says where there is none", async () => {
  const world = boardWorld(returnsEmpty, { takeWaveform: () => "$timescale 1 ns $end\n" });
  const { io } = await run(`conform sim:one --vcd out --only ${plain}`, world);
  expect([...io.files]).toEqual([[`out/sim-one/${plain}.vcd`, "$timescale 1 ns $end\n"]]);
  const without = await run(`conform uno --vcd out --only ${plain}`, boardWorld(returnsEmpty));
  expect(without.err).toContain("uno: --vcd is for simulated boards");
});

test("progress is for terminals only, and leaves no trace there", async () => {
  const piped = await run(`conform uno --only ${plain}`, boardWorld(returnsEmpty));
  expect(piped.err).toBe("");
  const io = new FakeIo({ NO_COLOR: "1" }, true);
  const { err } = await run(`conform uno --only ${plain}`, boardWorld(returnsEmpty), io);
  expect(err).toContain(`\r\u001b[Kuno  1/1  ${plain} `);
  expect(err.endsWith("\r\u001b[K")).toBe(true);
});

test("how a board was opened is reported on stderr", async () => {
  const world = boardWorld(returnsEmpty, { note: "over the tty /dev/pts/9" });
  const { err } = await run(`conform uno --only ${needy}`, world);
  expect(err).toBe("uno: over the tty /dev/pts/9\n");
});

test("without a board ESCAPEMENT_PORT is taken", async () => {
  const io = new FakeIo({ ESCAPEMENT_PORT: "tcp://localhost:4000" });
  const { code, out } = await run(`conform --only ${needy}`, boardWorld(returnsEmpty), io);
  expect(code).toBe(0);
  expect(out).toContain("✓ 1 law on tcp://localhost:4000: 1 skip");
});

test("--baud goes to the port, and is checked", async () => {
  const rates: (number | undefined)[] = [];
  const world = boardWorld(returnsEmpty);
  const openPort: typeof world.openPort = (name, baudRate) => {
    rates.push(baudRate);
    return world.openPort(name, baudRate);
  };
  await run(`conform a0 --only ${needy} --baud 500000`, { ...world, openPort });
  await run(`conform a0 --only ${needy}`, { ...world, openPort });
  expect(rates).toEqual([500_000, undefined]);
  const refused = await run(`conform a0 --only ${needy} --baud fast`, { ...world, openPort });
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("error[invalid-option]");
  expect(rates).toHaveLength(2);
});

test("device text cannot steer the terminal", async () => {
  const openPort = async (): Promise<never> => {
    throw new BoardError("not-an-agent", "it said \u001b[2J\u0007", "");
  };
  const { err } = await run(`conform a0 --only ${plain}`, fakeWorld({ openPort }));
  expect(err.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});
