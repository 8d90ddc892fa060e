import { spawnSync } from "node:child_process";
import { runConformance, terminalTable } from "@escapement/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeListBoard } from "../../bug-museum/src/second-hal/boards.js";
import {
  makeSessionProject,
  type ServedBoard,
  type SessionProject,
  serveBoard,
} from "../src/session-project.js";
import {
  linesMatch,
  normalise,
  parseSessions,
  readSessions,
  type Session,
  type Step,
} from "../src/sessions.js";
import { packageFolders } from "../src/workspace.js";

const pages = ["README.md", ...packageFolders.map((folder) => `${folder}/README.md`)];
const sessions = pages.flatMap(readSessions);

const TTY_IN_CODE = /"\/dev\/(pts\/|ttys)\d+"/;
// What the firmware states for a handler's entry.
const LATE_TICKS_MAX = 2000;
const onWindows = process.platform === "win32";
const toolsRequired = process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";

function hasProgram(name: string): boolean {
  return toolsRequired || spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Why a session cannot be replayed here, or undefined. */
function reasonToSkip(session: Session): string | undefined {
  const { steps, name, code = "" } = session;
  const commands = steps.map(({ command }) => command).join("\n");
  const opensTty = /^$/.test(commands) && TTY_IN_CODE.test(code);
  const shown = steps.flatMap(({ expected }) => expected).join("\n");
  if (onWindows && (opensTty || name === "port-busy" || /\/dev\//.test(shown)))
    return "needs a tty";
  if (!commands.includes("node scripts/")) return undefined;
  if (onWindows || !hasProgram("avr-gcc") || !hasProgram("gcc")) {
    return "needs gcc and avr-gcc: apt-get install -y --no-install-recommends gcc gcc-avr avr-libc";
  }
  return undefined;
}

const busyPort = (path: string) => `
import { openSerialBoard } from "@escapement/board-serial";
const first = await openSerialBoard({ path: "${path}" });
try {
  await openSerialBoard({ path: "${path}" });
} catch (error) {
  console.log(error.code + ": " + error.message + "\\n" + error.hint);
}
await first.close();
`;

async function brokenBoard(): Promise<string> {
  const board = makeListBoard("avr16", ["own-stop-undone-by-requeue"]);
  const table = terminalTable([await runConformance(board, { only: ["STOP-04"] })]);
  return table.slice(table.indexOf("✗ STOP-04 fails")).split("\n\n", 1)[0] ?? "";
}

/**
 * Over a tty it is up to the host when a program arrives, and whether a slow reply is asked for
 * again: what counts is the distance of the expiries, and that nothing was damaged.
 */
function withoutHostTime(output: string): string {
  const first = Number(/due at (\d+)/.exec(output)?.[1]);
  return output
    .replace(/due at (\d+), ran at (\d+)/g, (_all, due: string, ran: string) => {
      const late = Number(ran) - Number(due);
      const when = late >= 0 && late < LATE_TICKS_MAX ? "in time" : `${late} late`;
      return `due at +${Number(due) - first}, ran ${when}`;
    })
    .replace(/\d+ bytes, (\d+ damaged frames), \d+ repetitions/, "bytes, $1, repetitions");
}

describe("the sessions shown in the READMEs", () => {
  let project: SessionProject;

  beforeAll(() => {
    project = makeSessionProject();
  });

  afterAll(() => project?.remove());

  async function withBoard(make: (path: string) => string): Promise<string> {
    const board: ServedBoard = await serveBoard();
    try {
      return project.runCode(make(board.path)).output;
    } finally {
      board.stop();
    }
  }

  async function replay(session: Session, step: Step): Promise<string> {
    const { name, code = "", folder } = session;
    if (name === "port-busy") return withBoard(busyPort);
    if (name === "broken-board") return brokenBoard();
    if (name !== undefined) throw new Error(`${session.where}: no session is called '${name}'`);
    if (step.command !== "") return project.run(step.command, folder, session.code).output;
    if (!TTY_IN_CODE.test(code)) return project.runCode(code).output;
    return withBoard((path) => code.replace(TTY_IN_CODE, JSON.stringify(path)));
  }

  const cases = sessions.map((session) => {
    const why = reasonToSkip(session);
    const commands = session.steps.map(({ command }) => command || "the program above it");
    return {
      session,
      skip: why !== undefined,
      title: `${session.where} ${session.name ?? commands.join(", ")}${why ? ` (${why})` : ""}`,
    };
  });

  it("are in the README of every package", () => {
    const folders = new Set(sessions.map(({ folder }) => folder));
    for (const folder of ["", ...packageFolders]) expect(folders).toContain(folder);
  });

  for (const { session, skip, title } of cases) {
    it.skipIf(skip)(title, async () => {
      const perHost = TTY_IN_CODE.test(session.code ?? "")
        ? withoutHostTime
        : (text: string) => text;
      for (const step of session.steps) {
        const expected = normalise(perHost(step.expected.join("\n")));
        const actual = normalise(perHost(await replay(session, step)));
        // A plain comparison shows where they differ; it is reached only when they do.
        if (!linesMatch(expected, actual)) expect(actual.join("\n")).toBe(expected.join("\n"));
      }
    });
  }
});

describe("the rules of sessions", () => {
  const fenced = (language: string, body: string) => `\`\`\`${language}\n${body}\n\`\`\`\n`;

  it("take commands apart from output, and programs from both", () => {
    const page = `${fenced("js", "1;")}${fenced("text", "2")}\n<!-- session: x -->\n${fenced("console", "$ a b\n3\n$ c")}`;
    const [program, commands] = parseSessions("packages/core/README.md", page);
    expect(program).toMatchObject({ code: "1;", steps: [{ command: "", expected: ["2"] }] });
    expect(commands).toMatchObject({
      name: "x",
      folder: "packages/core",
      steps: [
        { command: "a b", expected: ["3"] },
        { command: "c", expected: [] },
      ],
    });
  });

  it("refuse a block that says nothing about itself", () => {
    expect(() => parseSessions("README.md", `\n${fenced("", "1")}`)).toThrow(/^README\.md:2/);
    expect(() => parseSessions("README.md", "```text\n1\n")).toThrow(/no end/);
  });

  it("leave out colours, times and ttys, and nothing else", () => {
    expect(normalise("\u001b[1mok\u001b[0m 12.5 ms 3ms /dev/pts/17  \n\n")).toEqual([
      "ok N ms N ms /dev/pts/N",
    ]);
    expect(normalise("12 ticks")).not.toEqual(normalise("13 ticks"));
    expect(withoutHostTime("due at 5, ran at 6\ndue at 9, ran at 9999")).toBe(
      "due at +0, ran in time\ndue at +4, ran 9990 late",
    );
  });

  it("match lines exactly, with any lines in the place of …", () => {
    expect(linesMatch(["a", "…", "d"], ["a", "b", "c", "d"])).toBe(true);
    expect(linesMatch(["…", "d", "…"], ["d"])).toBe(true);
    expect(linesMatch(["a", "…", "d"], ["a", "b", "c"])).toBe(false);
    expect(linesMatch(["a"], ["a", "b"])).toBe(false);
  });
});
