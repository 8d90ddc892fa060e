import { type Bug, commit, issue } from "../bug.js";
import { readUpperThenLower } from "../ports/micropython-17947.js";
import { writeMaskWhole } from "../ports/riot-93c5755.js";
import { clearAllFlags } from "../ports/riot-dea2543.js";
import { readHalvesUnmasked } from "../ports/rp2040-timehr.js";
import { moveCounter } from "../ports/zephyr-d455b97.js";

/** Bugs of ports. */
export const portBugs: readonly Bug[] = [
  {
    name: "riot-dea2543",
    title: "one flag cleared, all flags gone",
    system: "RIOT, cpu/stm32/periph/timer.c",
    happened:
      "The status register was read, changed and written back, which clears each flag that was set in between. An overflow next to a compare was lost.",
    reference: commit("RIOT-OS/RIOT", "dea25437c7"),
    where: "port",
    change: clearAllFlags,
    owner: "READ-06",
    profile: "stm32",
    c: {
      owner: "READ-19",
      note: "The match is acknowledged by writing back all flags that are set, which clears a pending wrap with it: the time falls a lap behind. Shows where the wrap falls between the reading of the time and the acknowledgement.",
    },
  },
  {
    name: "riot-93c5755",
    title: "a shared register is read, modified and written back",
    system: "RIOT, cpu/atmega_common and stm32 periph timers, the interrupt mask",
    happened:
      "The register that enables the interrupts belongs to several users and was written back whole. An interrupt that another had enabled in between was switched off.",
    reference: commit("RIOT-OS/RIOT", "93c5755649", ", 0a24d54bd5"),
    where: "port",
    change: writeMaskWhole,
    owner: "ARM-26",
    profile: "avr16",
  },
  {
    name: "zephyr-d455b97",
    title: "each programming moves the clock",
    system: "Zephyr, the SysTick driver, tests/kernel/timer/timeout_churn",
    happened:
      "The counter was written with each timeout, and the time that this took was corrected by a whole period. With timers that were set often the time ran ahead.",
    reference: commit("zephyrproject-rtos/zephyr", "d455b97cb"),
    where: "port",
    change: moveCounter,
    owner: "READ-19",
    profile: "avr16",
  },
  {
    name: "rp2040-timehr",
    title: "two halves read with interrupts enabled",
    system: "RP2040, TIMELR and TIMEHR, read by an application",
    happened:
      "Reading the low half latches the high one, and there is one latch for all contexts. An interrupt between the two reads left its own high half there.",
    reference: { label: "RP2040 datasheet, 4.6.2; pico-sdk, time_us_64" },
    where: "port",
    change: readHalvesUnmasked,
    owner: "READ-07",
    profile: "rp2040",
  },
  {
    name: "micropython-17947",
    title: "two counters read one after the other",
    system: "MicroPython, ports/stm32, ticks_us",
    happened:
      "Milliseconds counted by an interrupt and the count within one were combined without a check for an interrupt in between. Around the interrupt the time went back.",
    reference: issue("micropython/micropython", 17947),
    where: "port",
    change: readUpperThenLower,
    owner: "READ-03",
    profile: "avr16",
  },
];
