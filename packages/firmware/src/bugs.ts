import { FirmwareError } from "./firmware-error.js";

/** How a law comes to see a bug. */
export type FirmwareBugSight =
  /** Its plain run on a board just started does. */
  | "run"
  /** Only where an event of the timer falls inside an operation; the note tells where. */
  | "placement";

/** An image with one bug that a timer system really had. */
export interface FirmwareBug {
  /** What it is called everywhere: the system and its commit, issue or release, in kebab case. */
  readonly name: string;
  /** The constant of `c/src/esc_bugs.h` that the image is compiled with, as in `-DESC_BUG=ESC_BUG_PICO_1953`. */
  readonly define: string;
  /** The source that holds it, under `c/`. */
  readonly file: string;
  /** The C function that holds it; where it takes more than one, that which does the harm. */
  readonly function: string;
  /** Id of the law that owns it: it fails on this image. Others may fail too. */
  readonly owner: string;
  /** How the owner comes to see it. */
  readonly sight: FirmwareBugSight;
  /** What is wrong, and what shows it, in a sentence or two. */
  readonly note: string;
}

const dispatch = "src/esc_dispatch.c";
const hal = "src/esc_hal.c";
const queue = "src/esc_queue.c";
const registry = "src/esc_registry.c";

function bug(
  name: string,
  [file, inFunction]: readonly [file: string, inFunction: string],
  owner: string,
  note: string,
  sight: FirmwareBugSight = "run",
): FirmwareBug {
  const define = `ESC_BUG_${name.toUpperCase().replaceAll("-", "_")}`;
  return { name, define, file, function: inFunction, owner, sight, note };
}

/**
 * The images with a bug, in the order of `c/src/esc_bugs.h`. Each is the shipped image but for the
 * smallest change that brings the bug back; `unoImage({ bug: name })` reads one.
 *
 * @example
 * ```ts
 * import { bugImages } from "@escapement/firmware";
 *
 * for (const { name, owner, note } of bugImages) console.log(`${name}: ${owner}. ${note}`);
 * ```
 */
