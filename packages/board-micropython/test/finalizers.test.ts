import { afterEach, expect, test, vi } from "vitest";
import { keepFinalizersApart } from "../src/vm/finalizers.js";

/** What the collector would call, registry by registry. */
const collected: ((number: number) => void)[] = [];

class FakeRegistry {
  constructor(release: (number: number) => void) {
    collected.push(release);
  }
}

afterEach(() => vi.unstubAllGlobals());

test("what is collected of a VM that was restarted releases nothing in the next one", () => {
  vi.stubGlobal("FinalizationRegistry", FakeRegistry);
  const load = () => {
    const released: unknown[] = [];
    const objects = new Map([[7, "a module"]]);
    vi.stubGlobal("Module", { ccall: (...call: unknown[]) => released.push(call) });
    vi.stubGlobal("proxy_js_map", objects);
    vi.stubGlobal("pyProxyFinalizationRegistry", undefined);
    const vm = {};
    keepFinalizersApart(vm);
    expect(Reflect.get(globalThis, "pyProxyFinalizationRegistry")).toBeInstanceOf(FakeRegistry);
    return { vm, released, objects };
  };
  const before = load();
  const after = load();
  const [ofBefore, ofAfter] = collected;
  ofBefore?.(7);
  expect([before.released, after.released, after.objects.size]).toEqual([[], [], 1]);
  ofAfter?.(7);
  expect(after.released).toEqual([["proxy_c_free_obj", "null", ["number"], [7]]]);
  expect([before.objects.size, after.objects.size]).toEqual([1, 0]);
});
