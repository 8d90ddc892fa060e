export * from "./explore-error.js";
