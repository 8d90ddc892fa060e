/** A compiled module; opaque. */
export interface WasmModule {
  /** Only WebAssembly makes one. */
  readonly [Symbol.toStringTag]: string;
}

/** What the host calls and reads of an instance. */
export type WasmExports = Readonly<Record<string, unknown>>;

/** Functions that an instance may call, by module and name. */
export type WasmImports = Record<string, Record<string, (...values: never[]) => unknown>>;

/** The part of the language's own WebAssembly that is used here; its types come with browsers, not with Node. */
interface WasmHost {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: WasmImports,
  ) => { readonly exports: WasmExports };
  readonly RuntimeError: new (message?: string) => Error;
}

const host = (globalThis as unknown as { readonly WebAssembly: WasmHost }).WebAssembly;

/** Compiles a module; throws what WebAssembly throws. */
export function compileModule(bytes: Uint8Array): WasmModule {
  return new host.Module(bytes);
}

/** Makes an instance and returns its exports; throws what WebAssembly throws. */
export function instantiate(module: WasmModule, imports: WasmImports): WasmExports {
  return new host.Instance(module, imports).exports;
}

/** Whether it is a trap: an access outside of memory, a call of no function, a division by zero. */
export function isTrap(error: unknown): error is Error {
  return error instanceof host.RuntimeError;
}
