export { replayLine, shareRight, tableOf, violations } from "./fault-table.js";
export { runFaults } from "./run-faults.js";
