import { describe, expect, it } from "vitest";
import { parseIntelHex } from "../src/index.js";

const END = ":00000001FF";

describe("parseIntelHex", () => {
  it("places data, skips start addresses, and leaves the rest erased", () => {
    const text = `:02000000FFCF30\r\n:0400000300000000F9\r\n:0100050042B8\r\n${END}\r\n`;
    expect([...parseIntelHex(text, 8)]).toEqual([0xff, 0xcf, 0xff, 0xff, 0xff, 0x42, 0xff, 0xff]);
  });

  it("adds segment and linear bases", () => {
    const text = [":020000020001FB", ":0100000011EE", ":020000040000FA", ":0100000022DD", END];
    const memory = parseIntelHex(text.join("\n"), 32);
    expect([memory[16], memory[0]]).toEqual([0x11, 0x22]);
  });

  it.each([
    ["a line that is no record", "hello", "line 1"],
    ["a wrong checksum", ":02000000FFCF31", "checksum"],
    ["a record shorter than it says", ":04000000FFCF2E", "as long as it says"],
    ["an unknown record", ":0000000AF6", "type 10"],
    ["data outside the memory", ":0201FF000102FB", "beyond"],
    ["no end", "", "no end record"],
  ])("refuses %s as malformed", (_what, line, said) => {
    const text = line === "" ? "" : `${line}\n${END}\n`;
    expect(() => parseIntelHex(text, 0x200)).toThrow(
      expect.objectContaining({ code: "malformed", message: expect.stringContaining(said) }),
    );
  });
});
