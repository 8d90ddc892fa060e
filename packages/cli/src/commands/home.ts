import { defineCommand, type HelpRow } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { packageVersion } from "../package-version.js";
import { twoColumns } from "../two-columns.js";
import { portRows } from "./devs.js";

/** `escapement` alone. */
export const homeCommand = defineCommand({
  name: "",
  summary: "lists the boards that are here and says what to do next",
  options: {},
  run: async ({ io, world }) => {
    const { style, columns } = io.stdout;
    const [profiles, ports] = await Promise.all([world.profiles(), world.listPorts()]);
    const rows = [
      ...profiles.map(({ name, about }) => [`sim:${name}`, about] as const),
      ["uno", "emulated ATmega328P running the shipped firmware, behind a tty"] as const,
    ];
    // Built-in ports such as ttyS0 are there on most machines, with nothing behind them.
    const first = ports.find(({ vendorId }) => vendorId !== undefined)?.path;
    const next: readonly HelpRow[] = [
      ["escapement conform sim", "every law on every simulated board, in seconds"],
      ["escapement conform uno", "the same laws on compiled firmware, over a real tty"],
      ...(first === undefined
        ? []
        : [[`escapement conform ${first}`, "on the board at that port"] as const]),
      ["escapement explore", "the laws in every interleaving, in a minute or two"],
      ["escapement race <file.c>", "races in any interrupt-driven C program"],
      ["escapement bugs", "bugs of real timer systems, brought back and found"],
      ["escapement laws", "the catalogue"],
      ["escapement --help", "everything else"],
    ];
    const lines = [
      `${style("title", `escapement ${packageVersion()}`)}: one suite of timer laws, on every board`,
      "",
      style("title", "Boards"),
      ...twoColumns([...rows, ...portRows(ports)], { columns }),
      ...(ports.length === 0 ? [style("quiet", "  no serial ports were found")] : []),
      "",
      style("title", "Next"),
      ...twoColumns(next, { columns }),
    ];
    io.stdout.write(`${lines.join("\n")}\n`);
    return exitCodes.ok;
  },
});
