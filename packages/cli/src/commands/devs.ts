import { cleanLine, jsonText } from "@escapement/scenario";
import type { FoundPort } from "../boards/board-world.js";
import { defineCommand } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { flag } from "../option.js";

/** `escapement devs`. */
export const devsCommand = defineCommand({
  name: "devs",
  summary: "lists serial ports",
  options: { json: flag("JSON to stdout") },

  async run({ io, world, options }) {
    const ports = await world.listPorts();
    if (options.json) io.stdout.write(`${jsonText(ports, 2)}\n`);
    else if (ports.length === 0) io.stdout.write("No serial ports were found.\n");
    else io.stdout.write(`${portRows(ports).join("\n")}\n`);
    return exitCodes.ok;
  },
});

/** One line a port: its path, then what is known of it. */
export function portRows(ports: readonly FoundPort[]): readonly string[] {
  const width = Math.max(0, ...ports.map(({ path }) => path.length));
  return ports.map((port) => `${port.path.padEnd(width)}  ${portAbout(port)}`.trimEnd());
}

function portAbout({ manufacturer, serialNumber, vendorId, productId }: FoundPort): string {
  const parts = [
    vendorId === undefined ? "" : `${vendorId}:${productId ?? "?"}`,
    manufacturer ?? "",
    serialNumber === undefined ? "" : `id:${serialNumber}`,
  ];
  return parts
    .filter((part) => part !== "")
    .map(cleanLine)
    .join("  ");
}
