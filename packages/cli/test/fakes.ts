import type { Law } from "@escapement/conformance";
import type { Board, BoardDescription, RunOptions, Trace } from "@escapement/scenario";
import type { BoardWorld, CliIo, CliStream } from "../src/index.js";
import { runCli } from "../src/index.js";

/** A stream that keeps what was written. */
export class FakeStream implements CliStream {
  written = "";
  readonly columns = 120;
  readonly isTty: boolean;

  constructor(isTty = false) {
    this.isTty = isTty;
  }

  write(text: string): void {
    this.written += text;
  }
}

/** The world outside, in memory. */
export class FakeIo implements CliIo {
  readonly stdout: FakeStream;
  readonly stderr: FakeStream;
  readonly env: Record<string, string | undefined>;
  readonly files = new Map<string, string>();
  /** Names of files that the test put there. */
  readonly given = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(env: Record<string, string | undefined> = {}, isTty = false) {
    this.env = env;
    this.stdout = new FakeStream(isTty);
    this.stderr = new FakeStream(isTty);
  }

  /** What the clock shows; a test moves it. */
  clockMs = 0;
  /** What the process was ended with at once. */
  readonly exits: number[] = [];

  nowMs(): number {
    return this.clockMs;
  }

  gitCommit(): string | undefined {
    return undefined;
  }

  exit(exitCode: number): void {
    this.exits.push(exitCode);
  }

  onInterrupt(callback: () => void): () => void {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  /** What Ctrl-C does. */
  interrupt(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Puts a file there for the command to read. */
  give(path: string, text: string): void {
    this.files.set(path, text);
    this.given.add(path);
  }

  prepareFile(path: string): void {
    if (path.startsWith("/nowhere/")) throw new Error("EACCES: permission denied");
  }

  readFile(path: string): string {
    const text = this.files.get(path);
    if (text === undefined) throw new Error("ENOENT: no such file");
    return text;
  }

  writeFile(path: string, text: string): void {
    this.files.set(path, text);
  }
}

/** A board that can do nothing: every law that needs a capability is skipped. */
export class FakeBoard implements Board {
  closed = false;
  readonly recoveryMs: number = 50;
  /** What a run rejects with stays the matter with it: it does not come back. */
  #fault: unknown;
  readonly #result: (options: RunOptions | undefined) => Promise<Trace>;

  constructor(result: (options: RunOptions | undefined) => Promise<Trace>) {
    this.#result = result;
  }

  describe(): BoardDescription {
    return {
      name: "fake",
      counterBits: 16,
      frequencyHz: 1_000_000,
      capabilities: [],
      timers: 8,
      maxDelayTicks: 2 ** 31 - 1,
      latencies: { lateTicks: 4, minDeltaTicks: 1, opTicks: 2 },
    };
  }

  run(_program: unknown, options?: RunOptions): Promise<Trace> {
    return this.#result(options).catch((error: unknown) => {
      this.#fault = error;
      throw error;
    });
  }

  async reset(): Promise<void> {
    if (this.#fault !== undefined) throw this.#fault;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** A law that every board can be asked and an empty trace breaks, and one that fakes cannot be asked. */
const fakeLaws: readonly Law[] = [
  {
    id: "READ-01",
    title: "reads something",
    statement: "There is a record.",
    origin: ["a test", "another test"],
    rules: ["READ-01"],
    needs: [],
    program: () => ({ timers: [], interrupts: [], main: [] }),
    check: ({ records }) => (records.length > 0 ? [] : [{ message: "no record, expected one" }]),
  },
  {
    id: "STOP-04",
    title: "stops in its own handler",
    statement: "A timer stopped by its own handler does not fire again.",
    origin: ["a test"],
    rules: ["STOP-04"],
    needs: ["nesting", "mask"],
    program: () => ({ timers: [], interrupts: [], main: [] }),
    check: () => [],
  },
];

/** A world with two profiles and no ports, where nothing opens unless the test says how. */
export function fakeWorld(part: Partial<BoardWorld> = {}): BoardWorld {
  const no = (): Promise<never> => Promise.reject(new Error("not in this test"));
  return {
    profiles: async () => [
      { name: "one", about: "the first" },
      { name: "two", about: "the second" },
    ],
    openSim: no,
    openUno: no,
    openPort: no,
    openMicroPython: no,
    openC: no,
    openModule: no,
    listPorts: async () => [],
    serveUno: no,
    serveMicroPython: no,
    ...part,
  };
}

/** Runs a command line in this process, with two fake laws unless others are given. */
export async function run(
  line: string,
  world: BoardWorld = fakeWorld(),
  io = new FakeIo(),
  laws: readonly Law[] = fakeLaws,
): Promise<{
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly io: FakeIo;
}> {
  const code = await runCli(
    line.split(" ").filter((word) => word !== ""),
    io,
    world,
    laws,
  );
  return { code, out: io.stdout.written, err: io.stderr.written, io };
}
