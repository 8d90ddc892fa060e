import { capabilityBits } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { readText } from "../src/workspace.js";

const names = Object.keys(capabilityBits);

/** The cells of each row of a guide that begins with a pattern, in the order of the page. */
function rowsOf(guide: string, first: RegExp): string[][] {
  return readText(guide)
    .split("\n")
    .filter((row) => first.test(row))
    .map((row) => row.split("|").map((cell) => cell.trim()));
}

/** Names inside backticks. */
function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

describe("the capabilities in the guides", () => {
  const rows = rowsOf("docs/guides/agent-board-c.md", /^\| `[A-Z_]+` \| `[a-z-]+` \|/);

  it("the board's guide lists every one by both names, in the order of their bits", () => {
    expect(rows.map(([, , name = ""]) => quoted(name)[0])).toEqual(names);
    for (const [, define = "", name = ""] of rows) {
      const constant = quoted(name)[0]?.toUpperCase().replaceAll("-", "_");
      expect(quoted(define)).toEqual([constant]);
    }
  });

  it("the board's guide has the constants of the header, and no other", () => {
    const header = readText("packages/firmware/c/agent/esc_wire.h");
    const constants = [...header.matchAll(/^#define ESC_CAP_(\w+) \d+$/gm)].map(([, name]) => name);
    expect(rows.map(([, define = ""]) => quoted(define)[0])).toEqual(constants);
  });

  it("the board's guide says of each who states it, as the headers do", () => {
    const stated = (file: string, name: string) => {
      const text =
        new RegExp(`#define ${name}[\\s\\S]*?[^\\\\]\\n`).exec(readText(file))?.[0] ?? "";
      return [...text.matchAll(/ESC_CAPABILITY\((\w+)\)/g)].map(([, each]) => each);
    };
    const by = (who: string) =>
      rows.filter(([, , , owner]) => owner === who).map(([, define = ""]) => quoted(define)[0]);
    expect(by("HAL")).toEqual(
      stated("packages/firmware/c/agent/esc_board.h", "ESC_HAL_CAPABILITIES"),
    );
    const board = "packages/firmware/c/ports/mps2-an385/esc_board_mps2_an385.h";
    expect(by("board")).toEqual(stated(board, "ESC_BOARD_CAPABILITIES"));
  });

  it("the driver's guide says of each which member gives it", () => {
    const table = rowsOf("docs/guides/bring-your-own-driver.md", /^\| .* \| .* \| .* \|$/);
    const head = table.findIndex(([, , title]) => title === "capability");
    const listed = table.slice(head + 1).flatMap(([, , cell = ""]) => quoted(cell));
    expect(names.filter((name) => !listed.includes(name))).toEqual([]);
  });
});
