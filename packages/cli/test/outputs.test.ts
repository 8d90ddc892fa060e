import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Trace } from "@escapement/scenario";
import { expect, onTestFinished, test } from "vitest";
import type { BoardWorld } from "../src/index.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** A disk on which some files cannot be written. */
class FullDisk extends FakeIo {
  readonly closed: RegExp;

  constructor(closed: RegExp) {
    super();
    this.closed = closed;
  }

  override writeFile(path: string, text: string): void {
    if (this.closed.test(path)) throw new Error(`ENOSPC: no space left on device, ${path}`);
    super.writeFile(path, text);
  }
}

/** Boards that fit no law of the fakes but those that they skip: exit code 0 by themselves. */
const world: BoardWorld = fakeWorld({
  openSim: async () => ({
    board: new FakeBoard(async (): Promise<Trace> => ({ records: [] })),
    takeWaveform: () => "$end\n",
  }),
});

const reports = "--json a.json --junit a.xml --html a.html";

test.each([
  [/json$/, ["a.xml", "a.html"]],
  [/xml$/, ["a.json", "a.html"]],
  [/html$/, ["a.json", "a.xml"]],
  [/./, []],
])(
  "a report that cannot be written (%s) loses no other one: exit 4, each named",
  async (closed, rest) => {
    const io = new FullDisk(closed);
    const { code, out, err } = await run(`conform sim:one --only STOP-04 ${reports}`, world, io);
    expect(code).toBe(4);
    expect(out).toContain("1 skip");
    expect([...io.files.keys()]).toEqual(rest);
    const lost = ["a.json", "a.xml", "a.html"].filter((file) => !rest.includes(file));
    expect([...err.matchAll(/^error\[cannot-write\]: (\S+) cannot be written: ENOSPC/gm)]).toEqual(
      lost.map((file) => expect.arrayContaining([file])),
    );
  },
);

test("waveforms that cannot be written end no run: exit 4, the first named, the others counted", async () => {
  const io = new FullDisk(/vcd$/);
  const line = "conform sim --only STOP-04,READ-01 --vcd out --json a.json";
  const { code, err, out } = await run(line, world, io);
  expect(code).toBe(4);
  expect(out).toContain("sim:two");
  expect([...io.files.keys()]).toEqual(["a.json"]);
  expect(err).toMatch(/error\[cannot-write\]: out.sim-one.READ-01\.vcd cannot be written: ENOSPC/);
  expect(err).toContain("sim:one: 1 more waveform could not be written to out\n");
  expect(err).toContain("sim:two: 1 more waveform could not be written to out\n");
});

test("a graver end stays what it is: a run out of time with a report lost is exit 42", async () => {
  const never = fakeWorld({
    openUno: async () => ({ board: new FakeBoard(() => new Promise(() => {})) }),
  });
  const line = "conform uno --timeout 0.01 --html a.html";
  expect((await run(line, never, new FullDisk(/html$/))).code).toBe(42);
});

/** The built command as the shell starts it, with its streams sent somewhere. */
function shell(line: string): { code: number | null; out: string; err: string } {
  const env = { ...process.env, MAIN: main, NODE: process.execPath };
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], { env, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

const hasFullDevice = existsSync("/dev/full");

test.skipIf(!hasFullDevice)("a full disk under stdout: exit 4 and a sentence", () => {
  for (const args of ["laws --json", "laws", "conform sim:avr16 --only STOP-02 --json"]) {
    const { code, err } = shell(`"$NODE" "$MAIN" ${args} > /dev/full`);
    expect(err).toMatch(
      /^error\[cannot-write\]: stdout cannot be written: ENOSPC.*\n {2}hint: .+\n$/,
    );
    expect(code).toBe(4);
  }
});

test.skipIf(process.platform === "win32")(
  "a disk that gets full in the middle of stdout: exit 4, not half a report for a whole one",
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "escapement-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    const file = join(dir, "laws.json");
    const whole = shell(`"$NODE" "$MAIN" laws --json`).out;
    const { code, err } = shell(
      `trap '' XFSZ; ulimit -f 2; "$NODE" "$MAIN" laws --json > "${file}"`,
    );
    const written = await readFile(file, "utf8");
    expect(written.length).toBeGreaterThan(0);
    expect(written.length).toBeLessThan(whole.length);
    expect(err).toMatch(/^error\[cannot-write\]: stdout cannot be written: EFBIG/);
    expect(code).toBe(4);
  },
);

test.skipIf(process.platform === "win32")("a reader that has seen enough is no error", () => {
  const line = `{ "$NODE" "$MAIN" laws --json; echo "exit $?" >&2; } | head -c 10`;
  expect(shell(line)).toMatchObject({ err: "exit 0\n" });
});

test.skipIf(!hasFullDevice)(
  "a report on a full disk: exit 4, and the others are there",
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "escapement-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    const args = `conform sim:avr16 --only STOP-02 --json=/dev/full --junit "${dir}/a.xml" --html "${dir}/a.html"`;
    const { code, err } = shell(`"$NODE" "$MAIN" ${args}`);
    expect(code).toBe(4);
    expect(err).toMatch(/^error\[cannot-write\]: \/dev\/full cannot be written: ENOSPC/);
    expect(await readFile(join(dir, "a.xml"), "utf8")).toContain("</testsuites>");
    expect(await readFile(join(dir, "a.html"), "utf8")).toContain("</html>");
  },
);
