export { type SimAccess, type SimWatcher, simAccess } from "./access.js";
export * from "./board.js";
export { SimChip, type SimChipExtras } from "./chip.js";
export {
  chipShape,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  type SimChipOptions,
  type SimChipShape,
} from "./chip-options.js";
export { SimClock, SimEvent } from "./clock.js";
export {
  type ControllerOptions,
  InterruptController,
  type InterruptSource,
} from "./controller.js";
export { SimCounter } from "./counter.js";
export type { SimVectors } from "./interrupt-lines.js";
export { SimMachine } from "./machine.js";
export type { DriftModel, LatencyModel, SimModels, StallModel } from "./models.js";
export type { Patience } from "./patience.js";
export { avr16Port } from "./ports/avr16.js";
export { prescaled8Port } from "./ports/prescaled8.js";
export { rp2040Port } from "./ports/rp2040.js";
export { rtc24Port } from "./ports/rtc24.js";
export { stm32Port } from "./ports/stm32.js";
export { systick24Port } from "./ports/systick24.js";
export type { SimProbe, SimState, SimTimebase } from "./probe.js";
export { type SimProfile, type SimProfileName, simProfiles } from "./profile.js";
export { SimRandom } from "./random.js";
export { SimStance, type StanceParts } from "./stance.js";
export { type VcdOptions, VcdRecorder } from "./vcd.js";
