export { type FirmwareImage, unoImage } from "./uno-image.js";
