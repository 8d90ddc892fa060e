import { program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { patchedFirmware } from "../../../apps/bug-museum/src/patched-firmware.js";
import { exploreUno, type UnoProgram } from "../src/index.js";
import { readsAtTurn } from "./support.js";

/** An interrupt that ends a timer while the thread makes one; the registry then holds all that it should. */
const registryIsWhole: UnoProgram = {
  name: "REG-08 in small",
  program: program(({ main, timer, interrupt, sweep, variable }) => {
    const first = timer({ mode: "one-shot", period: 1_000_000 });
    const other = timer({ mode: "one-shot", period: 1_000_000 });
    const irq = interrupt();
    irq.handler.deinit(first);
    // Around the tick at which the spawn claims a slot.
    sweep({ from: 2_400, count: 4, step: 125 });
    main.interrupt(irq, variable()).spawn(other).collect();
    for (let made = 0; made < 6; made += 1) main.spawn(other);
    main.stats();
  }),
  check: ({ records }) =>
    records.flatMap((record) => {
      if (record.kind === "stats" && record.allocated !== 8) {
        return [{ message: `${record.allocated} allocated, expected 8` }];
      }
      const refused = record.kind === "call" && record.result === "capacity-exhausted";
      return refused ? [{ message: "a timer was refused before the pool was full" }] : [];
    }),
};

function imageOf(bug: string) {
  const image = patchedFirmware(bug);
  return { hex: image.hex, symbols: image };
}

describe("the search of an image with a bug", () => {
  it("REG-08: finds the list that an interrupt edits while the thread does, in the function that holds it", async () => {
    const [found] = (await exploreUno([registryIsWhole], imageOf("zephyr-18728"))).units;
    const moved = found?.findings.filter(({ schedule }) => schedule !== "u1:") ?? [];
    expect(moved.length).toBeGreaterThan(0);
    // The compiler puts allocate() into the function that calls it.
    expect(moved.map(({ place }) => place?.function)).toContain("esc_timer_init");
    expect(moved.map(({ place }) => place?.source).join(" ")).toContain("hal/esc_registry.c:");
    const [clean] = (await exploreUno([registryIsWhole])).units;
    expect(clean?.findings).toEqual([]);
  });

  it("READ-04: finds the unmasked read of high word and counter", async () => {
    const [found] = (await exploreUno([readsAtTurn()], imageOf("ganssle-high-word"))).units;
    const places = found?.findings.flatMap(({ place }) => place?.function ?? []) ?? [];
    expect(places).toContain("esc_now");
  });
});
