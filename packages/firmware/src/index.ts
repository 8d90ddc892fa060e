export { FirmwareError, type FirmwareErrorCode } from "./firmware-error.js";
export { type FirmwareImage, type UnoImageOptions, unoImage } from "./uno-image.js";
