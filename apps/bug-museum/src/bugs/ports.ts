import { FLAG_COMPARE, FLAG_OVERFLOW, SimEvent } from "@escapement/board-sim";
import { type BugStory, commit, issue } from "../bug.js";

/** Bugs of ports and of simulated hardware. */
export const portBugs: readonly BugStory[] = [
  {
    name: "riot-dea2543",
    title: "one flag cleared, all flags gone",
    where: "RIOT, cpu/stm32/periph/timer.c",
    happened:
      "The status register was read, changed and written back, which clears each flag that came up in between. An overflow next to a compare was lost.",
    reference: commit("RIOT-OS/RIOT", "dea25437c7"),
    part: "port",
    change: {
      breakPort: (port, chip) => ({
        ...port,
        acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE | FLAG_OVERFLOW),
      }),
    },
    owner: "READ-06",
    profile: "stm32",
    firmware: "riot-dea2543",
  },
  {
    name: "riot-93c5755",
    title: "a shared register changed by read, modify, write",
    where: "RIOT, cpu/atmega_common and stm32 periph timers, the interrupt mask",
    happened:
      "The register that enables the interrupts belongs to several users and was written back whole. What another had enabled in between was switched off.",
    reference: commit("RIOT-OS/RIOT", "93c5755649", ", 0a24d54bd5"),
    part: "port",
    change: {
      breakPort: (port, chip) => ({
        ...port,
        enableCompare: (on) => {
          // Written whole, as this driver last knew it: without the overflow's bit.
          chip.disable(FLAG_COMPARE | FLAG_OVERFLOW);
          if (on) chip.enable(FLAG_COMPARE);
        },
      }),
    },
    owner: "ARM-26",
    profile: "avr16",
  },
  {
    name: "zephyr-d455b97",
    title: "each reprogramming moves the clock",
    where: "Zephyr, the SysTick driver, held by tests/kernel/timer/timeout_churn",
    happened:
      "The counter was written anew with each timeout, and what that cost was made good by a whole period. Timers that were set often made the time run ahead.",
    reference: commit("zephyrproject-rtos/zephyr", "d455b97cb"),
    part: "port",
    change: {
      breakPort: (port, chip) => ({
        ...port,
        setCompare: (ticks) => {
          chip.counter = (chip.counter + 16) % 2 ** port.counterBits;
          port.setCompare(ticks);
        },
      }),
    },
    owner: "READ-19",
    profile: "avr16",
  },
  {
    name: "rp2040-timehr",
    title: "two halves read without exclusion",
    where: "RP2040, TIMELR and TIMEHR, read by an application of its own",
    happened:
      "Reading the low half latches the high one, and there is one latch for all contexts. An interrupt between the two reads left another's high half there.",
    reference: { label: "RP2040 datasheet, 4.6.2; pico-sdk, time_us_64" },
    part: "port",
    change: {
      breakPort: (port, chip) => ({
        ...port,
        readCounter: () => {
          const high = chip.counterHigh;
          return high * 2 ** 32 + chip.counterLow;
        },
      }),
    },
    owner: "READ-07",
    profile: "rp2040",
  },
  {
    name: "micropython-17947",
    title: "two counters read one after the other",
    where: "MicroPython, ports/stm32, ticks_us",
    happened:
      "Milliseconds counted by an interrupt and the count within one were put together without a look at what came between. Around the interrupt the time went back.",
    reference: issue("micropython/micropython", 17947),
    part: "port",
    change: {
      breakPort: (port, chip) => {
        const half = 2 ** (port.counterBits / 2);
        return {
          ...port,
          readCounter: () => {
            const upper = Math.floor(chip.counter / half);
            return upper * half + (chip.counter % half);
          },
        };
      },
    },
    owner: "READ-03",
    profile: "avr16",
  },
  {
    name: "avr8js-80",
    title: "overflows after the first few are swallowed",
    where: "avr8js, a first fixing of doubled TOV flags",
    happened:
      "To keep the overflow flag from being set twice it was set only where the count had been seen below it. delay(500) printed 4 instead of 499.",
    reference: issue("wokwi/avr8js", 80, ", #81"),
    part: "board",
    change: {
      breakChip: (chip) => {
        const { hardware } = chip;
        let seen = 0;
        let flags = 0;
        Object.defineProperty(hardware, "flags", {
          get: () => flags,
          set: (value: number) => {
            const isWrap = (value & ~flags & FLAG_OVERFLOW) !== 0;
            seen += isWrap ? 1 : 0;
            flags = isWrap && seen > 4 ? value & ~FLAG_OVERFLOW : value;
          },
        });
      },
    },
    owner: "READ-10",
    profile: "avr16",
  },
  {
    name: "avr8js-137",
    title: "a lap one tick short",
    where: "avr8js, src/peripherals/timer.ts, counters with a TOP",
    happened:
      "The counter went from TOP − 1 to 0, so that each lap was a tick too short. A period built on laps drifted by one tick in each.",
    reference: issue("wokwi/avr8js", 137),
    part: "board",
    change: {
      breakChip: ({ clock, hardware, shape }) => {
        const top = 2 ** shape.counterBits - 1;
        const shorten = new SimEvent(() => {
          if (hardware.raw() < top) hardware.preset(hardware.raw() + 1);
          clock.schedule(shorten, clock.now + (top + 1) * shape.cyclesPerTick);
        });
        clock.schedule(shorten, hardware.wrapCycle + shape.cyclesPerTick);
      },
    },
    owner: "READ-10",
    profile: "avr16",
  },
];
