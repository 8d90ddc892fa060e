import {
  cacheFolder,
  cBoard,
  compileDriver,
  driverSources,
  folderCache,
  loadDevice,
  machineClang,
  npmClang,
} from "@escapement/board-c";
import { simProfiles, VcdRecorder } from "@escapement/board-sim";
import { boardErrors } from "../cli-errors.js";
import type { CRequest, OpenedBoard } from "./board-world.js";
import { deviceNames } from "./device-names.js";

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
  const tools = { compiler, cache: folderCache(cacheFolder(request.env)) };
  const driver = await compileDriver(
    {
      ...driverSources(request.files, { folders: request.include, defines: request.define }),
      optimize: `-O${request.optimize}`,
      hooks: "guard",
    },
    tools,
  );
  const devices = await Promise.all(
    deviceNames(request.device).map((device) => loadDevice(device, tools)),
  );
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
