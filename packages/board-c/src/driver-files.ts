import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the C files that this package brings: `esc_driver.h` and what stands behind its table. */
export const driverFolder = fileURLToPath(new URL("../c", import.meta.url));

const names = ["esc_driver.h", "esc_driver_glue.h", "esc_driver_glue.c", "esc_driver_wasm.c"];

/** The hooks of code that is only run, in C. */
export function guardSource(): string {
  return readFileSync(`${driverFolder}/esc_driver_guard.c`, "utf8");
}

/** The header of a model of registers in C. */
export function deviceHeader(): string {
  return readFileSync(`${driverFolder}/esc_device.h`, "utf8");
}

let kept: ReadonlyMap<string, string> | undefined;

/** The header of the driver table, and what is linked in behind it, by their names. */
export function driverFiles(): ReadonlyMap<string, string> {
  kept ??= new Map(names.map((name) => [name, readFileSync(`${driverFolder}/${name}`, "utf8")]));
  return kept;
}

/** A part of the little C library, and the names with which a program asks for it. */
interface LibraryPart {
  readonly file: string;
  readonly asks: RegExp;
  /** Only for drivers: what it prints goes to their log. */
  readonly forDrivers: boolean;
}

const parts: readonly LibraryPart[] = [
  { file: "heap.c", asks: /\b(?:[cm]|re)alloc\b/, forDrivers: false },
  { file: "format.c", asks: /printf\b|\bf?puts\b|\bputchar\b|\bfflush\b/, forDrivers: true },
  {
    file: "strings.c",
    asks: /\b(?:str\w+|memchr|qsort|bsearch|ato[il]|l?labs|s?rand|is[a-z]+|to(?:upp|low)er)\b/,
    forDrivers: true,
  },
];

/** The parts of the C library that some texts ask for, by the names of their files. */
export function libraryParts(
  texts: readonly string[],
  isDriver: boolean,
): ReadonlyMap<string, string> {
  const asked = parts.filter(
    ({ asks, forDrivers }) => (isDriver || !forDrivers) && texts.some((text) => asks.test(text)),
  );
  return new Map(
    asked.map(({ file }) => [file, readFileSync(`${driverFolder}/libc/${file}`, "utf8")]),
  );
}

/** The files of a driver to begin with, by their names: it works as it is, and its README says how to go on. */
export function driverTemplate(): ReadonlyMap<string, string> {
  const folder = fileURLToPath(new URL("../examples", import.meta.url));
  const text = (name: string): string => readFileSync(`${folder}/${name}`, "utf8");
  const driver = text("delta_list.c").replace('.name = "delta-list"', '.name = "my-timer"');
  return new Map([
    ["my_timer.c", driver],
    ["README.md", text("template.md")],
  ]);
}
