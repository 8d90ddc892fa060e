/** A MicroPython board as the user named it: `mpy:<port>`, or `mpy:<port>?soft`. */
export interface MicroPythonTarget {
  /** Distinguishes it from other boards. */
  readonly kind: "micropython";
  /** The whole name. */
  readonly name: string;
  /** The port, in any form that a port has. */
  readonly path: string;
  /** Whether its callbacks are scheduled rather than run in the interrupt. */
  readonly isSoft: boolean;
}

/** Reads the name of a MicroPython board; nothing where it is none. */
export function microPythonTarget(name: string): MicroPythonTarget | undefined {
  const [, path, soft] = /^mpy:(.+?)(\?soft)?$/.exec(name) ?? [];
  if (path === undefined) return undefined;
  return { kind: "micropython", name, path, isSoft: soft !== undefined };
}
