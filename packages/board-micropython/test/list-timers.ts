import type { VirtualChip } from "../src/vm/virtual-chip.js";
import type { VirtualArming, VirtualTimers } from "../src/vm/virtual-timers.js";

/** What the timers of a port are, and their defects, each by itself; without those this is sound. */
interface ListOptions {
  /** When a timer is due that is started at that time; a microsecond and the period later when absent. */
  readonly dueUs?: (nowUs: number, periodUs: number) => number;
  /** The interrupt works on a copy of the list, and what its callbacks do to the list is lost (D4). */
  readonly copiesList?: boolean;
  /** Of two stops under one mask, or in one callback in the interrupt, the second loses a place for ever (D1). */
  readonly losesPlaces?: boolean;
  /** A scheduled callback that waits runs after its timer was stopped (D5). */
  readonly keepsQueued?: boolean;
}

/** As many as can be armed at once, as in the alarm pool of some port. */
const places = 16;

interface Entry {
  readonly timer: number;
  readonly arming: VirtualArming;
  dueUs: number;
}

/** machine.Timer on a list in order of deadlines, as ports without an alarm pool have it. */
export function listTimers(options: ListOptions = {}): (chip: VirtualChip) => VirtualTimers {
  // As in a pool outside Python, which a restart of Python leaves as it is.
  let lost = 0;
  return (chip) => {
    const { port } = chip;
    let list: readonly Entry[] = [];
    let queue: Entry[] = [];
    let made = 0;
    const { dueUs = (nowUs, periodUs) => nowUs + 1 + periodUs } = options;
    const without = (some: readonly Entry[], timer: number): readonly Entry[] =>
      some.filter((each) => each.timer !== timer);
    const within = (some: readonly Entry[], entry: Entry): readonly Entry[] =>
      [...some, entry].sort((one, two) => one.dueUs - two.dueUs);
    const program = (): void => {
      const next = list[0];
      port.enableCompare(next !== undefined);
      if (next !== undefined) port.setCompare(Math.max(next.dueUs, chip.nowUs + 1));
    };
    let stoppedTogether = 0;
    const loseAPlace = (timer: number): void => {
      const state = port.saveAndMask();
      port.restore(state);
      const isAlone = state === 0 && !port.inInterrupt();
      stoppedTogether = isAlone ? 0 : stoppedTogether + 1;
      if (stoppedTogether > 1 && list.some((each) => each.timer === timer)) lost += 1;
    };
    const stop = (timer: number): void => {
      if (options.losesPlaces === true) loseAPlace(timer);
      list = without(list, timer);
      if (options.keepsQueued !== true) queue = queue.filter((each) => each.timer !== timer);
      program();
    };
    const expire = (entry: Entry): void => {
      if (!entry.arming.isHard) queue.push(entry);
      else if (entry.arming.callback()) stop(entry.timer);
    };
    const serveCopy = (): void => {
      let copy = list;
      // A period shorter than its handler keeps such a board for ever; this one comes back.
      for (let left = 50; left > 0; left -= 1) {
        const [first, ...rest] = copy;
        if (first === undefined || first.dueUs > chip.nowUs) break;
        copy = rest;
        expire(first);
        if (first.arming.isOneShot) continue;
        copy = within(copy, { ...first, dueUs: first.dueUs + first.arming.periodUs });
      }
      list = copy;
    };
    const serve = (): void => {
      // Each arming at most once in a pass, so that a short period leaves the thread its turns.
      const due = list.filter(({ dueUs }) => dueUs <= chip.nowUs);
      for (const entry of due) {
        if (!list.includes(entry)) continue;
        list = without(list, entry.timer);
        const { isOneShot, periodUs } = entry.arming;
        if (!isOneShot) list = within(list, { ...entry, dueUs: entry.dueUs + periodUs });
        expire(entry);
      }
    };
    chip.handlers = {
      onInterrupt() {
        port.acknowledgeCompare();
        stoppedTogether = 0;
        if (options.copiesList === true) serveCopy();
        else serve();
        program();
      },
      service() {
        const waiting = queue.length;
        let ran = 0;
        while (ran < waiting) {
          const entry = queue.shift();
          if (entry === undefined) break;
          ran += 1;
          entry.arming.callback();
        }
        return ran;
      },
    };
    return {
      make() {
        made += 1;
        return made - 1;
      },
      arm(timer, arming) {
        stop(timer);
        if (list.length + lost >= places) return "capacity-exhausted";
        list = within(list, { timer, arming, dueUs: dueUs(chip.nowUs, arming.periodUs) });
        program();
        return undefined;
      },
      stop,
      remainingUs(timer) {
        const entry = list.find((each) => each.timer === timer);
        return entry === undefined ? 0 : Math.max(0, entry.dueUs - chip.nowUs);
      },
    };
  };
}
