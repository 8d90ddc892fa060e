/** The part of serialport's poller that is touched here; it is not in its types. */
interface Poller {
  emit(event: string, ...values: unknown[]): boolean;
}

/** How often the fallback turns the event loop over. */
const fallbackMs = 5;

/**
 * Whether this Node delivers serialport's events only when some other timer fires: 26.4 and later
 * (node-serialport issue 3148, with bindings up to 13.0.1).
 */
export function needsPollerHelp(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  return major > 26 || (major === 26 && minor >= 4);
}

/**
 * Makes an open serialport deliver what it received at once on a Node that needs help, and returns
 * what ends the help.
 *
 * The native poller calls back without draining microtasks, and serialport goes on in promises.
 * Emitting its events from `setImmediate` gives Node the chance to drain them. Where the poller is
 * not found (Windows has none), a short interval turns the loop over instead.
 */
export function helpPoller(port: unknown): () => void {
  const poller = pollerOf(port);
  if (poller !== undefined) {
    const emit = poller.emit.bind(poller);
    poller.emit = (event, ...values) => {
      setImmediate(emit, event, ...values);
      return true;
    };
    return () => {
      poller.emit = emit;
    };
  }
  const interval = setInterval(() => {}, fallbackMs);
  interval.unref();
  return () => clearInterval(interval);
}

function pollerOf(port: unknown): Poller | undefined {
  const binding = memberOf(port, "port");
  const poller = memberOf(binding, "poller");
  return typeof memberOf(poller, "emit") === "function" ? (poller as Poller) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
