import { describe, expect, it } from "vitest";
import {
  BoardError,
  type Op,
  type Program,
  type TimerSpec,
  validateProgram,
} from "../src/index.js";

const timer: TimerSpec = {
  mode: "periodic",
  period: 10,
  dispatch: "hard",
  overrun: "coalesce",
  late: "fire",
  quiet: false,
  handler: [],
};
const empty: Program = { timers: [timer], interrupts: [[]], main: [] };
const sleep: Op = { op: "sleep", ticks: 1 };
/** What JavaScript can pass although the types forbid it. */
const odd = (value: unknown) => value as never;

const inMain = (...main: Op[]): Program => ({ ...empty, main });
const inHandler = (...handler: Op[]): Program => ({ ...empty, timers: [{ ...timer, handler }] });
const inInterrupt = (...list: Op[]): Program => ({ ...empty, interrupts: [list] });
const withTimer = (change: object): Program => ({ ...empty, timers: [{ ...timer, ...change }] });
const variable = (offset: number) => ({ variable: true, offset }) as const;
const max = Number.MAX_SAFE_INTEGER;

const refused: readonly (readonly [string, Program])[] = [
  ["main[1].sleep.ticks is -1", inMain(sleep, { op: "sleep", ticks: -1 })],
  ["main[0].sleep.ticks is 1.5", inMain({ op: "sleep", ticks: 1.5 })],
  ["main[0].sleep.ticks is NaN", inMain({ op: "sleep", ticks: Number.NaN })],
  ['main[0].spin.ticks is "7"', inMain({ op: "spin", ticks: odd("7") })],
  ["main[0].spin.ticks is undefined", inMain(odd({ op: "spin" }))],
  ["main[0].spin.ticks is null", inMain(odd({ op: "spin", ticks: null }))],
  ["main[0].spin.ticks is 9007199254740992", inMain({ op: "spin", ticks: 2 ** 53 })],
  ["main[0].spin.ticks is an object", inMain({ op: "spin", ticks: odd({ offset: 1 }) })],
  ["main[0].spin.ticks.offset is -2", inMain({ op: "spin", ticks: variable(-2) })],
  [
    "main[0].spin.ticks grows beyond 2^53 - 1",
    { ...inMain({ op: "spin", ticks: variable(max) }), sweep: { from: 0, count: 2, step: 1 } },
  ],
  ["main[0].start.timer is 1", inMain({ op: "start", timer: 1 })],
  ["main[0].capture.register is 4", inMain({ op: "capture", register: 4 })],
  [
    "main[0].startAt.register is -1",
    inMain({ op: "startAt", timer: 0, register: -1, back: 0, delta: 0 }),
  ],
  ["main[0].interrupt.interrupt is 1", inMain({ op: "interrupt", interrupt: 1, delay: 0 })],
  ["main[0].mark.id is 256", inMain({ op: "mark", id: 256 })],
  ["main[0] is no operation", inMain(odd({ op: "jump" }))],
  ["main[0] is no operation", inMain(odd({ op: "toString" }))],
  ["main[0] is no operation", inMain(odd(null))],
  ["main is undefined", { ...empty, main: odd(undefined) }],
  ["main[0].when is not allowed", inMain({ op: "when", count: 1 })],
  ["main[0].throw is not allowed", inMain({ op: "throw" })],
  ["interrupts[0][0].throw is not allowed", inInterrupt({ op: "throw" })],
  ["interrupts[0][1].sleep is not allowed", inInterrupt({ op: "read" }, sleep)],
  ["timers[0].handler[0].sleep is not allowed", inHandler(sleep)],
  ["timers[0].handler[0].phase is not allowed", inHandler({ op: "phase", counter: 1 })],
  ["timers[0].handler[0].repeat is not", inHandler({ op: "repeat", count: 1, body: [] })],
  ["timers[0].handler[0].when.count is 0", inHandler({ op: "when", count: 0 })],
  [
    "main[0].repeat.body[0].repeat is not allowed",
    inMain({ op: "repeat", count: 1, body: [{ op: "repeat", count: 1, body: [] }] }),
  ],
  [
    "main[0].repeat.body[1].mark.id is -1",
    inMain({ op: "repeat", count: 1, body: [sleep, { op: "mark", id: -1 }] }),
  ],
  ["main[0].repeat.count is -1", inMain({ op: "repeat", count: -1, body: [] })],
  ["main[0].repeat.body is 5", inMain({ op: "repeat", count: 1, body: odd(5) })],
  ["main[4].mask nests 5 deep", inMain(...Array<Op>(5).fill({ op: "mask" }))],
  ['timers[0].mode is "twice"', withTimer({ mode: "twice" })],
  ["timers[0].dispatch is undefined", withTimer({ dispatch: undefined })],
  ['timers[0].overrun is "queue"', withTimer({ overrun: "queue" })],
  ["timers[0].late is 1", withTimer({ late: 1 })],
  ["timers[0].quiet is 0", withTimer({ quiet: 0 })],
  ["timers[0].period is Infinity", withTimer({ period: Number.POSITIVE_INFINITY })],
  ["timers is not a list of at most 32", { ...empty, timers: Array(33).fill(timer) }],
  ["interrupts is not a list of at most 4", { ...empty, interrupts: [[], [], [], [], []] }],
  ["sweep.count is 0", { ...empty, sweep: { from: 0, count: 0, step: 0 } }],
  ["sweep.step is -1", { ...empty, sweep: { from: 9, count: 2, step: -1 } }],
  ["sweep.from is 0.5", { ...empty, sweep: { from: 0.5, count: 2, step: 1 } }],
  ["sweep goes beyond 2^53 - 1", { ...empty, sweep: { from: 1, count: 2, step: max } }],
  [
    "main[0].stop.timer names a timer, but the program has none",
    { timers: [], interrupts: [], main: [{ op: "stop", timer: 0 }] },
  ],
];

describe("validateProgram", () => {
  it.each(refused)("refuses, by path: %s", (message, program) => {
    let caught: unknown;
    try {
      validateProgram(program);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(BoardError);
    expect(caught).toMatchObject({ code: "invalid-program", hint: expect.stringMatching(/\.$/) });
    expect((caught as BoardError).message).toContain(message);
  });

  it("takes the limits themselves", () => {
    const program: Program = {
      timers: Array<TimerSpec>(32).fill({ ...timer, handler: [{ op: "when", count: 1 }] }),
      interrupts: [[], [], [], [{ op: "spin", ticks: 0 }]],
      main: [
        { op: "sleep", ticks: max },
        { op: "mark", id: 255 },
        { op: "interrupt", interrupt: 3, delay: 0 },
        ...Array<Op>(4).fill({ op: "mask" }),
        ...Array<Op>(5).fill({ op: "restore" }),
        { op: "repeat", count: 0, body: [sleep, { op: "phase", counter: 3 }] },
      ],
      sweep: { from: max - 1, count: 2, step: 1 },
    };
    expect(() => validateProgram(program)).not.toThrow();
  });
});
