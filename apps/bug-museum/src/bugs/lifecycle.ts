import { type HalBug, issue } from "../bug.js";
import { servesStaleEntry } from "./pass-patches.js";

/** Bugs of setting up, releasing, and what a timer says of itself. */
export const lifecycleBugs: readonly HalBug[] = [
  {
    name: "micropython-19162",
    title: "init of a running timer does not stop it",
    where: "MicroPython, ports/zephyr/machine_timer.c and ports/esp32, Timer.init()",
    happened:
      "Each init() set the kernel's timer up from nothing, although it was running. The old entry stayed queued, and after 255 rounds the clock of the board was broken.",
    reference: issue("micropython/micropython", 19162, " (b3fb831906)"),
    part: "hal",
    change: [
      {
        file: "timer.ts",
        find: `    engine.withdraw(slot);
    engine.markStopped(slot);`,
        replace: "    engine.markStopped(slot);",
      },
      {
        file: "timer.ts",
        find: "word - (word & (SETTING_FLAGS | FIRED)) + settings.flags",
        replace: "word - (word & (SETTING_FLAGS | FIRED | PENDING)) + settings.flags",
      },
      servesStaleEntry,
    ],
    owner: "LIFE-01",
    profile: "avr16",
  },
  {
    name: "micropython-1113",
    title: "a soft reset leaves timers running",
    where: "MicroPython, ports/stm32, pyb.Timer at a soft reset",
    happened:
      "The soft reset gave the timers' memory back and did not stop them. They went on calling.",
    reference: issue("micropython/micropython", 1113, ", #733, #735"),
    part: "hal",
    change: [
      {
        file: "timer-hal.ts",
        find: "        engine.release(slot);",
        replace: "        engine.registry.retire(slot);",
      },
      servesStaleEntry,
    ],
    owner: "REG-10",
    profile: "avr16",
  },
  {
    name: "freertos-305",
    title: "a one-shot that was late stays active",
    where: "FreeRTOS, timers.c, prvProcessReceivedCommands",
    happened:
      "A one-shot whose time had passed before its start was processed ran its callback at once. It was still said to be active afterwards.",
    reference: issue("FreeRTOS/FreeRTOS-Kernel", 305),
    part: "hal",
    change: [
      {
        file: "timer.ts",
        find: `    engine.restore(was);
    return deadline <= now ? "late" : "armed";`,
        replace: `    engine.clock.update();
    if (state.load(LAST_SEEN) >= deadline) {
      state.store(cell + WORD, state.load(cell + WORD) + STARTED_LATE);
    }
    engine.restore(was);
    return deadline <= now ? "late" : "armed";`,
      },
      {
        file: "timer.ts",
        find: `    const word = state.load(cell + WORD);
    if ((word & FIRED) !== 0) {
      state.store(cell + WORD, word - FIRED);
    }`,
        replace: `    const word = state.load(cell + WORD);
    state.store(cell + WORD, word - (word & (FIRED | STARTED_LATE)));`,
      },
      { file: "timer.ts", find: "  SOFT_LANE,\n", replace: "  SOFT_LANE,\n  STARTED_LATE,\n" },
      {
        file: "timer.ts",
        find: "    const waits = (this.flags(was) & (PENDING | QUEUED)) !== 0;",
        replace: "    const waits = (this.flags(was) & (PENDING | QUEUED | STARTED_LATE)) !== 0;",
      },
      {
        file: "layout.ts",
        find: "/** The flags' part of a word. */",
        replace: `/** Its moment had passed before its start was through; it is taken for active. */
export const STARTED_LATE = 2048;
/** The flags' part of a word. */`,
      },
    ],
    owner: "CALL-12",
    profile: "systick24",
  },
  {
    name: "freertos-10-2-0",
    title: "active is whether it is in a list",
    where: "FreeRTOS before V10.2.0, xTimerIsTimerActive",
    happened:
      "A timer was taken for active when it was in one of the lists. While it was moved from one to the other, or its callback ran, it was in none.",
    reference: { label: "FreeRTOS History.txt, V10.2.0" },
    part: "hal",
    change: [
      {
        file: "timer.ts",
        find: "    const active = waits || this.goesOnIn(HARD_LANE) || this.goesOnIn(SOFT_LANE);",
        replace: "    const active = waits;",
      },
    ],
    owner: "CALL-15",
    profile: "avr16",
  },
];
