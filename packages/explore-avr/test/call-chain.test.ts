import { describe, expect, it } from "vitest";
import { CallChain, isCall } from "../src/call-chain.js";

/** Calls from `site`, to a stack pointer. */
function call(chain: CallChain, site: number, sp: number): number {
  chain.site = site;
  chain.call(sp);
  return chain.hash;
}

describe("a chain of calls", () => {
  it("is the same for the same calls, and comes back when they return", () => {
    const chain = new CallChain();
    const outer = call(chain, 0x100, 2100);
    const inner = call(chain, 0x200, 2090);
    expect(inner).not.toBe(outer);
    chain.leave(2092);
    expect(chain.hash).toBe(outer);
    expect(call(chain, 0x200, 2090)).toBe(inner);
    chain.leave(2092);
    expect(call(chain, 0x201, 2090)).not.toBe(inner);
    chain.leave(2102);
    expect(chain.hash).toBe(0);
  });

  it("distinguishes the order of calls", () => {
    const one = new CallChain();
    call(one, 0x100, 2100);
    const other = new CallChain();
    call(other, 0x200, 2100);
    expect(call(one, 0x200, 2090)).not.toBe(call(other, 0x100, 2090));
  });

  it("of an interrupt does not depend on where it was let in", () => {
    const chain = new CallChain();
    chain.interrupt(2100, 0x16);
    const alone = chain.hash;
    chain.begin();
    const outer = call(chain, 0x100, 2110);
    chain.interrupt(2100, 0x16);
    expect(chain.hash).toBe(alone);
    chain.leave(2102);
    expect(chain.hash).toBe(outer);
  });

  it("goes back to what was saved, and is not lost at great depth", () => {
    const chain = new CallChain();
    const outer = call(chain, 0x100, 2200);
    const state = chain.newState();
    chain.save(state);
    for (let depth = 1; depth < 80; depth += 1) call(chain, 0x100 + depth, 2200 - 4 * depth);
    chain.leave(2198);
    expect(chain.hash).toBe(outer);
    chain.leave(2202);
    expect(chain.hash).toBe(0);
    chain.restore(state);
    expect(chain.hash).toBe(outer);
  });
});

it.each([
  ["rcall", 0xd123, true],
  ["call", 0x940e, true],
  ["call, high address", 0x95ff, true],
  ["icall", 0x9509, true],
  ["rjmp", 0xc123, false],
  ["jmp", 0x940c, false],
  ["ret", 0x9508, false],
  ["reti", 0x9518, false],
])("%s is a call: %j %j", (_name, opcode, expected) => {
  expect(isCall(opcode)).toBe(expected);
});