export const bugImages: readonly FirmwareBug[] = [
  bug(
    "ganssle-high-word",
    [hal, "esc_now"],
    "READ-01",
    "The count of laps is read, then the counter, with nothing masked and nothing read again: a wrap in between makes a time that is a lap off.",
  ),
  bug(
    "ganssle-mask-only",
    [hal, "esc_now"],
    "READ-02",
    "Interrupts are masked, but a wrap that the mask holds back is not counted.",
  ),
  bug(
    "samd-ed86fdb",
    [hal, "esc_now"],
    "READ-05",
    "The count of laps is read before the mask, and the exit enables interrupts whatever state it found.",
  ),
  bug(
    "arduino-232",
    [hal, "esc_now"],
    "READ-11",
    "A pending wrap is counted only while the counter is at 0.",
  ),
  bug(
    "riot-dea2543",
    ["ports/atmega328p/esc_port_atmega328p.h", "esc_port_acknowledge_compare"],
    "READ-19",
    "The match is acknowledged by writing back all flags that are set, which clears a pending wrap with it: the time falls a lap behind. Shows where the wrap falls between the reading of the time and the acknowledgement.",
    "placement",
  ),
  bug(
    "riot-18976",
    [queue, "esc_aim"],
    "ARM-25",
    "Stopping the last timer holds the interrupt and leaves its flag; the next arming does not clear it either, and the interrupt believes it.",
  ),
  bug(
    "pico-1953",
    [queue, "esc_aim"],
    "ARM-16",
    "The counter is not read again after the compare was written: one written too late matches a lap later.",
  ),
  bug(
    "tock-d6e46d7",
    [queue, "esc_aim"],
    "ARM-17",
    "The compare is written for the next tick, which the counter has passed by the time it is there.",
  ),
  bug(
    "embassy-b857334",
    [hal, "arm"],
    "ARM-06",
    "A moment that has passed is told to the caller, and the compare is not set: the handler waits for whatever interrupt comes next.",
  ),
  bug(
    "embassy-3758",
    [dispatch, "esc_on_compare"],
    "ARM-27",
    "The flag is cleared at the end of the interrupt: a match of the compare that was just set goes with it.",
  ),
  bug(
    "rtic-1-1-0",
    [hal, "arm"],
    "ARM-12",
    "A timer that becomes the earliest does not set the compare; it waits for the one that was.",
  ),
  bug(
    "nuttx-de0aead",
    [hal, "esc_start_at"],
    "ARM-22",
    "A delay is checked against what its type holds, not against the longest that leaves room for a sum.",
  ),
  bug("tock-d63f977", [hal, "esc_start_at"], "ARM-05", "The reference is added twice."),
  bug(
    "pico-1552",
    [hal, "esc_start_at"],
    "ARM-07",
    "A moment that is refused as missed leaves the compare switched off: the timers that wait do not come.",
  ),
  bug(
    "pico-1555",
    [hal, "arm"],
    "ARM-20",
    "A moment that has passed runs the handler inside the call that armed it.",
  ),
  bug(
    "zephyr-timer-schedule",
    [hal, "esc_start"],
    "PER-19",
    "Time that passed but was not yet announced is charged to the delay. Shows where the wrap falls between the mask and the start.",
    "placement",
  ),
  bug(
    "rp2040js-lifo",
    [queue, "esc_insert"],
    "ARM-14",
    "A timer is put before those of the same deadline.",
  ),
  bug(
    "nuttx-50f801d",
    [dispatch, "esc_on_compare"],
    "STOP-12",
    "The next timer is noted before a handler runs, and run after it, though the handler may have stopped it.",
  ),
  bug(
    "tock-536efff",
    [dispatch, "esc_on_compare"],
    "ARM-18",
    "One reading of the clock serves the whole pass, and a timer armed after that reading is taken for long expired.",
  ),
  bug(
    "freebsd-d29093",
    [dispatch, "advance"],
    "PER-10",
    "Missed periods are counted one by one in the interrupt.",
  ),
  bug(
    "pico-positive-delay",
    [dispatch, "advance"],
    "PER-02",
    "The next period is counted from when the interrupt noticed the last one, so that lateness adds up.",
  ),
  bug(
    "micropython-soft-timer",
    [dispatch, "enter_hard"],
    "STOP-04",
    "The interrupt holds a copy of the queue's head and stores it back after a handler: a stop or a start that the handler made is lost.",
  ),
  bug(
    "micropython-mpirq",
    [dispatch, "queue_soft"],
    "CALL-04",
    "Soft callbacks beyond the fourth are dropped, and nothing tells.",
  ),
  bug(
    "zephyr-18728",
    [registry, "allocate"],
    "REG-08",
    "An interrupt puts the slot of a released timer on the list of free ones while the thread takes one off it, unmasked. Shows where the second interrupt falls between the reading of the list's head and its writing.",
    "placement",
  ),
  bug(
    "zephyr-18733",
    [registry, "esc_let_go"],
    "REG-01",
    "A one-shot that fired is never taken out of the registry: the remedy for zephyr-18728 that was rejected.",
  ),
  bug(
    "tock-one-shot-count",
    [dispatch, "esc_take"],
    "REG-02",
    "A one-shot that fired stays in the count of pending timers.",
  ),
  bug(
    "escapement-pending-wrap",
    ["src/esc_time.h", "esc_time_masked"],
    "READ-21",
    "A step of the HAL reads past a pending wrap and leaves its count to the overflow's interrupt, which gets no turn while handlers follow each other without a gap: whole laps are lost.",
  ),
  bug(
    "escapement-overdue-first",
    [queue, "esc_insert"],
    "ARM-31",
    "Timers are served by deadline, however long that has passed: one that is always due is always first, and its siblings never come.",
  ),
];

/**
 * The entry of a bug.
 *
 * @throws FirmwareError `unknown-bug`; its hint lists the names.
 */
export function findFirmwareBug(name: string): FirmwareBug {
  const found = bugImages.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new FirmwareError(
    "unknown-bug",
    `there is no firmware image with a bug called "${name}"`,
    `The images are: ${bugImages.map((each) => each.name).join(", ")}.`,
  );
}
