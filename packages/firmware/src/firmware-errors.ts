import { errorTable } from "@escapement/core";
import { FirmwareError } from "./firmware-error.js";

/** The errors of this package. */
export const firmwareErrors = errorTable(FirmwareError, {
  noImage: {
    code: "no-image",
    message: "There is no image of the firmware in {folder}",
    hint: "`node scripts/build.mjs --out {folder}` in the firmware's package builds one.",
  },
});
