import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeFrame, FrameDecoder } from "@escapement/board-serial";
import { laws } from "@escapement/conformance";
import { expect, onTestFinished, test } from "vitest";
import { runBuilt, startCli } from "./child.js";

/** Two laws are enough to try the way through; the suite itself is tried elsewhere. */
const few = laws.filter(({ id }) => id.startsWith("STOP-")).slice(0, 2);
const only = few.map(({ id }) => id).join(",");

const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "escapement-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test("the process ends with the exit code, and colours heed the environment", async () => {
  expect((await runBuilt(["--version"])).code).toBe(0);
  const wrong = await runBuilt(["conform", "nonsense"]);
  expect(wrong).toMatchObject({ code: 2, out: "" });
  expect(wrong.err).toMatch(/^error\[unknown-board\]: /);
  const forced = await runBuilt(["laws"], { FORCE_COLOR: "1", NO_COLOR: "1" });
  expect(forced.out).toContain("\u001b[");
  expect((await runBuilt(["laws"], { NO_COLOR: "1" })).out).not.toContain("\u001b[");
});

test("a pipe gets the whole catalogue", async () => {
  const { out } = await runBuilt(["laws", "--json"]);
  expect(JSON.parse(out).laws.map(({ id }: { id: string }) => id)).toEqual(
    laws.map(({ id }) => id),
  );
});

test("laws hold on a simulated board; JSON is the same bytes twice; reports and waveforms are written", async () => {
  const dir = await folder();
  const args = ["conform", "sim:avr16", "sim:rtc24", "--only", only, "--deterministic"];
  const first = await runBuilt([...args, "--json"]);
  const second = await runBuilt([...args, "--json"]);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(second.out).toBe(first.out);
  const files = await runBuilt([
    ...args,
    ...["--json", join(dir, "a.json"), "--junit", join(dir, "deep", "a.xml")],
    ...["--html", join(dir, "a.html"), "--vcd", join(dir, "vcd")],
  ]);
  expect(files.code).toBe(0);
  expect(files.out).toContain("✓ 2 laws on 2 boards: 4 pass");
  expect(await readFile(join(dir, "a.json"), "utf8")).toBe(first.out);
  expect(await readFile(join(dir, "deep", "a.xml"), "utf8")).toContain(
    '<testsuite name="sim:rtc24"',
  );
  expect(await readFile(join(dir, "a.html"), "utf8")).toContain("</html>");
  const vcd = await readFile(join(dir, "vcd", "sim-avr16", `${few[0]?.id}.vcd`), "utf8");
  expect(vcd).toContain("$enddefinitions $end");
});

test("exit 3: a port that does not exist", async () => {
  const { code, err } = await runBuilt(["conform", "/dev/no-such-port", "--only", only]);
  expect(code).toBe(3);
  expect(err).toContain("error[port-not-found]");
  expect(err).toContain("/dev/no-such-port");
});

test("exit 4: something returns, but it is not an agent", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.write("Welcome to something else\r\n> ");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { code, err } = await runBuilt(["conform", `tcp://127.0.0.1:${port}`, "--only", only]);
  expect(code).toBe(4);
  expect(err).toMatch(/error\[(not-an-agent|no-reply)\]/);
});

test("ESCAPEMENT_PORT names the board", async () => {
  const { code, err } = await runBuilt(["conform"], { ESCAPEMENT_PORT: "/dev/no-such-port" });
  expect(code).toBe(3);
  expect(err).toContain("/dev/no-such-port");
});

test("exit 130: Ctrl-C reports what is known", async () => {
  const child = startCli(["conform", "uno"]);
  await child.warns(/over the tty/);
  child.process.kill("SIGINT");
  expect(await child.ended).toBe(130);
  expect(child.out()).toContain("aborted");
});

test("exit 130: Ctrl-C ends a law of a driver in C that is in progress, and says so", async () => {
  const driver = fixture("c/polled_with_fractions.c");
  const child = startCli(["conform", driver, "--profile", "rtc24", "--only", "READ-01"]);
  // The law begins right behind this, and takes some hundred laps of 168 000 polls.
  await child.warns(/no header nowhere\.h/);
  child.process.kill("SIGINT");
  expect(await child.ended).toBe(130);
  expect(child.err()).toContain("READ-01 was in progress");
  expect(child.out()).toContain("READ-01: aborted: the run was ended from the keyboard");
});

