/** Ticks as a time that a person reads at a glance, such as `1.5 us`, `16.3 ms` or `2 s`. */
export function durationText(ticks: number, frequencyHz: number): string {
  const us = (ticks / frequencyHz) * 1e6;
  const size = Math.abs(us);
  if (size === 0) return "0 us";
  if (size < 1) return `${short(us * 1e3)} ns`;
  if (size < 1e3) return `${short(us)} us`;
  if (size < 1e6) return `${short(us / 1e3)} ms`;
  return `${short(us / 1e6)} s`;
}

/** Whole numbers in groups of three, `12 345`, with a space that does not break. */
export function countText(count: number): string {
  return `${count}`.replace(/(?<=\d)(?=(\d{3})+$)/g, "\u202f");
}

/** A frequency with its unit, such as `32 768 Hz` or `2 MHz`. */
export function frequencyText(frequencyHz: number): string {
  if (frequencyHz >= 1e6) return `${short(frequencyHz / 1e6)} MHz`;
  return frequencyHz % 1000 === 0
    ? `${countText(frequencyHz / 1e3)} kHz`
    : `${countText(frequencyHz)} Hz`;
}

/** Three digits that count, or all digits of a whole part. */
function short(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${Number(value.toFixed(decimals))}`.replace(/\d+/, (whole) => countText(Number(whole)));
}
