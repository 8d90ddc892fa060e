/* Runs in Vitest's own process, before each test file: the HAL may take so many steps in it. */

const STEPS_MAX = 200_000_000;

let left = STEPS_MAX;
globalThis.__mutationStep = () => {
  left -= 1;
  if (left < 0) throw new Error("The HAL took too many steps");
};
