import { type DeviceName, deviceModels, isDeviceName } from "@escapement/board-c";
import { cliErrors } from "../cli-errors.js";

/**
 * Reads the values of `--device` of a command that runs drivers in C: an address, and the model behind it.
 *
 * @throws CliError `invalid-option`.
 */
export function deviceNames(given: readonly string[]): readonly DeviceName[] {
  return given.map((text) => {
    const [, digits, model = ""] = /^(0x[0-9a-f]{1,8}|\d{1,10})=(.+)$/i.exec(text) ?? [];
    if (digits !== undefined && isDeviceName(model)) return { address: Number(digits), model };
    const known = Object.keys(deviceModels).join(", ");
    const expected = `an address, = and one of ${known}, or a file of C or JavaScript`;
    throw cliErrors.badValue({ name: "device", text, expected, example: "0x40000000=stm32-tim2" });
  });
}
