import { describe, expect, test } from "vitest";
import { countSettings, countsScript, countsWanted } from "./documented-counts.js";
import { scripts } from "./vm-line.js";

const run = await scripts();

/** Prints what each expression gives, or the exception that it raises. */
async function each(...expressions: readonly string[]): Promise<readonly string[]> {
  const lines = [
    "from machine import Timer",
    "def show(f):",
    "    try:",
    "        print(f())",
    "    except Exception as e:",
    "        print('%s: %s' % (type(e).__name__, e))",
    ...expressions.map((expression) => `show(lambda: ${expression})`),
  ];
  return (await run(lines.join("\n"))).split("\n");
}

describe("counts after sleeps, as MicroPython's own test asks for them", () => {
  test.each(
    countSettings.flatMap((setting) => [
      { setting, hard: false },
      { setting, hard: true },
    ]),
  )("$setting, hard=$hard", async ({ setting, hard }) => {
    expect(await run(countsScript(setting, hard))).toBe(countsWanted(setting));
  });
});

test("hard callbacks run with the heap locked, soft ones do not", async () => {
  const out = await run(`
from machine import Timer
import time
seen = []
def cb(t):
    try:
        bytearray(1)
        locked[0] = 0
    except MemoryError:
        locked[0] = 1
for hard in (False, True):
    locked = [None]
    t = Timer(mode=Timer.ONE_SHOT, period=5, callback=cb, hard=hard)
    time.sleep_ms(10)
    seen.append(locked[0])
print(seen)
`);
  expect(out).toBe("[0, 1]");
});

test("256 settings in a row leave one timer, and timers are released in any order", async () => {
  const out = await run(`
from machine import Timer
import time
n = 0
def cb(t):
    global n
    n += 1
t = Timer(-1)
for _ in range(256):
    t.init(freq=100, callback=cb)
time.sleep_ms(55)
t.deinit()
t.deinit()
a = Timer(-1)
b = Timer(-1)
for order in ((a, b), (b, a)):
    a.init(period=10, callback=cb)
    b.init(period=10, callback=cb)
    for x in order:
        x.deinit()
time.sleep_ms(50)
print(n, a == a, a == b)
`);
  expect(out).toBe("5 True False");
});

test("more timers are made than there is room for, where most of them do not run", async () => {
  const out = await run(`
from machine import Timer
for _ in range(1000):
    t = Timer(-1)
    t.init(period=10, callback=lambda t: None)
    t.deinit()
print('ok')
`);
  expect(out).toBe("ok");
});

test("a callback gets its timer, may stop it and set it up again", async () => {
  const out = await run(`
from machine import Timer
import time
log = []
def other(x):
    log.append('other')
def first(x):
    log.append(x is t)
    x.init(mode=Timer.ONE_SHOT, period=10, callback=other)
def own(x):
    x.deinit()
    count[0] += 1
t = Timer(period=10, callback=first)
time.sleep_ms(100)
count = [0]
t.init(period=10, callback=own, hard=True)
time.sleep_ms(105)
print(log, count)
`);
  expect(out).toBe("[True, 'other'] [1]");
});

test("a hard callback that throws stops its timer, a soft one does not; both print", async () => {
  const out = await run(`
from machine import Timer
import time
def cb(t):
    n[0] += 1
    raise RuntimeError
for hard in (False, True):
    n = [0]
    t = Timer(period=10, callback=cb, hard=hard)
    time.sleep_ms(55)
    t.deinit()
    print('count', n)
`);
  expect(out.match(/count \[\d+\]/g)).toEqual(["count [5]", "count [1]"]);
  expect(out.match(/RuntimeError/g)).toHaveLength(6);
  expect(out).toContain("Uncaught exception in IRQ callback handler");
});

