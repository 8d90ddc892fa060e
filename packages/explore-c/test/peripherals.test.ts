import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Device, type DeviceModel, loadDevice, prepareProgram } from "@escapement/board-c";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayRace, searchRaces, setUp } from "../src/index.js";
import { compiledText, tools } from "./compiled.js";
import { shownFinding } from "./expectation.js";

const address = 0x4000_1000;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "escapement-peripheral-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A receiver: a load of its second register takes a byte, its first one says whether one waits; a store adds some. */
const receiverInC = `#include "esc_device.h"
static uint32_t waiting = 2, next = 'a';
uint32_t esc_device_bytes(void) { return 8; }
uint32_t esc_device_read(uint32_t offset, uint32_t size) {
  if (offset == 0 || waiting == 0) return offset == 0 ? waiting > 0 : 0;
  waiting -= 1;
  return next++;
}
void esc_device_write(uint32_t offset, uint32_t value, uint32_t size) { waiting += value; }
`;

/** The same in JavaScript. */
function receiver(): DeviceModel {
  let [waiting, next] = [2, 97];
  return {
    bytes: 8,
    read: (offset) => {
      if (offset === 0 || waiting === 0) return offset === 0 && waiting > 0 ? 1 : 0;
      waiting -= 1;
      return next++;
    },
    write: (_, value) => {
      waiting += value;
    },
  };
}

const registers = `#include <assert.h>
#define STATUS (*(volatile unsigned *)0x40001000)
#define DATA (*(volatile unsigned *)0x40001004)
void enable_isr(int number);
`;

/** The interrupt may take the bytes between the look at the status and the load of the data. */
const racy = `${registers}static volatile unsigned last;
void uart_isr_1(void) { if (STATUS & 1) last = DATA; }
int main(void) {
  enable_isr(1);
  if (STATUS & 1) assert(DATA != 0);
  return 0;
}
`;

const masked = racy
  .replace("if (STATUS & 1) assert", "disable_isr(1); if (STATUS & 1) assert")
  .replace("void enable_isr", "void disable_isr(int number);\nvoid enable_isr");

async function inC(text: string): Promise<readonly Device[]> {
  const model = join(folder, "model.c");
  writeFileSync(model, text);
  return [await loadDevice({ address, model }, tools, { isReused: true })];
}

async function setupOf(text: string, peripherals: readonly Device[], options = {}) {
  const program = prepareProgram(await compiledText(text), { wordBytes: 0 });
  return setUp(program, { peripherals, ...options });
}

async function found(text: string, peripherals: readonly Device[]) {
  const setup = await setupOf(text, peripherals);
  const result = await searchRaces(setup);
  expect(result.cut).toBeUndefined();
  return { setup, ...result };
}

