export type { BoardFacts } from "./board-facts.js";
export {
  type MicroPythonBoard,
  type MicroPythonBoardOptions,
  type MicroPythonCounters,
  openMicroPythonBoard,
} from "./micropython-board.js";
export { type PortFacts, portOf, ports } from "./ports.js";
export { type ServedMicroPython, type ServeOptions, serveMicroPython } from "./vm/serve.js";
