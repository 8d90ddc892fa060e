import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FakeAgent } from "../fake-agent.js";

/** What an agent did so far. */
interface AgentWork {
  /** Steps that ran iterations. */
  readonly steps: number;
  /** How often a program was set to its beginning. */
  readonly begins: number;
}

/** An agent in lock step with a test: bytes in, bytes out, no time of its own. */
export interface StepAgent {
  /** Powers up again; the line, half a frame and the session are forgotten. */
  powerUp(): void;
  /** Bytes arrive; what it sends comes back. */
  arrive(bytes: Uint8Array): Uint8Array;
  readonly work: AgentWork;
  /** Its times in two runs of one program lie so far apart at most. */
  readonly toleranceTicks: number;
  close(): void;
}

/** The agent of the tests, in TypeScript; a forgetful one breaks the rule that a request never runs twice. */
export function fakeStepAgent(isForgetful = false): StepAgent {
  let out: number[] = [];
  let begins = 0;
  let steps = 0;
  const line = {
    onData: undefined as ((bytes: Uint8Array) => void) | undefined,
    write: (bytes: Uint8Array) => out.push(...bytes),
  };
  const agent = new FakeAgent(line, { traceBytes: 120, isForgetful });
  return {
    toleranceTicks: 0,
    powerUp: () => agent.restart(),
    arrive(bytes) {
      out = [];
      for (const byte of bytes) {
        const ran = agent.iterationsRun;
        line.onData?.(Uint8Array.of(byte));
        if (agent.iterationsRun > ran) steps += 1;
      }
      begins = agent.begins;
      return Uint8Array.from(out);
    },
    get work() {
      return { steps, begins };
    },
    close: () => {},
  };
}

const script = fileURLToPath(new URL("../../../firmware/scripts/native.mjs", import.meta.url));

/** Builds the firmware's own agent for this machine, under ASan and UBSan, into a folder. */
export function buildNativeAgent(folder: string, nativeScript = script): string {
  const file = join(folder, "line-agent");
  execFileSync(process.execPath, [nativeScript, "line", file], { stdio: "pipe" });
  return file;
}

/** The firmware's own agent in a process beside this one, fed through two pipes, synchronously. */
export function nativeStepAgent(file: string): StepAgent {
  const folder = mkdtempSync(join(tmpdir(), "escapement-line-"));
  const [toAgent, fromAgent] = [join(folder, "in"), join(folder, "out")];
  execFileSync("mkfifo", [toAgent, fromAgent]);
  const child: ChildProcess = spawn(
    "sh",
    ["-c", `exec "$0" < "$1" > "$2"`, file, toAgent, fromAgent],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  child.unref();
  const input = openSync(toAgent, "w");
  const output = openSync(fromAgent, "r");
  let work: AgentWork = { steps: 0, begins: 0 };
  const take = (length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const count = readSync(output, bytes, at, length - at, null);
      if (count === 0)
        throw new Error("the native agent ended: it hung, or a sanitizer stopped it");
      at += count;
    }
    return bytes;
  };
  const ask = (request: Uint8Array): Uint8Array => {
    for (let at = 0; at < request.length; ) at += writeSync(input, request, at);
    const sent = Uint8Array.from(take(take(2).readUInt16LE()));
    const counts = take(8);
    work = { steps: counts.readUInt32LE(0), begins: counts.readUInt32LE(4) };
    return sent;
  };
  return {
    toleranceTicks: 40,
    powerUp: () => void ask(Uint8Array.of(0x70)),
    arrive: (bytes) => ask(Uint8Array.of(0x66, bytes.length & 0xff, bytes.length >> 8, ...bytes)),
    get work() {
      return work;
    },
    close() {
      closeSync(input);
      closeSync(output);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