describe("registers with a model", () => {
  it.each([
    ["in C", () => inC(receiverInC)],
    ["in JavaScript", async () => [{ address, model: receiver }]],
  ])("%s change with each load: what an interrupt takes is gone", async (_, devices) => {
    const { setup, findings } = await found(racy, await devices());
    expect(findings.map(shownFinding)).toEqual(["assertion 9"]);
    const [finding] = findings;
    const replay = replayRace(setup, finding?.schedule ?? "");
    expect(replay.findings.map(shownFinding)).toEqual(["assertion 9"]);
    const shown = replay.steps.map(({ variable, value }) => [variable, value]);
    expect(shown).toContainEqual(["register 0x40001004", 98]);
    expect((await found(masked, await devices())).findings).toEqual([]);
  });

  it("get what is stored there, at every width", async () => {
    const stored: number[][] = [];
    const model = (): DeviceModel => ({
      bytes: 16,
      read: () => 0,
      write: (offset, value, size) => void stored.push([offset, value, size]),
    });
    const text = `#include <stdint.h>
void none_isr_1(void) {}
int main(void) {
  *(volatile uint8_t *)0x40001001 = 0x1f2; *(volatile uint16_t *)0x40001002 = 0x1fff2;
  *(volatile uint32_t *)0x40001004 = 0xfffffff2; *(volatile uint64_t *)0x40001008 = 0x100000002;
  return 0;
}
`;
    await found(text, [{ address, model }]);
    expect(stored.slice(0, 4)).toEqual([
      [1, 0xf2, 1],
      [2, 0xfff2, 2],
      [4, 0xfffffff2, 4],
      [8, 2, 8],
    ]);
  });

  it("start over with each run, and none is left out whose model is in another state", async () => {
    const text = `${registers}static volatile unsigned sum;
void uart_isr_1(void) { sum += DATA; }
int main(void) {
  enable_isr(1);
  unsigned first = DATA, second = DATA;
  if (first == 'b' && second == 0) sum += 1;
  assert(!(first == 0 && second == 0)); // two bytes went to the interrupt
  assert(!(first == 'a' && second == 0));
  return 0;
}
`;
    const { findings } = await found(text, [{ address, model: receiver }]);
    const assertions = findings.filter(({ kind }) => kind === "assertion");
    expect(assertions.map(shownFinding)).toEqual(["assertion 11", "assertion 12"].reverse());
  });

  it("end a wait that the model ends, however long that takes, and accuse no other", async () => {
    const waits = `${registers}static volatile int done;
void uart_isr_1(void) { done = 1; }
int main(void) { enable_isr(1); while (STATUS < 9000) {} assert(done < 2); return 0; }
`;
    const counter = (): DeviceModel => {
      let count = 0;
      return { bytes: 8, read: () => count++, write: () => {} };
    };
    const first = await found(waits, [{ address, model: counter }]);
    expect([first.findings, first.coverage.waiting]).toEqual([[], 0]);
    const still = (): DeviceModel => ({ bytes: 8, read: () => 0, write: () => {} });
    const other = await found(waits, [{ address, model: still }]);
    expect(other.findings).toEqual([]);
    expect(other.coverage.waiting).toBeGreaterThan(0);
  });

  it("do not hide a loop that waits for nobody", async () => {
    const text = `${registers}static volatile int never;
void uart_isr_1(void) { DATA = 1; }
int main(void) { enable_isr(1); unsigned now = STATUS; while (!never) {} return now; }
`;
    const { findings } = await found(text, [{ address, model: receiver }]);
    expect(findings.map(({ kind }) => kind)).toEqual(["hang"]);
  });

  it("are over a chip, whose counter goes on with each access", async () => {
    const text = `${registers}void tick_isr_1(void) {}
int main(void) { unsigned first = STATUS; unsigned second = STATUS; assert(second == first); return 0; }
`;
    const model = (chip: { readonly counter: number }): DeviceModel => ({
      bytes: 8,
      read: () => chip.counter,
      write: () => {},
    });
    const { findings } = await found(text, [{ address, model }]);
    expect(findings.map(({ kind }) => kind)).toEqual(["assertion"]);
  });

  it("have as many bytes as was said", async () => {
    const [device] = [{ address, length: 4, model: receiver }];
    const { findings } = await found(racy, [device]);
    expect(findings.map(shownFinding)).toEqual(["assertion 9"]);
    const { coverage } = await found(racy.replace("assert(DATA != 0)", "last = 0"), [device]);
    expect(coverage.shared).toContain("last");
  });
});

describe("a model that is no good is no fault of the program", () => {
  const throwing = (): DeviceModel => ({
    bytes: 8,
    read: () => {
      throw new RangeError("Maximum call stack size exceeded");
    },
    write: () => {},
  });

  it.each([
    ["throws", racy, { address, model: throwing }, {}, "cannot-run", "Maximum call stack"],
    [
      "is asked by a predicate",
      `${racy}int requested(void) { return STATUS & 1; }\n`,
      { address, model: receiver },
      { handlers: [{ name: "uart_isr_1", number: 1, priority: 1, predicate: "requested" }] },
      "invalid-argument",
      "0x40001000",
    ],
  ])("one that %s", async (_, text, device, options, code, said) => {
    const search = searchRaces(await setupOf(text, [device], options));
    await expect(search).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
  });

  it("in C, with the line of the model", async () => {
    const broken = receiverInC.replace("waiting -= 1", "*(volatile int *)0x7fffff00 = 1");
    const search = searchRaces(await setupOf(racy, await inC(broken)));
    await expect(search).rejects.toMatchObject({
      code: "board-fault",
      message: expect.stringMatching(/0x7fffff00 is written.*model\.c:6/),
    });
  });

  it("a program that does not say what it stores is refused", async () => {
    const program = prepareProgram(await compiledText(racy), { wordBytes: 4 });
    const peripherals = [{ address, model: receiver }];
    expect(() => setUp(program, { peripherals })).toThrow(/what it stores/);
  });
});

describe("a predicate", () => {
  it("may look at registers and inputs: that is nobody's access, and no input of the run", async () => {
    const text = `#define FLAG (*(volatile unsigned *)0x40002000)
int level(void);
static volatile int count;
void tick_isr_1(void) { FLAG = 0; count++; }
int requested(void) { return FLAG != 0 && level() == 0; }
int main(void) {
  FLAG = 1;
  count++;
  return count;
}
`;
    const program = prepareProgram(await compiledText(text));
    const handlers = [{ name: "tick_isr_1", number: -2, priority: 1, predicate: "requested" }];
    const setup = setUp(program, { handlers });
    const { findings } = await searchRaces(setup);
    expect(findings.map(shownFinding).sort()).toEqual(["RWW count 8 4 8", "WWR count 8 4 9"]);
    for (const finding of findings) {
      const replay = replayRace(setup, finding.schedule);
      expect(replay.findings.map(shownFinding)).toContain(shownFinding(finding));
    }
  });
});
