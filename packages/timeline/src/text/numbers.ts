/** Digits in groups of three, with a plain space between unless another is given: `12 345`. */
export function grouped(count: number, space = " "): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, space);
}

/** {@link grouped} for pages and drawings: with a narrow space that does not break. */
export function countText(count: number): string {
  return grouped(count, "\u202f");
}

/** A count and its noun: `1 law`, `2 000 laws`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** Ticks as a time that is read at a glance, such as `1.5 us`, `16.3 ms` or `2 s`. */
export function durationText(ticks: number, frequencyHz: number): string {
  const us = (ticks / frequencyHz) * 1e6;
  const size = Math.abs(us);
  if (size === 0) return "0 us";
  if (size < 1) return `${short(us * 1e3)} ns`;
  if (size < 1e3) return `${short(us)} us`;
  if (size < 1e6) return `${short(us / 1e3)} ms`;
  return `${short(us / 1e6)} s`;
}

/** Ticks in microseconds to a tenth, or as bare ticks where the frequency is not known. */
export function timeText(ticks: number, frequencyHz: number | undefined): string {
  if (frequencyHz === undefined) return `${ticks}`;
  return `${((ticks / frequencyHz) * 1e6).toFixed(1)} us`;
}

/** Ticks with the time that they take: `500 ticks (250 us)`. */
export function ticksText(ticks: number, frequencyHz: number): string {
  const unit = ticks === 1 ? "tick" : "ticks";
  return `${countText(ticks)} ${unit} (${durationText(ticks, frequencyHz)})`;
}

/** A frequency with its unit, such as `32 768 Hz` or `2 MHz`. */
export function frequencyText(frequencyHz: number): string {
  if (frequencyHz >= 1e6) return `${short(frequencyHz / 1e6)} MHz`;
  return frequencyHz % 1000 === 0
    ? `${countText(frequencyHz / 1e3)} kHz`
    : `${countText(frequencyHz)} Hz`;
}

/** Three significant digits, or all digits of a whole part. */
function short(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${Number(value.toFixed(decimals))}`.replace(/\d+/, (whole) => countText(Number(whole)));
}
