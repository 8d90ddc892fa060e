import { readFileSync } from "node:fs";
import { thrownText } from "@escapement/scenario";
import { mpyErrors } from "../mpy-errors.js";
import { keepFinalizersApart } from "./finalizers.js";
import { VirtualChip } from "./virtual-chip.js";
import { halTimers, type VirtualTimers } from "./virtual-timers.js";

/** The part of the VM's interface that is used. */
export interface WasmMicroPython {
  runPython(source: string): unknown;
  registerJsModule(name: string, module: object): void;
  replInit(): void;
  replProcessChar(char: number): number;
  readonly FS: {
    mkdir(path: string): void;
    writeFile(path: string, text: string): void;
  };
}

interface WasmPackage {
  readonly loadMicroPython: (options: {
    readonly stdout: (bytes: Uint8Array) => void;
    readonly linebuffer: false;
  }) => Promise<WasmMicroPython>;
}

/** What the timers of a VM rest on. */
type TimersOn = (chip: VirtualChip) => VirtualTimers;

/** What a VM is made with. */
export interface LoadOptions {
  /** What machine.Timer rests on; the HAL of `@escapement/core` when absent. */
  readonly timersOn?: TimersOn;
  /** What `sys.platform` says, to represent another port; `webassembly` when absent. */
  readonly platform?: string;
}

const folder = new URL("../agent/vm/", import.meta.url);
/** In the sources this file lies one folder deeper than in the build. */
const folderOfSources = new URL("../../agent/vm/", import.meta.url);

function readModule(name: string): string {
  try {
    return readFileSync(new URL(name, folder), "utf8");
  } catch {
    return readFileSync(new URL(name, folderOfSources), "utf8");
  }
}

async function loadPackage(): Promise<WasmPackage> {
  try {
    const name: string = "@micropython/micropython-webassembly-pyscript/micropython.mjs";
    return (await import(/* @vite-ignore */ name)) as WasmPackage;
  } catch (cause) {
    throw mpyErrors.noVm({ reason: thrownText(cause).split("\n")[0] ?? "" }, { cause });
  }
}

/**
 * Starts a MicroPython in this realm, with machine.Timer in virtual time. One runs at a time: the
 * package keeps its state in globals, so that the next one takes the place of the one before.
 */
export async function loadVm(
  stdout: (bytes: Uint8Array) => void,
  { timersOn = halTimers, platform }: LoadOptions = {},
): Promise<WasmMicroPython> {
  const { loadMicroPython } = await loadPackage();
  const vm = await loadMicroPython({ stdout, linebuffer: false });
  keepFinalizersApart(vm);
  vm.registerJsModule("_esc", bridge(new VirtualChip(), timersOn));
  vm.FS.mkdir("/lib");
  vm.FS.writeFile("/lib/machine.py", readModule("machine.py"));
  vm.FS.writeFile("/lib/esctime.py", readModule("esctime.py"));
  vm.runPython("import sys, esctime\nsys.modules['time'] = esctime\ndel sys, esctime");
  if (platform !== undefined) vm.runPython(asPlatform(platform));
  return vm;
}

/** Puts another `sys` in the place of the one whose platform cannot be changed. */
function asPlatform(platform: string): string {
  return `
import sys
class _Sys:
    pass
for _name in dir(sys):
    setattr(_Sys, _name, getattr(sys, _name))
_Sys.platform = ${JSON.stringify(platform)}
sys.modules['sys'] = _Sys
del sys, _name, _Sys
`;
}

/** The functions that Python calls. None may throw: what crosses the border is not caught there. */
function bridge(chip: VirtualChip, timersOn: TimersOn): object {
  const timers = timersOn(chip);
  return {
    make: () => timers.make(),
    arm: (
      timer: number,
      isOneShot: boolean,
      periodUs: number,
      isHard: boolean,
      tick: (timer: number) => number,
    ) => {
      const callback = (): boolean => tick(timer) === 1;
      return timers.arm(timer, { isOneShot, periodUs, isHard, callback }) ?? "";
    },
    stop: (timer: number) => timers.stop(timer),
    remaining: (timer: number) => timers.remainingUs(timer) + fraction,
    ticks: () => chip.look() % 2 ** 30,
    now: () => chip.nowUs + fraction,
    sleep: (us: number) => chip.pass(us),
    disable: () => chip.disable(),
    enable: (state: number) => chip.enable(Number(state)),
  };
}

/** Whole numbers cross as 32 bits and wrap; one with a fraction crosses as it is. */
const fraction = 0.25;
