import { createSimBoard } from "@escapement/board-sim";
import { judgedLaw, type Law, laws, runConformance, unitTicksOf } from "@escapement/conformance";
import { type Board, BoardError, program } from "@escapement/scenario";
import { expect, test } from "vitest";
import type { BoardWorld } from "../src/index.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";
import forgetful from "./fixtures/forgetful-board.mjs";

/** A board of ours with a part replaced, and whether it was closed. */
class Watched implements Board {
  closed = false;
  runs = 0;
  readonly recoveryMs = 50;
  readonly #board: Board;
  readonly #before: (run: number) => void | Promise<void>;

  constructor(board: Board, before: (run: number) => void | Promise<void> = () => {}) {
    this.#board = board;
    this.#before = before;
  }

  describe(): ReturnType<Board["describe"]> {
    return this.#board.describe();
  }

  async run(...args: Parameters<Board["run"]>): ReturnType<Board["run"]> {
    this.runs += 1;
    await this.#before(this.runs);
    return this.#board.run(...args);
  }

  async reset(): Promise<void> {
    await this.#before(this.runs);
    return this.#board.reset();
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

const good = (): Board => createSimBoard({ profile: "avr16" });

function worldOf(board: Board): BoardWorld {
  const open = async () => ({ board });
  return fakeWorld({ openSim: open, openUno: open, openPort: open, openModule: open });
}

test("exit 0: no rule broken; the board is closed, and nothing is on stderr", async () => {
  const board = new Watched(good());
  const { code, out, err } = await run("fuzz sim:one --seed 5 --runs 20", worldOf(board));
  expect(out).toMatch(/^sim:one {2}20 programs: no rule broken\n$/);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(board).toMatchObject({ runs: 20, closed: true });
});

test("1 000 programs are run where nothing says how many, after the kept ones", async () => {
  // Without room for any program nothing is run, which is quick.
  const full = new Watched(good(), (nth) => {
    if (nth > 0) throw new BoardError("program-too-large", "there is no room", "");
  });
  full.reset = async () => {};
  const { out } = await run("fuzz sim:one --json", worldOf(full));
  const { noRoom } = JSON.parse(out).boards[0];
  expect(noRoom).toBeGreaterThan(1_000);
  expect(noRoom).toBeLessThan(1_200);
});

test("exit 1: a rule that is broken is shown with the program that shows it, made small", async () => {
  const { code, out, err } = await run(
    "fuzz sim:one --seed 1 --runs 60 --first",
    worldOf(forgetful()),
  );
  expect(code).toBe(1);
  expect(err).toMatch(/^sim:one: seed \d+ breaks a rule\n$/);
  const [, operations, before] = /program: (\d+) operations, shrunk from (\d+) in/.exec(out) ?? [];
  expect(Number(operations)).toBeLessThanOrEqual(5);
  expect(Number(before)).toBeGreaterThan(10);
  expect(out).toMatch(/^✗ [A-Z]+-\d\d fails on sim:one$/m);
  for (const part of ["rule: ", "expected: ", "found: ", "program(({", "trace:", "again: "]) {
    expect(out).toContain(`  ${part}`);
  }
});

test("the line under a failure shows the same failure again", async () => {
  const failures = (text: string): readonly { again: string; rule: string; program: object }[] =>
    JSON.parse(text).boards[0].failures;
  const line = "fuzz ./forgetful.mjs --seed 1 --runs 60 --only STOP,PER --json";
  const found = failures((await run(line, worldOf(forgetful()))).out);
  expect(found.length).toBeGreaterThan(0);
  for (const { again, rule, program } of found) {
    expect(again).toMatch(
      /^escapement fuzz \.\/forgetful\.mjs --seed \d+ --runs 1 --only STOP,PER$/,
    );
    const words = again.replace(/^escapement /, "");
    const { code, out } = await run(`${words} --json`, worldOf(forgetful()));
    expect(code).toBe(1);
    expect(failures(out)[0]).toMatchObject({ rule, program, again, count: 1 });
  }
});

test("a kept program that fails is shown again by the law of the kept ones", async () => {
  const { out } = await run("fuzz ./forgetful.mjs --runs 1 --json", worldOf(forgetful()));
  const failures: readonly { first: object; again: string }[] = JSON.parse(out).boards[0].failures;
  const kept = failures.find(({ first }) => "corpus" in first);
  expect(kept?.again).toBe("escapement conform ./forgetful.mjs --only ANY-01");
  const again = await run(
    "conform ./forgetful.mjs --only ANY-01",
    worldOf(forgetful()),
    new FakeIo(),
    laws,
  );
  expect(again.code).toBe(1);
});

test.each(["fuzz --seed 1 --runs 3", "conform"])(
  "%s: a board whose description cannot be does not end the run for those after it",
  async (line) => {
    const wrong = new Watched(good());
    wrong.describe = () => ({ ...good().describe(), frequencyHz: 0 });
    const world = fakeWorld({
      openSim: async ({ profile }) => ({ board: profile === "one" ? wrong : new Watched(good()) }),
    });
    const { code, out, err } = await run(`${line} sim:one sim:two --json`, world);
    expect(err).toContain("sim:one: sim:avr16 states that its frequencyHz is 0");
    const { boards } = JSON.parse(out);
    expect(boards.map(({ board }: { board: string }) => board)).toEqual(["sim:one", "sim:two"]);
    expect(boards[1].stopped).toBeUndefined();
    expect(wrong).toMatchObject({ runs: 0, closed: true });
    expect(code).toBe(4);
  },
);

test("--no-shrink shows the program that was made", async () => {
  const { out } = await run(
    "fuzz sim:one --seed 1 --runs 60 --first --no-shrink --json",
    worldOf(forgetful()),
  );
  const [failure] = JSON.parse(out).boards[0].failures;
  expect(failure.operations.shrunk).toBe(failure.operations.original);
  expect(failure.operations.shrunk).toBeGreaterThan(5);
});

test("deterministic JSON is the same twice, and is alone on stdout", async () => {
  const line = "fuzz sim:one sim:two --seed 1 --runs 30 --json --deterministic";
  const [first, second] = [
    await run(line, worldOf(forgetful())),
    await run(line, worldOf(forgetful())),
  ];
  expect(second.out).toBe(first.out);
  expect(JSON.parse(first.out).boards.map(({ board }: { board: string }) => board)).toEqual([
    "sim:one",
    "sim:two",
  ]);
});

test("--for ends by the clock, and --runs before it", async () => {
  const io = new FakeIo();
  const board = new Watched(good(), () => {
    io.clockMs += 250;
  });
  const ticking = await run("fuzz sim:one --seed 1 --for 10s --json", worldOf(board), io);
  const [report] = JSON.parse(ticking.out).boards;
  // A reset and a run take 250 ms each by this clock.
  expect(report).toMatchObject({ programs: 20, programsPerSecond: 2 });
  const both = await run("fuzz sim:one --seed 1 --for 10s --runs 7 --json", worldOf(good()));
  expect(JSON.parse(both.out).boards[0].programs).toBe(7);
});

test("reports go to files, the waveform is of the first failure, and the text still to stdout", async () => {
  const line =
    "fuzz sim:one --seed 1 --runs 30 --json a.json --junit a.xml --html a.html --vcd a.vcd";
  const { code, out, io } = await run(line, worldOf(forgetful()));
  expect(code).toBe(1);
  expect(out).toContain("fails on sim:one");
  expect([...io.files.keys()]).toEqual(["a.json", "a.xml", "a.html", "a.vcd"]);
  expect(JSON.parse(io.files.get("a.json") ?? "").boards).toHaveLength(1);
  expect(io.files.get("a.xml")).toContain('<testsuite name="sim:one"');
  expect(io.files.get("a.html")).toMatch(/^<!doctype html>(.|\n)*<svg/);
  expect(io.files.get("a.vcd")).toContain("$enddefinitions $end");
});

test("--save writes a law that fails on the same driver, and holds on a right one", async () => {
  const line = "fuzz ./forgetful.mjs --seed 1 --runs 60 --first --save deep/law.ts";
  const { out, io } = await run(line, worldOf(forgetful()));
  const text = io.files.get("deep/law.ts") ?? "";
  // There are no types in it but what the imports bring.
  const body = text.replace(/^import .*$/gm, "").replace("export const found =", "return");
  const evaluate = new Function("judgedLaw", "program", "unitTicksOf", body);
  const found: Law = evaluate(judgedLaw, program, unitTicksOf);
  expect(text).toMatch(/^import \{ judgedLaw.* \} from "@escapement\/conformance";\n/);
  expect(found.origin).toEqual([/again: (.*)$/m.exec(out)?.[1]]);
  const verdicts = async (board: Board) =>
    (await runConformance(board, { laws: [found] })).laws.map(({ verdict }) => verdict);
  expect(await verdicts(forgetful())).toEqual(["fail"]);
  expect(await verdicts(good())).toEqual(["pass"]);
});

test("what is of the first failure is not written where nothing was found, and that is said", async () => {
  const line = "fuzz sim:one --seed 1 --runs 5 --vcd a.vcd --save a.ts";
  const { code, err, io } = await run(line, worldOf(good()));
  expect(err).toBe(
    "--save: nothing was found, so a.ts is not written\n--vcd: nothing was found, so a.vcd is not written\n",
  );
  expect([...io.files]).toEqual([]);
  expect(code).toBe(0);
});

test.each([
  ["--for 0", "--for is "],
  ["--for 1y", "--for is "],
  ["--for", "--for has no value"],
  ["--runs 0", "--runs is "],
  ["--seed -1", '--seed is "-1", expected a whole number from 0 to 4294967295'],
  ["--only NOPE", '--only is "NOPE", expected one or more of READ, ARM'],
  ["--only STOP-04", '--only is "STOP-04", expected one or more of READ, ARM'],
  ["--first=1", "--first takes no value"],
])("exit 2: %s is refused before a board is opened", async (option, words) => {
  const { code, err } = await run(`fuzz sim:one ${option}`, fakeWorld());
  expect(err).toContain("error[invalid-option]: ");
  expect(err).toContain(words);
  expect(code).toBe(2);
});

test("exit 2: no board, or none of that name", async () => {
  expect((await run("fuzz")).err).toContain("error[no-board-named]");
  expect((await run("fuzz nonsense")).code).toBe(2);
});

test("exit 3: a port that is not there; the other boards are tried", async () => {
  const openPort = async (): Promise<never> => {
    throw new BoardError("port-not-found", "/dev/none: no such port", "Plug it in.");
  };
  const world = { ...worldOf(good()), openPort };
  const { code, out, err } = await run("fuzz /dev/none sim:one --seed 1 --runs 5", world);
  expect(code).toBe(3);
  expect(err).toContain("error[port-not-found]: /dev/none: no such port\n  hint: Plug it in.");
  expect(out).toContain("sim:one    5 programs: no rule broken");
});

test("exit 4: a board that goes away in the middle; what was found until then is reported", async () => {
  const board = new Watched(forgetful(), (nth) => {
    if (nth > 200) throw new BoardError("disconnected", "/dev/fake went away", "The cable?");
  });
  const { code, out, err } = await run("fuzz a0 --seed 1 --runs 5000", worldOf(board));
  expect(code).toBe(4);
  expect(err).toContain("error[disconnected]: a0: /dev/fake went away\n  hint: The cable?\n");
  expect(out).toMatch(/^✗ [A-Z]+-\d\d fails on a0$/m);
  expect(out).toMatch(/^! a0: disconnected: \/dev\/fake went away; seed \d+ was in progress$/m);
  expect(out).toMatch(/^a0 {2}\d+ programs: \d rules? broken, ended early/m);
  expect(board.closed).toBe(true);
});

test("exit 42: the time of --timeout is up, even on a board that never returns", async () => {
  const board = new Watched(good(), () => new Promise(() => {}));
  const { code, err } = await run("fuzz sim:one --timeout 0.05", worldOf(board));
  expect(code).toBe(42);
  expect(err).toContain("the run took longer than the 0.05 s of --timeout");
});

test("exit 130: Ctrl-C ends it with what is known; a second one ends it at once", async () => {
  const io = new FakeIo();
  const board = new Watched(forgetful(), (nth) => {
    if (nth === 150) io.interrupt();
  });
  const { code, out } = await run("fuzz sim:one --seed 1 --runs 100000", worldOf(board), io);
  expect(code).toBe(130);
  expect(out).toMatch(/^✗ [A-Z]+-\d\d fails on sim:one$/m);
  expect(io.exits).toEqual([]);

  const stuck = new FakeIo();
  const never = new Watched(good(), () => {
    stuck.interrupt();
    stuck.interrupt();
    return new Promise(() => {});
  });
  await run("fuzz sim:one --runs 5", worldOf(never), stuck);
  expect(stuck.exits).toEqual([130]);
});

test("progress is a line on a terminal, with the rate, and on a pipe nothing", async () => {
  const terminal = new FakeIo({}, true);
  const tick = (io: FakeIo) =>
    new Watched(good(), () => {
      io.clockMs += 100;
    });
  await run("fuzz sim:one --seed 1 --runs 20", worldOf(tick(terminal)), terminal);
  expect(terminal.stderr.written).toContain("sim:one  10 programs  5/s  0 failures");
  const pipe = new FakeIo();
  await run("fuzz sim:one --seed 1 --runs 20", worldOf(tick(pipe)), pipe);
  expect(pipe.stderr.written).toBe("");
});
