/** A port in memory whose time the benchmark sets: the cheapest there can be, so that the HAL itself is measured. */
export function makeBenchPort(counterBits = 32) {
  const chip = { time: 0, compare: 0, on: false, overflow: false, match: false, masked: 0 };
  const port = {
    counterBits,
    frequencyHz: 1_000_000,
    minDeltaTicks: 1,
    readCounter: () => chip.time,
    overflowPending: () => chip.overflow,
    acknowledgeOverflow: () => {
      chip.overflow = false;
    },
    setCompare: (ticks) => {
      chip.compare = ticks;
    },
    enableCompare: (on) => {
      chip.on = on;
    },
    comparePending: () => chip.match,
    acknowledgeCompare: () => {
      chip.match = false;
    },
    saveAndMask: () => {
      const was = chip.masked;
      chip.masked = 1;
      return was;
    },
    restore: (state) => {
      chip.masked = state;
    },
    inInterrupt: () => false,
  };
  return { port, chip };
}

/** Jumps to the next event of the chip and serves it; returns false when nothing is armed. */
export function step({ chip }, hal) {
  if (!chip.on) {
    return false;
  }
  if (chip.compare <= chip.time) {
    chip.time = 0;
    chip.overflow = true;
    hal.onOverflow();
    if (chip.compare !== 0) {
      return true;
    }
  }
  chip.time = chip.compare;
  chip.match = true;
  hal.onCompare();
  return true;
}
