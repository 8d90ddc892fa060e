import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the sources of the HAL are. */
export const coreFolder = fileURLToPath(new URL("../../../packages/core/src/", import.meta.url));

/** The sources of the HAL by file name. */
export const coreSources: ReadonlyMap<string, string> = new Map(
  readdirSync(coreFolder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(coreFolder + file, "utf8")]),
);
