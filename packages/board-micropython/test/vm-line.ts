import { setImmediate as turn } from "node:timers/promises";
import { memoryPair, type Transport } from "@escapement/board-serial";
import { ManualClock } from "../../board-serial/test/manual-clock.js";
import { RawRepl } from "../src/raw-repl.js";
import { ReplLine } from "../src/repl-line.js";
import { type VmOptions, VmRepl } from "../src/vm/vm-repl.js";

/** A MicroPython without hardware at the other end of a line in memory. */
export async function vmLine(options: VmOptions = {}): Promise<{
  readonly host: Transport;
  readonly repl: VmRepl;
  readonly unplug: () => void;
  readonly plug: () => void;
}> {
  const { host, device } = memoryPair("the VM");
  const repl = new VmRepl(options);
  device.onData = (bytes) => repl.receive(bytes);
  repl.onBytes = (bytes) => device.write(bytes);
  await repl.start();
  return { host, repl, unplug: () => device.unplug("unplugged"), plug: () => device.plug() };
}

/** Lets the clock's time pass only where neither host nor VM has anything to do. */
export async function settled<Value>(
  clock: ManualClock,
  repl: VmRepl | undefined,
  promise: Promise<Value>,
): Promise<Value> {
  let isSettled = false;
  const mark = (): void => {
    isSettled = true;
  };
  promise.then(mark, mark);
  for (;;) {
    await turn();
    if (isSettled) return promise;
    if (repl?.isBusy === true) continue;
    if (!clock.step()) throw new Error("it hangs: nothing is under way and no timer waits");
  }
}

/** Runs scripts in a VM and gives back what they print. */
export async function scripts(
  options: VmOptions = {},
): Promise<(source: string) => Promise<string>> {
  const { host, repl } = await vmLine(options);
  const clock = new ManualClock();
  const line = new ReplLine(host, clock);
  const raw = new RawRepl(line);
  await line.open();
  await settled(clock, repl, raw.enter());
  return async (source) => {
    await settled(clock, repl, raw.softReset());
    const done = await settled(clock, repl, raw.execute(source, 60_000));
    if (done === undefined || !done.isWhole) throw new Error("the script did not end");
    return `${done.printed}${done.traceback}`.replace(/\r/g, "").trim();
  };
}
