import { describe, expect, it } from "vitest";
import { laws, originParts } from "../../src/index.js";

const all = [...new Set(laws.flatMap(({ origin }) => origin))];

/** What has no address that is certain. */
const withoutAddress = [
  "Arduino 592",
  "Arduino 7ea4cb3",
  "Ganssle 2001",
  "Ganssle 2001, Asynchronicity",
  "Morton 2000",
  "NuttX wdtest_checkdelay",
  "PebbleOS 680",
  "hrtimer_test_maximum",
  "nRF RTC",
];

describe("the addresses of the laws' origins", () => {
  it("every origin has one, but those that are named here", () => {
    const bare = all.filter((text) => originParts(text).every(({ url }) => url === undefined));
    expect(bare.sort()).toEqual(withoutAddress.filter((text) => all.includes(text)).sort());
  });

  it("the parts are the text again, and no part is empty", () => {
    for (const text of all) {
      const parts = originParts(text);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      expect(parts.every((part) => part.text !== "")).toBe(true);
    }
  });

  it("names issues, commits and reviews by their numbers", () => {
    const urls = (text: string) => originParts(text).flatMap(({ url }) => url ?? []);
    expect(urls("Zephyr 40391, 54568")).toEqual([
      "https://github.com/zephyrproject-rtos/zephyr/issues/40391",
      "https://github.com/zephyrproject-rtos/zephyr/issues/54568",
    ]);
    expect(urls("NuttX b010356, 78dce81")).toEqual([
      "https://github.com/apache/nuttx/commit/b010356",
      "https://github.com/apache/nuttx/commit/78dce81",
    ]);
    expect(urls("FreeBSD D29093, ec00c33")).toEqual([
      "https://reviews.freebsd.org/D29093",
      "https://github.com/freebsd/freebsd-src/commit/ec00c33",
    ]);
    // The fix of MicroPython's port for Zephyr is MicroPython's.
    expect(urls("Zephyr b3fb831")).toEqual([
      "https://github.com/micropython/micropython/commit/b3fb831",
    ]);
  });

  it("leaves versions, years and numbers within words alone", () => {
    const urls = (text: string) => originParts(text).flatMap(({ url }) => url ?? []);
    expect(urls("Morton 2000")).toEqual([]);
    expect(urls("nobody 123")).toEqual([]);
    expect(urls("Pico 15-bit sequence")).toEqual([expect.stringContaining("pico_time_test.c")]);
    expect(urls("RIOT set16 0x10000000")).toEqual([expect.stringContaining("ztimer.h")]);
  });
});
