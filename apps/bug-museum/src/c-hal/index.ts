export {
  type CHalOptions,
  type CHalProfile,
  cHalDriver,
  cHalTarget,
  cHalTargets,
  isCHalProfile,
} from "./c-hal-driver.js";
export { type CSearch, cSearchBackend, isShown, ownerInC, searchInC } from "./search-in-c.js";
