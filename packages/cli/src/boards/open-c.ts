import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  cacheFolder,
  cBoard,
  compileDriver,
  type Device,
  deviceModels,
  driverSources,
  folderCache,
  machineClang,
  npmClang,
} from "@escapement/board-c";
import { simProfiles, VcdRecorder } from "@escapement/board-sim";
import { thrownText } from "@escapement/scenario";
import { boardErrors, cliErrors } from "../cli-errors.js";
import type { CRequest, OpenedBoard } from "./board-world.js";

/** Compiles a timer driver in C, or takes it from the cache, and puts it on a simulated chip. */
export async function openC(request: CRequest): Promise<OpenedBoard> {
  const { name, cc, onProgress, seed } = request;
  const { profile = "stm32" } = request;
  const found = Object.values(simProfiles).find((each) => each.name === profile);
  if (found === undefined) throw boardErrors.noProfile({ profile });
  onProgress("compiling");
  const compiler =
    cc === undefined
      ? npmClang((done, total) => {
          onProgress(`loading the compiler ${Math.floor((100 * done) / total)} %`);
        })
      : machineClang(cc);
  const driver = await compileDriver(
    {
      ...driverSources(request.files, { folders: request.include, defines: request.define }),
      optimize: `-O${request.optimize}`,
      hooks: "guard",
    },
    { compiler, cache: folderCache(cacheFolder(request.env)) },
  );
  const devices = await Promise.all(request.device.map(deviceOf));
  const vcd = request.record ? new VcdRecorder() : undefined;
  const board = cBoard(driver, {
    ...{ name, profile: found, devices },
    ...(seed !== undefined && { seed }),
    ...(vcd !== undefined && { vcd }),
  });
  const headers = driver.missingHeaders.map(
    (header) => `no header ${header}: taken for an empty one`,
  );
  const notes = [...headers, ...(driver.cacheNote === undefined ? [] : [driver.cacheNote])];
  const takeWaveform = (): string => {
    const text = vcd?.toString() ?? "";
    vcd?.clear();
    return text;
  };
  return {
    board,
    ...(notes.length > 0 && { note: notes.join("; ") }),
    ...(vcd !== undefined && { takeWaveform }),
  };
}

/** A model of this package by its name, or the default export of a module: a function of the chip. */
async function deviceOf(given: string): Promise<Device> {
  const [, digits, model = ""] = /^(0x[0-9a-f]{1,8}|\d{1,10})=(.+)$/i.exec(given) ?? [];
  const known = Object.hasOwn(deviceModels, model) ? deviceModels[model] : undefined;
  if (digits !== undefined && known !== undefined) return { address: Number(digits), model: known };
  if (digits === undefined || !/[./\\]/.test(model)) {
    const expected = `an address, = and one of ${Object.keys(deviceModels).join(", ")} or a module`;
    const example = "0x40000000=stm32-tim2";
    throw cliErrors.badValue({ name: "device", text: given, expected, example });
  }
  const url = pathToFileURL(resolve(model)).href;
  let found: { readonly default?: unknown };
  try {
    found = await import(/* @vite-ignore */ url);
  } catch (cause) {
    throw boardErrors.cannotImport({ module: url, reason: thrownText(cause) }, { cause });
  }
  if (typeof found.default !== "function") throw boardErrors.noDefaultExport({ module: url });
  return { address: Number(digits), model: found.default as Device["model"] };
}
