import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { cErrors } from "../c-errors.js";
import type { CompileTools } from "../compile/compile-c.js";
import { compileDevice } from "./c-device.js";
import { deviceModels } from "./device-models.js";
import type { Device } from "./registers.js";

/** A model of registers, as a command line names it. */
export interface DeviceName {
  /** The address of its first register. */
  readonly address: number;
  /** How many bytes from there on are its own; as many as the model says when absent. */
  readonly length?: number;
  /** A name of {@link deviceModels}, a file of C, or a module of JavaScript whose default export is a function of the chip. */
  readonly model: string;
}

/** Whether a name is that of a model: one that comes with the package, or a file. */
export function isDeviceName(model: string): boolean {
  return Object.hasOwn(deviceModels, model) || /[./\\]/.test(model);
}

/**
 * Gets the model of that name.
 *
 * @throws {@link CError} `bad-device` for a file that is none; as {@link compileDriver} for one of C.
 */
export async function loadDevice(
  { model, ...place }: DeviceName,
  tools: CompileTools,
  options: { readonly isReused?: boolean } = {},
): Promise<Device> {
  const known = Object.hasOwn(deviceModels, model) ? deviceModels[model] : undefined;
  if (known !== undefined) return { ...place, model: known };
  if (/\.(?:c|cc|cpp)$/i.test(model)) {
    return { ...place, model: await compileDevice(model, tools, options) };
  }
  let found: { readonly default?: unknown };
  try {
    found = await import(/* @vite-ignore */ pathToFileURL(resolve(model)).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cErrors.noDeviceModule({ file: model, reason }, { cause });
  }
  if (typeof found.default !== "function") {
    const reason = "its default export is no function of the chip";
    throw cErrors.noDeviceModule({ file: model, reason });
  }
  return { ...place, model: found.default as Device["model"] };
}
