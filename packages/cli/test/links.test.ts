import { lawAddress } from "@escapement/timeline";
import { describe, expect, test } from "vitest";
import { linked, wantsLinks } from "../src/links.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";

const link = (id: string): string => `\u001b]8;;${lawAddress(id)}\u0007${id}\u001b]8;;\u0007`;
const links = new RegExp(`${"\u001b"}]8;;[^${"\u0007"}]*${"\u0007"}`, "g");

describe("which terminals have links", () => {
  test.each([
    [{ TERM_PROGRAM: "WezTerm" }, true],
    [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.85.2" }, true],
    [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.9.0" }, false],
    [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5" }, true],
    [{ TERM_PROGRAM: "iTerm.app" }, false],
    [{ TERM_PROGRAM: "Apple_Terminal", TERM_PROGRAM_VERSION: "453" }, false],
    [{ VTE_VERSION: "7600" }, true],
    [{ VTE_VERSION: "4902" }, false],
    [{ VTE_VERSION: "7600", TMUX: "/tmp/tmux" }, false],
    [{ VTE_VERSION: "7600", CI: "true" }, false],
    [{ VTE_VERSION: "7600", TERM: "dumb" }, false],
    [{ WT_SESSION: "1" }, true],
    [{ TERM: "xterm-kitty" }, true],
    [{ TERM: "xterm-256color" }, false],
    [{ TERM: "xterm-256color", FORCE_HYPERLINK: "1" }, true],
    [{ TERM: "xterm-kitty", FORCE_HYPERLINK: "0" }, false],
    [{}, false],
  ])("%o: %s", (env, expected) => {
    expect(wantsLinks(env, true)).toBe(expected);
    expect(wantsLinks(env, false)).toBe(false);
  });
});

test("an id of a law is a link, and what looks like one is not", () => {
  expect(linked("✗ READ-01, (STOP-04): a")).toBe(`✗ ${link("READ-01")}, (${link("STOP-04")}): a`);
  for (const text of [
    "READ-00",
    "MINE-01",
    "https://a.org/laws/READ-01.html",
    "out/sim-one.READ-01.vcd",
    "READ-01.vcd",
    "XREAD-01",
    "READ-011",
    "READ-01-x",
  ]) {
    expect(linked(text)).toBe(text);
  }
});

test("on a terminal with links the same is shown; commands, data and pipes have none", async () => {
  const env = { FORCE_HYPERLINK: "1", FORCE_COLOR: "1" };
  for (const columns of [120, 40]) {
    const shown: string[] = [];
    for (const more of [{}, { FORCE_HYPERLINK: "0" }]) {
      const io = new FakeIo({ ...env, ...more }, true);
      Object.assign(io.stdout, { columns });
      shown.push((await run("laws", fakeWorld(), io)).out);
    }
    const [withLinks = "", without = ""] = shown;
    expect(withLinks).toContain(link("READ-01"));
    expect(withLinks.replaceAll(links, "")).toBe(without);
  }
  const openSim = async () => ({ board: new FakeBoard(async () => ({ records: [] })) });
  const broken = await run("conform sim:one", fakeWorld({ openSim }), new FakeIo(env, true));
  expect(broken.out).toContain(link("READ-01"));
  expect(broken.out).toContain("again: escapement conform");
  for (const line of broken.out.split("\n").filter((each) => each.includes("escapement conform"))) {
    expect(line).not.toMatch(links);
  }
  expect((await run("laws --json", fakeWorld(), new FakeIo(env, true))).out).not.toMatch(links);
  expect((await run("laws", fakeWorld(), new FakeIo(env))).out).not.toMatch(links);
});
