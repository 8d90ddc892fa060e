import {
  cacheFolder,
  cBoard,
  compileDriver,
  driverSources,
  folderCache,
  machineClang,
  npmClang,
} from "@escapement/board-c";
import { simProfiles, VcdRecorder } from "@escapement/board-sim";
import { boardErrors } from "../cli-errors.js";
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
  const vcd = request.record ? new VcdRecorder() : undefined;
  const board = cBoard(driver, {
    ...{ name, profile: found },
    ...(seed !== undefined && { seed }),
    ...(vcd !== undefined && { vcd }),
  });
  const note = driver.cacheNote;
  const takeWaveform = (): string => {
    const text = vcd?.toString() ?? "";
    vcd?.clear();
    return text;
  };
  return { board, ...(note !== undefined && { note }), ...(vcd !== undefined && { takeWaveform }) };
}
