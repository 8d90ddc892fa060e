export * from "./answers.js";
export * from "./evidence.js";
export * from "./expiries.js";
export * from "./findings.js";
export * from "./judge.js";
export * from "./reads.js";
export * from "./ticks.js";
export * from "./values.js";
