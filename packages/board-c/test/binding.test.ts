import { fileURLToPath } from "node:url";
import { describeConformance } from "@escapement/conformance/vitest";
import { openCBoard } from "../src/index.js";

const file = fileURLToPath(new URL("../examples/delta_list.c", import.meta.url));

// As the README shows it: a test for each law, on a driver in C.
describeConformance(() => openCBoard({ files: [file], profile: "avr16" }), {
  name: "delta_list.c",
  only: ["READ", "ARM", "STOP"],
});
