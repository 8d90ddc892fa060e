import { originPages } from "./origin-pages.js";

/** A part of a law's origin: words, with the address of what they name where one is certain. */
export interface OriginPart {
  /** The words, as the law has them. */
  readonly text: string;
  /** Where to read it; absent where no address is certain. */
  readonly url?: string;
}

/** Where the projects keep their issues and commits. Numbers of pull requests lead on from those of issues. */
const repositories: Readonly<Record<string, string>> = {
  "ArduinoCore-avr": "arduino/ArduinoCore-avr",
  "ArduinoCore-renesas": "arduino/ArduinoCore-renesas",
  Bun: "oven-sh/bun",
  ChibiOS: "ChibiOS/ChibiOS",
  DigistumpArduino: "digistump/DigistumpArduino",
  "ESP-IDF": "espressif/esp-idf",
  Embassy: "embassy-rs/embassy",
  Escapement: "escapement-timers/escapement",
  FreeBSD: "freebsd/freebsd-src",
  Flipper: "flipperdevices/flipperzero-firmware",
  FreeRTOS: "FreeRTOS/FreeRTOS-Kernel",
  "Lab-FreeRTOS-POSIX": "FreeRTOS/Lab-Project-FreeRTOS-POSIX",
  MicroPython: "micropython/micropython",
  NuttX: "apache/nuttx",
  Pico: "raspberrypi/pico-sdk",
  RIOT: "RIOT-OS/RIOT",
  Tock: "tock/tock",
  Zephyr: "zephyrproject-rtos/zephyr",
  avr8js: "wokwi/avr8js",
  "esp-idf": "espressif/esp-idf",
  "fake-timers": "sinonjs/fake-timers",
  libretiny: "libretiny-eu/libretiny",
  "micropython-esp32": "micropython/micropython-esp32",
  openwch: "openwch/arduino_core_ch32",
  sam3x: "RIOT-OS/RIOT",
};

/** Commits whose project is another than the one that the origin names, because the port is named. */
const strayCommits: Readonly<Record<string, string>> = { b3fb831: "micropython/micropython" };

/** A commit's hash has a digit and a letter; an issue's number has at least two digits and stands alone. */
const named =
  /(?<![\w.-])(?:(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}|D\d{4,}|\d{1,6})(?![\w.-]*\w)/g;

/**
 * An origin of a law in parts, each with the address of the issue, commit, document or source that it
 * names. The parts together are the text again. Pure.
 *
 * @param text An entry of a law's `origin`, such as `Zephyr 40391, 54568`.
 *
 * @example
 * ```ts
 * import { originParts } from "@escapement/conformance";
 *
 * const [project, issue] = originParts("Pico 1953");
 * console.log(project?.text, issue?.url); // "Pico " "https://github.com/raspberrypi/pico-sdk/issues/1953"
 * ```
 */
export function originParts(text: string): readonly OriginPart[] {
  const page = originPages[text] ?? pageByBegin(text);
  if (page !== undefined) return [{ text, url: page }];
  const project = text.split(" ", 1)[0] ?? "";
  const parts: OriginPart[] = [];
  let end = 0;
  for (const { 0: name, index } of text.matchAll(named)) {
    const url = addressOf(project, name);
    if (url === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: name, url });
    end = index + name.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Pages that hold for every origin that begins alike, the longest begin first. */
function pageByBegin(text: string): string | undefined {
  const begin = Object.keys(originPages)
    .filter((key) => key.endsWith("…") && text.startsWith(key.slice(0, -1)))
    .sort((one, other) => other.length - one.length)[0];
  if (begin === undefined || text.match(named)?.some((name) => isNumbered(text, name))) {
    return undefined;
  }
  return originPages[begin];
}

/** Whether an origin names an issue or a commit, which says more than a page would. */
function isNumbered(text: string, name: string): boolean {
  return addressOf(text.split(" ", 1)[0] ?? "", name) !== undefined;
}

function addressOf(project: string, name: string): string | undefined {
  if (/^D\d/.test(name)) return `https://reviews.freebsd.org/${name}`;
  const isCommit = /[a-f]/.test(name);
  const repository = strayCommits[name] ?? repositories[project];
  if (repository === undefined) return undefined;
  return `https://github.com/${repository}/${isCommit ? "commit" : "issues"}/${name}`;
}
