/** The C HAL as a module for `escapement explore --hal`. */
export { cHalTargets as default } from "./c-hal-driver.js";
