/*
 * The package holds objects of Python for JavaScript under small numbers, and gives a number back when
 * the object on this side is collected. Its own registry does so in whichever VM is the newest: once a
 * board was restarted, what the collector finds of the old VM would release objects of the new one,
 * such as its module for the timers. So each VM gets a registry that falls silent with it.
 */

/** What the package keeps in globals, as far as it is used here. */
interface PackageGlobals {
  Module: { ccall(name: string, returns: string, types: string[], values: unknown[]): unknown };
  proxy_js_map: Map<number, unknown>;
  pyProxyFinalizationRegistry: FinalizationRegistry<number>;
}

let newest: object | undefined;

/** To be called for each VM, as soon as it is loaded. */
export function keepFinalizersApart(vm: object): void {
  newest = vm;
  const globals = globalThis as unknown as PackageGlobals;
  const { Module: vmModule, proxy_js_map: objects } = globals;
  const owner = new WeakRef(vm);
  globals.pyProxyFinalizationRegistry = new FinalizationRegistry((number) => {
    if (newest === undefined || owner.deref() !== newest) return;
    objects.delete(number);
    vmModule.ccall("proxy_c_free_obj", "null", ["number"], [number]);
  });
}
