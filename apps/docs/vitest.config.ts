import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

/** The tests look at the built site, so it is built first where it is missing or old. */
export default mergeConfig(shared, { test: { globalSetup: ["test/support/build-site.ts"] } });
