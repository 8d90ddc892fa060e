import { installGuard } from "./_internal/driver-deadline.js";
import { nodeGuard } from "./node/call-guard.js";

installGuard(nodeGuard);

export { type BoardModuleOptions, openBoardModule } from "./node/board-module.js";
export { nodeGuard } from "./node/call-guard.js";
export {
  type RequestWatch,
  WatchedThread,
  type WatchedThreadOptions,
} from "./node/watched-thread.js";
