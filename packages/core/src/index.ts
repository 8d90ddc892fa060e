export * from "./error-table.js";
export * from "./hal-types.js";
export * from "./port.js";
export * from "./shared-state.js";
export * from "./timer-error.js";
export * from "./timer-hal.js";
export * from "./timer-types.js";
