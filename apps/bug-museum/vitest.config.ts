import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** The patched HALs are built first, so that a change of the HAL or of a patch is seen. */
export default mergeConfig(shared, { test: { globalSetup: ["test/build-hals.ts"] } });
