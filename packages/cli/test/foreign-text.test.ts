import { laws } from "@escapement/conformance";
import { BoardError, type Trace } from "@escapement/scenario";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { OpenedBoard } from "../src/index.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

/** Written out, and not by the classes that the code uses; line feeds are of the layout. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/u;

/** The codes of the command's own colours, and of its progress line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
const ownCodes = /\u001b\[(1|22|3[0-9]|39|9[0-9])m|\r\u001b\[K/g;

const evil = "\u001b]0;PWNED\u0007\u001b[2J\u001b[31m\u009b2J\u202e\u2066\u2028<script>|\r\n\ttail";

/** What the world outside got to see: streams and files. */
function outputs(io: FakeIo): readonly string[] {
  const files = [...io.files].filter(([name]) => !io.given.has(name)).map(([, text]) => text);
  return [io.stdout.written, io.stderr.written, ...files];
}

function opened(
  text: string,
  board = new FakeBoard(async (): Promise<Trace> => ({ records: [] })),
) {
  const about = { ...board.describe(), name: text };
  board.describe = () => about;
  return { board, note: `model ${text}` } satisfies OpenedBoard;
}

const ports = (text: string) => async () => [
  { path: `/dev/${text}`, manufacturer: text, serialNumber: text, vendorId: text, productId: text },
];

/** What a search of one law came to, with something found; made once. */
const searched = JSON.parse(
  (
    await run(
      "explore --workers 0 --only STOP-02 --profile avr16 --bound 0 --json",
      fakeWorld(),
      new FakeIo(),
      laws,
    )
  ).out,
);

/** That report as somebody hostile would write it. */
function hostileReport(text: string): string {
  const finding = { kind: text, name: text, message: text, schedule: `e1:${text}`, value: 0 };
  const error = { code: text, message: text, hint: text };
  const [unit] = searched.units;
  const coverage = { ...unit.coverage, atomic: [text] };
  const units = [{ ...unit, target: text, name: text, findings: [finding], error, coverage }];
  return JSON.stringify({ ...searched, units });
}

/** Command lines with a world in which everything foreign is this text. */
const commands: Readonly<Record<string, (text: string, io: FakeIo) => Promise<unknown>>> = {
  devs: (text, io) => run("devs", fakeWorld({ listPorts: ports(text) }), io),
  "devs --json": (text, io) => run("devs --json", fakeWorld({ listPorts: ports(text) }), io),
  home: (text, io) => run("", fakeWorld({ listPorts: ports(text) }), io),
  "a board's name": (text, io) => {
    const openPort = async () => opened(text);
    return run("conform a0 --json a.json --junit a.xml --html a.html", fakeWorld({ openPort }), io);
  },
  "a board that is lost": (text, io) => {
    const lost = new FakeBoard(async () => {
      throw new BoardError("disconnected", `gone ${text}`, `because ${text}`);
    });
    const openPort = async () => opened(text, lost);
    return run(
      "conform a0 --json --junit a.xml --html a.html --deterministic",
      fakeWorld({ openPort }),
      io,
    );
  },
  "a board that does not open": (text, io) => {
    const openPort = async (): Promise<never> => {
      throw new BoardError("not-an-agent", `it said ${text}`, text);
    };
    return run("conform a0 --json a.json", fakeWorld({ openPort }), io);
  },
  "an error that nobody foresaw": (text, io) => {
    io.env.ESCAPEMENT_DEBUG = "1";
    return run("devs", fakeWorld({ listPorts: () => Promise.reject(new Error(text)) }), io);
  },
  "a file's name": (text, io) => run(`conform sim:one --junit /nowhere/${text}`, fakeWorld(), io),
  "a command's name": (text, io) => run(`x${text}`, fakeWorld(), io),
  "a report that is merged": (text, io) => {
    io.give("a.json", hostileReport(text));
    return run("explore --merge a.json --coverage a.md --html a.html --json b.json", undefined, io);
  },
  "a report that is none": (text, io) => {
    io.give("a.json", `{"version":${JSON.stringify(text)}}`);
    return run("explore --merge a.json", undefined, io);
  },
  "a waveform's folder": (text, io) => {
    const openSim = async () => ({ ...opened(text), takeWaveform: () => "$end\n" });
    return run(`conform sim:one --vcd /nowhere/${text}`, fakeWorld({ openSim }), io);
  },
};

async function seen(name: string, text: string, isTty: boolean): Promise<readonly string[]> {
  const io = new FakeIo(isTty ? { FORCE_COLOR: "1" } : {}, isTty);
  await commands[name]?.(text, io);
  return outputs(io);
}

test.each(Object.keys(commands))("%s steers neither a terminal nor a file", async (name) => {
  for (const isTty of [false, true]) {
    const written = await seen(name, evil, isTty);
    expect(written.join("")).not.toBe("");
    const shown = written.map((text) => (isTty ? text.replaceAll(ownCodes, "") : text));
    for (const text of shown) expect(text).not.toMatch(forbidden);
  }
});

test("of any text no forbidden character comes out, with colours and without", async () => {
  const unit = fc.oneof(
    fc.constantFrom("\u001b[31m", "\u001b]0;t\u0007", "\u202e", "\u2028", "\ud800", "\r", "\n"),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const foreign = fc.array(unit, { maxLength: 12, size: "max" }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(commands)), foreign, async (name, text) => {
      for (const shown of await seen(name, text, false)) expect(shown).not.toMatch(forbidden);
      // Colours are the command's own: taking away the foreign ones' codes takes nothing of them.
      const plain = await seen(name, text, false);
      const coloured = await seen(name, text, true);
      const bare = coloured.map((each) => each.replaceAll(ownCodes, ""));
      for (const each of bare) expect(each).not.toMatch(forbidden);
      // A terminal breaks lines at words, a pipe does not.
      const words = (each: string | undefined) => each?.replaceAll(/\s+/g, "");
      expect(words(bare[0])).toBe(words(plain[0]));
    }),
    { numRuns: 150 },
  );
});

test("JSON keeps what a device said, as escapes", async () => {
  const { out } = await run("devs --json", fakeWorld({ listPorts: ports(evil) }));
  expect(JSON.parse(out).ports[0].manufacturer).toBe(evil);
});

test("a line feed of a board's begins no line that looks like the command's own", async () => {
  const openPort = async (): Promise<never> => {
    throw new BoardError("not-an-agent", "it said\nerror[none]: all is well", "");
  };
  const { err } = await run("conform a0", fakeWorld({ openPort }));
  expect(err.match(/^error\[/gm)).toHaveLength(1);
});