test("exit 130: Ctrl-C ends random programs with what is known", async () => {
  const child = startCli(["fuzz", fixture("forgetful-board.mjs"), "--seed", "1", "--for", "1h"]);
  await child.warns(/breaks a rule/);
  child.process.kill("SIGINT");
  expect(await child.ended).toBe(130);
  expect(child.out()).toMatch(/^✗ [A-Z]+-\d\d fails on .*forgetful-board\.mjs$/m);
});

test("exit 4: a board that disappears under random programs; what was run is reported", async () => {
  const server = startCli(["serve", "uno"]);
  const [, path = ""] = await server.says(/^uno is at (\S+)\n/);
  const run = startCli(["fuzz", path, "--seed", "1", "--for", "1h"]);
  await run.warns(/bits at/);
  server.process.kill("SIGKILL");
  expect(await run.ended).toBe(4);
  expect(run.err()).toMatch(/error\[[a-z-]+\]: /);
  expect(run.out()).toMatch(/ programs?: no rule broken, ended early/);
  expect(run.out()).toMatch(/; seed \d+ was in progress$/m);
});

test("the Uno repeats itself: the same seeds give the same report", async () => {
  const args = ["fuzz", "uno", "--seed", "1", "--runs", "20", "--json", "--deterministic"];
  const [one, other] = [await runBuilt(args), await runBuilt(args)];
  expect(one.code).toBe(0);
  expect(other.out).toBe(one.out);
});

test("exit 42: --timeout ends a long run", async () => {
  const { code, err } = await runBuilt(["conform", "uno", "--timeout", "0.5", "--json"]);
  expect(code).toBe(42);
  expect(err).toContain("error[timeout]");
});

test("serve uno: another process opens the path and gets the same verdicts", async () => {
  const server = startCli(["serve", "uno"]);
  const [, path = ""] = await server.says(/^uno is at (\S+)\n/);
  const json = ["--only", only, "--json", "--deterministic"];
  const overTty = await runBuilt(["conform", path, ...json]);
  const own = await runBuilt(["conform", "uno", ...json]);
  expect(overTty.code).toBe(0);
  expect(own.code).toBe(0);
  const verdicts = (text: string): unknown => JSON.parse(text).boards[0].laws;
  expect(verdicts(overTty.out)).toEqual(verdicts(own.out));
  // The server serves the next one as well, on the same path.
  expect((await runBuilt(["conform", path, ...json])).out).toBe(overTty.out);
  server.process.kill("SIGINT");
  expect(await server.ended).toBe(0);
});

test("exit 4: a port that another program holds", async () => {
  const server = startCli(["serve", "uno"]);
  const [, path = ""] = await server.says(/^uno is at (\S+)\n/);
  const holder = startCli(["conform", path]);
  await holder.warns(/bits at/);
  const { code, err } = await runBuilt(["conform", path, "--only", only]);
  expect(code).toBe(4);
  expect(err).toContain("error[port-busy]");
  expect(err).toContain(path);
});

test("serve uno --json prints the path alone", async () => {
  const server = startCli(["serve", "uno", "--json"]);
  const [line] = await server.says(/^.*\n/);
  expect(JSON.parse(line)).toEqual({ path: expect.stringMatching(/^\/dev\//) });
  server.process.kill("SIGTERM");
  expect(await server.ended).toBe(0);
});

test("exit 4: a board that disappears is reported with its port, the law in progress and causes", async () => {
  const server = startCli(["serve", "uno"]);
  const [, path = ""] = await server.says(/^uno is at (\S+)\n/);
  const run = startCli(["conform", path]);
  await run.warns(/bits at/);
  server.process.kill("SIGKILL");
  expect(await run.ended).toBe(4);
  expect(run.err()).toMatch(/error\[[a-z-]+\]: .*; [A-Z]+-\d+ was in progress\n {2}hint: /);
  expect(run.err()).toContain(path);
  expect(run.out()).toMatch(/not run: [a-z-]+ during [A-Z]+-\d+/);
});

test("a port's own error keeps its code and hint, in a process whose output is piped", async () => {
  // A board that returns the handshake with an unknown protocol.
  const server = createServer((socket) => {
    const decoder = new FrameDecoder(
      (frame) => {
        const session = frame.payload[2] ?? 0;
        const payload = Uint8Array.of(9);
        socket.write(encodeFrame({ ...frame, session, type: 0x81, payload }));
      },
      () => {},
    );
    socket.on("data", (bytes) => decoder.push(Uint8Array.from(bytes)));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { code, err } = await runBuilt(["conform", `tcp://127.0.0.1:${port}`, "--only", only]);
  expect(err).toMatch(/^error\[version-mismatch\]: .*protocol 9/);
  expect(code).toBe(4);
});
