import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";

interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
  readonly meta: unknown;
}

let output = "";
let errors = "";
let assertions: readonly Assertion[] = [];

/** Runs the fixtures under a vitest of their own, because some of their tests must fail. */
beforeAll(async () => {
  const vitest = createRequire(import.meta.url).resolve("vitest/package.json");
  const config = fileURLToPath(new URL("./fixtures/vitest.config.ts", import.meta.url));
  const fixtures = [
    fileURLToPath(new URL("./fixtures/binding.fixture.ts", import.meta.url)),
    fileURLToPath(new URL("./fixtures/looping.fixture.ts", import.meta.url)),
  ];
  const command = [join(dirname(vitest), "vitest.mjs"), "run", "--config", config, ...fixtures];
  const folder = await mkdtemp(join(tmpdir(), "escapement-"));
  const file = join(folder, "report.json");
  command.push("--reporter=verbose", "--reporter=json", `--outputFile.json=${file}`);
  const child = spawn(process.execPath, command, {
    cwd: fileURLToPath(new URL("fixtures/", import.meta.url)),
    env: { ...process.env, VITEST: undefined, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    // A test of loops must not become one.
    timeout: 500_000,
    killSignal: "SIGKILL",
  });
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve) => child.on("close", resolve));
  const written = await readFile(file, "utf8").catch(() => undefined);
  await rm(folder, { recursive: true });
  if (written === undefined) throw new Error(`no report: ${output}${errors}`);
  const report: { testResults: { assertionResults: Assertion[] }[] } = JSON.parse(written);
  assertions = report.testResults.flatMap(({ assertionResults }) => assertionResults);
});

function assertion(name: string): Assertion {
  const found = assertions.find(({ fullName }) => fullName.trim() === name);
  if (found === undefined) {
    throw new Error(
      `no test "${name}" in ${assertions.map(({ fullName }) => fullName).join("; ")}`,
    );
  }
  return found;
}

test("one test a law, titled by its id; missing capabilities are skips that name them", () => {
  expect(assertion("good timer conformance STOP-04 stopped by its own handler").status).toBe(
    "passed",
  );
  expect(assertion("good timer conformance READ-01 holds").status).toBe("passed");
  const skipped = assertion("good timer conformance STOP-05 needs nesting");
  expect(skipped.status).toMatch(/skipped|pending/);
  expect(output).toMatch(/STOP-05 needs nesting.*\[needs nesting\]/);
  expect(output).toMatch(/ARM-01 needs many timers.*\[needs timers \(needs 9, has 2\)\]/);
});

test("a broken law fails with what was found and the timeline", () => {
  const { status, failureMessages } = assertion(
    "bad chosen name STOP-04 stopped by its own handler",
  );
  expect(status).toBe("failed");
  expect(failureMessages[0]).toContain("STOP-04 fails on fake: 2 expiries, expected exactly 1");
  expect(failureMessages[0]).toMatch(/> +998\.0 us {2}timer 0 fires/);
});

test("a board that is lost is an infrastructure error, with its code, and the rest is not run", () => {
  const first = assertion("lost timer conformance STOP-04 stopped by its own handler");
  expect(first.failureMessages[0]).toContain(
    "STOP-04 has no verdict on fake: infrastructure error: disconnected: fake went away",
  );
  expect(first.failureMessages[0]).toContain("Look at the cable.");
  const second = assertion("lost timer conformance STOP-06 stopped by its own handler");
  expect(second.failureMessages[0]).toContain("not run: disconnected during STOP-04");
});

test.each(["module", "looping here"])(
  "%s: a driver that loops fails its law; the others run",
  (name) => {
    const [title, reason] = [
      "removed means it never runs",
      "stop(0) did not return: no sign of life",
    ];
    const { status, failureMessages } = assertion(`${name} timer conformance STOP-01 ${title}`);
    expect(status).toBe("failed");
    expect(failureMessages[0]).toContain("STOP-01 fails on looping: ");
    expect(failureMessages[0]).toContain(reason);
    const good = assertion(`${name} timer conformance READ-01 true time across the wrap`);
    expect(good.status).toBe("passed");
  },
);

test("a law that is not wanted is a skipped test that says so", () => {
  expect(output).toMatch(/STOP-04 .*\[skipped by request\]/);
});

test("a law's own fault is distinguished from both", () => {
  const { failureMessages } = assertion(
    "fault timer conformance STOP-04 stopped by its own handler",
  );
  expect(failureMessages[0]).toContain(
    "STOP-04 has no verdict on fake: law-fault: its check threw: oops",
  );
});

test("the board is closed after its last law", () => {
  const name = "closed the board of `good` was closed last STOP-04 stopped by its own handler";
  expect(assertion(name).status).toBe("passed");
});

test("a board that cannot be made fails with its own error", () => {
  const { status } = assertion("unopened timer conformance STOP-04 stopped by its own handler");
  expect(status).not.toBe("passed");
  expect(errors).toContain("BoardError: p is busy");
});
