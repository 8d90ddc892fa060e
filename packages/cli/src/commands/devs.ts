import { reportHead } from "@escapement/conformance";
import { cleanLine, jsonText } from "@escapement/scenario";
import type { FoundPort } from "../boards/board-world.js";
import { defineCommand, type HelpRow } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { flag } from "../option.js";
import { twoColumns } from "../two-columns.js";

/** `escapement devs`. */
export const devsCommand = defineCommand({
  name: "devs",
  summary: "lists serial ports",
  topic: "Set something up",
  options: { json: flag("JSON to stdout") },

  async run({ io, world, options }) {
    const ports = await world.listPorts();
    if (options.json) io.stdout.writeData(`${jsonText({ ...reportHead("devs"), ports }, 2)}\n`);
    else if (ports.length === 0) io.stdout.write("No serial ports were found.\n");
    else io.stdout.write(`${portLines(ports, io.stdout.columns).join("\n")}\n`);
    return exitCodes.ok;
  },
});

/** One row a port: its path, and what is known of it. */
export function portRows(ports: readonly FoundPort[]): readonly HelpRow[] {
  return ports.map((port) => [cleanLine(port.path), portAbout(port)]);
}

function portLines(ports: readonly FoundPort[], columns: number): readonly string[] {
  return twoColumns(portRows(ports), { columns, indent: 0 });
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
