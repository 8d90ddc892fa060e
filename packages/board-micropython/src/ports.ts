import type { StatedSemantics } from "@escapement/scenario";

/**
 * What is known of a port of MicroPython before it is asked: how late its callbacks may come, and what
 * it does otherwise than the contract on purpose, each with its source.
 *
 * Lateness is taken from here and is never measured: a board that is late by a defect would state the
 * defect as its own figure.
 */
export interface PortFacts {
  /** As `sys.platform` has it. */
  readonly platform: string;
  /** For people. */
  readonly title: string;
  /** Microseconds in one tick of its timers: 1 or 1 000. */
  readonly granularityUs: number;
  /** How late a hard callback may come, in microseconds. */
  readonly hardLateUs: number;
  /** How late a scheduled callback may come while the thread sleeps, in microseconds. */
  readonly softLateUs: number;
  /** The most that one operation of a program takes, in microseconds. */
  readonly opUs: number;
  /** Its differences from the contract, but for those that every port has. */
  readonly semantics: StatedSemantics;
}

/** What every port does otherwise than the contract. */
export const commonSemantics: StatedSemantics = {
  stopResult: {
    is: "nothing",
    source: "MicroPython docs, library/machine.Timer: deinit() returns nothing",
  },
};

const burst: StatedSemantics = {
  missedPeriods: {
    is: "burst",
    source: "next = previous due + period: ports/rp2/machine_timer.c, shared/runtime/softtimer.c",
  },
};

const hardThrow: StatedSemantics = {
  callbackThrows: {
    is: "stops-timer",
    source:
      "shared/runtime/mpirq.c: Uncaught exception in IRQ callback handler, the timer is disabled",
  },
};

const softTimer = (platform: string, title: string): PortFacts => ({
  platform,
  title,
  granularityUs: 1_000,
  hardLateUs: 2_000,
  softLateUs: 3_000,
  opUs: 1_000,
  semantics: {
    ...burst,
    ...hardThrow,
    partialTick: {
      is: "given-away",
      source: "extmod/machine_timer.c: soft_timer_insert at mp_hal_ticks_ms() + period",
    },
    granularityTicks: { is: 1_000, source: "extmod/machine_timer.c: periods in milliseconds" },
    equalDeadlines: { is: "any", source: "shared/runtime/softtimer.c: a pairing heap by expiry" },
  },
});

/** The ports with a machine.Timer that can be set to a callback, by `sys.platform`. */
export const ports: readonly PortFacts[] = [
  {
    platform: "rp2",
    title: "Raspberry Pi Pico and other RP2 boards",
    granularityUs: 1,
    hardLateUs: 150,
    softLateUs: 250,
    opUs: 300,
    semantics: {
      ...burst,
      ...hardThrow,
      partialTick: {
        is: "given-away",
        source: "ports/rp2/machine_timer.c: alarm_pool_add_alarm_in_us(period)",
      },
      equalDeadlines: { is: "any", source: "pico-sdk, pico_time: an alarm pool ordered by target" },
    },
  },
  softTimer("pyboard", "STM32 boards"),
  softTimer("samd", "Microchip SAMD boards"),
  softTimer("mimxrt", "NXP i.MX RT boards"),
  softTimer("renesas-ra", "Renesas RA boards"),
  softTimer("alif", "Alif Ensemble boards"),
  {
    platform: "zephyr",
    title: "Zephyr boards",
    granularityUs: 1_000,
    hardLateUs: 2_000,
    softLateUs: 3_000,
    opUs: 1_000,
    semantics: {
      ...burst,
      ...hardThrow,
      granularityTicks: { is: 1_000, source: "ports/zephyr/machine_timer.c: K_MSEC(period)" },
    },
  },
  {
    platform: "esp32",
    title: "ESP32 boards",
    granularityUs: 1,
    hardLateUs: 1_000,
    softLateUs: 2_000,
    opUs: 1_000,
    semantics: {
      partialTick: {
        is: "given-away",
        source: "ports/esp32/machine_timer.c: esp_timer_start_once(period)",
      },
      missedPeriods: {
        is: "skip",
        source: "ports/esp32/machine_timer.c: skip_unhandled_events = true",
      },
      equalDeadlines: { is: "any", source: "ESP-IDF, esp_timer: no order is documented" },
    },
  },
  {
    platform: "esp8266",
    title: "ESP8266 boards",
    granularityUs: 1_000,
    hardLateUs: 2_000,
    softLateUs: 5_000,
    opUs: 2_000,
    semantics: {
      ...burst,
      ...hardThrow,
      granularityTicks: { is: 1_000, source: "MicroPython docs, esp8266: timers of milliseconds" },
      equalDeadlines: { is: "any", source: "ESP8266 SDK, os_timer: no order is documented" },
    },
  },
  {
    platform: "webassembly",
    title: "MicroPython in WebAssembly with machine.Timer on @escapement/core",
    granularityUs: 1,
    hardLateUs: 60,
    softLateUs: 60,
    opUs: 60,
    semantics: {
      ...hardThrow,
      missedPeriods: {
        is: "burst",
        source: "@escapement/board-micropython, src/vm/virtual-timers.ts",
      },
    },
  },
];

/** A port that is not in the table is taken for one with timers of milliseconds. */
const unknownPort = softTimer("", "another port");

/** What is known of a port. */
export function portOf(platform: string): PortFacts {
  return ports.find((port) => port.platform === platform) ?? unknownPort;
}
