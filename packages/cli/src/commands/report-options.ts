import type { OptionGroup } from "../command.js";
import { flag } from "../option.js";

/** The option of every command that writes reports: what differs from run to run is not in them. */
export const deterministic = flag("reports that are equal from run to run");

/** It alone: few compare reports. */
export const deterministicGroup: OptionGroup = {
  title: "Reports that are compared",
  isFurther: true,
  options: ["deterministic"],
};
