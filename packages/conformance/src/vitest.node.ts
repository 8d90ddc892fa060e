/*
 * The vitest binding under Node: the same, and a driver that does not return is ended; the board of a
 * module lives in a thread.
 */
import { installGuard } from "./_internal/driver-deadline.js";
import { installModuleOpener } from "./_internal/module-host.js";
import { openBoardModule } from "./node/board-module.js";
import { nodeGuard } from "./node/call-guard.js";

installGuard(nodeGuard);
installModuleOpener((module) =>
  openBoardModule({
    module,
    // Node 20 takes no TypeScript, and no Node knows a project's aliases.
    ...(/\.[cm]?[jt]sx?$/.test(module) && { loader: new URL("./vite-loader.js", import.meta.url) }),
  }),
);

export * from "./vitest.js";