test("bad arguments raise what other ports raise, and leave a timer stopped", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Timer(0)", "ValueError: Timer doesn't exist"],
    ["Timer(-2)", "ValueError: Timer doesn't exist"],
    ['Timer("a")', "TypeError: can't convert str to int"],
    ["Timer(None)", "TypeError: can't convert NoneType to int"],
    ["Timer(1.0)", "TypeError: can't convert float to int"],
    ["Timer(-1, 5)", "TypeError: extra positional arguments given"],
    ["Timer(-1).init(5)", "TypeError: extra positional arguments given"],
    ["Timer(id=-1)", "TypeError: extra keyword arguments given"],
    ["Timer(-1, foo=1)", "TypeError: extra keyword arguments given"],
    ["Timer(-1).deinit(1)", "TypeError: function takes 1 positional arguments but 2 were given"],
    ["Timer(period=1.5)", "TypeError: can't convert float to int"],
    ['Timer(period="1")', "TypeError: can't convert str to int"],
    ["Timer(period=None)", "TypeError: can't convert NoneType to int"],
    ["Timer(period=-5)", "ValueError: period too large"],
    ["Timer(period=2**30)", "ValueError: period too large"],
    ["Timer(period=2**30-1)", "Timer(mode=PERIODIC, tick_hz=1000000, period=1073741823000)"],
    ["Timer(period=2**31)", "OverflowError: overflow converting long int to machine word"],
    ["Timer(freq=0)", "ValueError: period too large"],
    ['Timer(freq="x")', "TypeError: can't convert str to float"],
    ["Timer(tick_hz=0, period=5)", "ValueError: period too large"],
    ['Timer(mode="P")', "TypeError: can't convert str to int"],
    ["Timer(freq=3)", "Timer(mode=PERIODIC, tick_hz=1000000, period=333333)"],
    ["Timer(freq=0.5)", "Timer(mode=PERIODIC, tick_hz=1000000, period=2000000)"],
    ["Timer(freq=10, period=5)", "Timer(mode=PERIODIC, tick_hz=1000000, period=100000)"],
    ["Timer(tick_hz=1000000, period=2500)", "Timer(mode=PERIODIC, tick_hz=1000000, period=2500)"],
    ["Timer(period=0)", "Timer(mode=PERIODIC, tick_hz=1000000, period=1000)"],
    ["Timer(mode=Timer.ONE_SHOT)", "Timer(mode=ONE_SHOT, tick_hz=1000000, period=1000000)"],
    ["Timer(-1).deinit()", "None"],
    ["Timer(-1).init()", "None"],
  ];
  expect(await each(...cases.map(([expression]) => expression))).toEqual(
    cases.map(([, shown]) => shown),
  );
  const out = await run(`
from machine import Timer
import time
n = [0]
def cb(t):
    n[0] += 1
t = Timer(period=10, callback=cb)
try:
    t.init(period='1')
except TypeError:
    pass
time.sleep_ms(50)
print(n)
`);
  expect(out).toBe("[0]");
});

test("periods do not drift, and start() and stop() of the RFC keep the setting", async () => {
  const out = await run(`
from machine import Timer
import time
log = []
def cb(t):
    log.append((time.ticks_us() - t0) // 1000)
t = Timer(period=10, callback=cb)
t.stop()
time.sleep_ms(30)
t0 = time.ticks_us()
t.start()
time.sleep_ms(35)
t.stop()
time.sleep_ms(30)
t.start()
time.sleep_ms(15)
print(log)
`);
  expect(out).toBe("[10, 20, 30, 75]");
});

test("a soft reset stops all timers, and a callback without a function does nothing", async () => {
  await run("from machine import Timer\nt = Timer(period=10, callback=lambda t: print('late'))");
  const out = await run(`
from machine import Timer
import time
t = Timer(period=10)
time.sleep_ms(55)
t.init(mode=Timer.ONE_SHOT, period=5, callback=7)
time.sleep_ms(10)
`);
  expect(out).toMatch(/^Traceback[\s\S]*TypeError: 'int' object isn't callable$/);
  expect(out).not.toContain("late");
});

test("a syntax error and an exception come back as a traceback", async () => {
  expect(await run("def f(:\n  pass")).toContain("SyntaxError");
  expect(await run("1/0")).toContain("ZeroDivisionError");
});
