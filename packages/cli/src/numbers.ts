/** Seconds as a person says them. */
export function timeText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** How long something took, as the end of a phrase; empty for 0, as a report without times has it. */
export function tookText(seconds: number): string {
  return seconds === 0 ? "" : ` in ${timeText(seconds)}`;
}
