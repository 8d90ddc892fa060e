import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { auditState } from "../src/audit.js";
import { CAPACITY, cell, rules, SharedChip, sharedMemory } from "./threads/shared-chip.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = mkdtempSync(join(tmpdir(), "escapement-threads-"));
afterAll(() => rmSync(built, { recursive: true }));

/** The sources and the worker as plain modules, which a worker thread can load. */
function transpile(changes: (file: string, text: string) => string = (_, text) => text): string {
  for (const folder of ["src", "test/threads"]) {
    for (const name of readdirSync(join(root, folder))) {
      if (!name.endsWith(".ts")) continue;
      const text = changes(name, readFileSync(join(root, folder, name), "utf8"));
      const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      const path = join(built, folder, name.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, ts.transpileModule(text, { compilerOptions: options }).outputText);
    }
  }
  writeFileSync(join(built, "package.json"), `{ "type": "module" }`);
  return join(built, "test/threads/side.js");
}

/** Waits until each worker has said something; an error of one, and silence of all for a minute, fail. */
async function allSaid(workers: readonly Worker[]): Promise<void> {
  let silence: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    const listen = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => reject(new Error("the threads said nothing for 60 s")), 60_000);
    };
    listen();
    for (const worker of workers) worker.on("message", listen).once("error", reject);
  });
  const said = workers.map(
    (worker) =>
      new Promise<void>((resolve) => {
        worker.on("message", (text) => {
          if (text !== "alive") resolve();
        });
      }),
  );
  try {
    await Promise.race([Promise.all(said), failed]);
  } finally {
    clearTimeout(silence);
  }
}

/** Runs both sides to their end; returns the broken rules, and whether the cells are well formed. */
async function run(script: string, seed: number, iterations: number) {
  const memory = sharedMemory();
  const sides = [1, 2].map(
    (me) => new Worker(script, { workerData: { memory, me, seed, iterations } }),
  );
  try {
    await allSaid(sides);
    const ends = allSaid(sides);
    for (const side of sides) side.postMessage("go");
    await ends;
    const chip = new SharedChip(memory, 1);
    return {
      violations: chip.get(cell.violations),
      first: rules[chip.get(cell.first)],
      wrong: auditState(chip.state, CAPACITY),
    };
  } finally {
    await Promise.all(sides.map((side) => side.terminate()));
  }
}

const ITERATIONS = Number(process.env.ESCAPEMENT_THREAD_ITERATIONS ?? 100_000);
const SEED = Number(process.env.ESCAPEMENT_THREAD_SEED ?? 1);

describe("two threads on one HAL, with a port that masks and then locks", () => {
  it(`STOP-06 STOP-23 REG-05 THR-02 THR-03 THR-04 THR-05 THR-06 THR-07 hold over ${ITERATIONS} rounds of make, start, stop and release`, async () => {
    const again = `ESCAPEMENT_THREAD_SEED=${SEED} npx vitest run test/threads.test.ts`;
    const outcome = await run(transpile(), SEED, ITERATIONS);
    expect(outcome, again).toEqual({ violations: 0, first: "none", wrong: undefined });
  });

  it("THR-05 sees a handler that is marked outside the masked section of its taking, and that late", async () => {
    const marks = `    state.store(slotIn(lane), slot + 1);
    state.store(stoppedIn(lane), 0);
`;
    const enters = `    this.port.restore(was);
    try {`;
    const script = transpile((file, text) => {
      if (file !== "engine.ts") return text;
      expect(text.split(marks)).toHaveLength(2);
      expect(text.split(enters)).toHaveLength(2);
      const late = marks.replaceAll("state.store", "this.state.store");
      // The time between is drawn out, so that a few thousand rounds meet it on any machine.
      const wait = "    for (let i = 0; i < 3000; i += 1) this.port.inInterrupt();\n";
      const entered = enters.replace("    try {", `${wait}${late}    try {`);
      return text.replace(marks, "").replace(enters, entered);
    });
    const { violations } = await run(script, SEED, ITERATIONS / 5);
    expect(violations).toBeGreaterThan(0);
  });
});
