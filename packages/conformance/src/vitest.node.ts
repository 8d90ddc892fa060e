/* The vitest binding under Node: the same, and a driver that does not return is ended. */
import { installGuard } from "./_internal/driver-deadline.js";
import { nodeGuard } from "./node/call-guard.js";

installGuard(nodeGuard);

export * from "./vitest.js";
