/** The ways in which MicroPython's own test sets a period. */
export const countSettings = ["freq=50", "freq=25", "period=20", "period=40"] as const;

type CountSetting = (typeof countSettings)[number];

/** Sleeps between two looks at the count, as MicroPython's own test has them; 10 ms off any expiry. */
const sleepsMs = [0, 10, 20, 40, 20, 100];

/** Counts callbacks after sleeps, once for a one-shot and once for a periodic timer. */
export function countsScript(setting: CountSetting, hard: boolean): string {
  return `
from machine import Timer
import time
for mode in (Timer.ONE_SHOT, Timer.PERIODIC):
    n = 0
    def cb(t):
        global n
        n += 1
    t = Timer(-1)
    t.init(mode=mode, ${setting}, callback=cb, hard=${hard ? "True" : "False"})
    counts = []
    for ms in (${sleepsMs.slice(0, -1).join(", ")}):
        time.sleep_ms(ms)
        counts.append(n)
    t.deinit()
    time.sleep_ms(${sleepsMs.at(-1)})
    counts.append(n)
    print(counts)
`;
}

/** What {@link countsScript} prints where the timers are right. */
export function countsWanted(setting: CountSetting): string {
  const periodMs = /50|=20/.test(setting) ? 20 : 40;
  const after = [0, 10, 30, 70, 90, 90].map((ms) => Math.floor(ms / periodMs));
  const once = after.map((count) => Math.min(1, count));
  return [once, after].map((counts) => `[${counts.join(", ")}]`).join("\n");
}
