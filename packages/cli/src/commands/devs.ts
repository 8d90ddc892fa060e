import { cleanLine, jsonText } from "@escapement/scenario";
import type { FoundPort } from "../boards/board-world.js";
import { exitCodes } from "../exit-codes.js";
import { atMostWords, type Command } from "./command.js";

/** `escapement devs [--json]`. */
export const devsCommand: Command = async ({ io, world, args }) => {
  atMostWords(args, 0, "escapement devs [--json]");
  const ports = await world.listPorts();
  if (args.flag("json")) {
    io.stdout.write(`${jsonText(ports, 2)}\n`);
  } else if (ports.length === 0) {
    io.stdout.write("No serial ports were found.\n");
  } else {
    io.stdout.write(
      portRows(ports)
        .map((row) => `${row}\n`)
        .join(""),
    );
  }
  return exitCodes.ok;
};

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
