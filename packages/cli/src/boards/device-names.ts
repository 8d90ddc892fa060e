import { type DeviceName, deviceModels, isDeviceName } from "@escapement/board-c";
import { cliErrors } from "../cli-errors.js";

/** An address, how many bytes there are from it on, and what stands behind the sign. */
interface GivenDevice {
  readonly address: number;
  readonly length?: number;
  readonly behind: string;
}

const numberForm = /^(?:0[xX][0-9a-fA-F]{1,8}|\d{1,10})$/;

/** Reads `ADDRESS[:LENGTH]=…`; undefined where it is something else. */
export function givenDevice(text: string): GivenDevice | undefined {
  const [, address = "", size, behind = ""] = /^(\w+)(?::(\w+))?=(.+)$/.exec(text) ?? [];
  const isSize = size === undefined || (numberForm.test(size) && Number(size) >= 1);
  if (!numberForm.test(address) || !isSize) return undefined;
  const place = { address: Number(address), behind };
  return size === undefined ? place : { ...place, length: Number(size) };
}

/** Reads `ADDRESS[:LENGTH]=model`; undefined where there is no such model. */
export function deviceName(text: string): DeviceName | undefined {
  const given = givenDevice(text);
  if (given === undefined || !isDeviceName(given.behind)) return undefined;
  const { behind: model, ...place } = given;
  return { ...place, model };
}

/** The same as text. */
export function deviceText({ address, length, model }: DeviceName): string {
  return `0x${address.toString(16)}${length === undefined ? "" : `:${length}`}=${model}`;
}

/**
 * Reads the values of `--device` of a command that runs drivers in C: an address, and the model behind it.
 *
 * @throws CliError `invalid-option`.
 */
export function deviceNames(given: readonly string[]): readonly DeviceName[] {
  return given.map((text) => {
    const name = deviceName(text);
    if (name !== undefined) return name;
    const known = Object.keys(deviceModels).join(", ");
    const expected = `an address, = and one of ${known}, or a file of C or JavaScript`;
    throw cliErrors.badValue({ name: "device", text, expected, example: "0x40000000=stm32-tim2" });
  });
}
