import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "./manifest.js";
import { runIn, runPnpm } from "./scratch-copy.js";

/** What a registry would get of one package. */
export interface Publication {
  readonly name: string;
  readonly version: string;
  /** Files in the tarball, relative to the package. */
  readonly files: readonly string[];
  /** Bytes of the tarball. */
  readonly packedBytes: number;
  /** Bytes of the files in it. */
  readonly unpackedBytes: number;
}

interface PublishReport {
  readonly name: string;
  readonly version: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

// A port that nothing listens on: whatever a tool makes of --dry-run, nothing can reach a registry.
// As an option: a registry in the environment alone was seen to be passed over when publishing.
const NOWHERE = "--registry=http://127.0.0.1:9/";

/** Publishes the package in a folder, without sending anything. */
export function dryPublish(folder: string): Publication {
  const out = runPnpm(folder, ["publish", "--dry-run", "--no-git-checks", "--json", NOWHERE]);
  const report = JSON.parse(out.slice(out.indexOf("{"))) as PublishReport;
  return {
    name: report.name,
    version: report.version,
    files: report.files.map(({ path }) => path).sort(),
    packedBytes: report.size,
    unpackedBytes: report.unpackedSize,
  };
}

/** The package.json that a registry would get, with every range written out. */
export function packedManifest(folder: string, destination: string): Manifest {
  const out = runPnpm(folder, ["pack", "--json", "--pack-destination", destination]);
  const { filename } = JSON.parse(out.slice(out.indexOf("{"))) as { filename: string };
  const tarball = filename.split(/[\\/]/).pop() ?? "";
  runIn(destination, "tar", ["-xzf", tarball, "package/package.json"]);
  return JSON.parse(readFileSync(join(destination, "package/package.json"), "utf8")) as Manifest;
}
