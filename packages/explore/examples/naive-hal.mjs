// A timer HAL as one writes it on the first day: a sorted list, no masking, clean-up in the interrupt.
// Run `escapement explore --hal packages/explore/examples/naive-hal.mjs` to see what is wrong with it.
import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import { driverTarget } from "@escapement/explore";

const LAP = 2 ** 16;

function boot({ chip, port, share }) {
  const clock = share("clock", { wraps: 0 });
  const list = share("list", []); // pending timers, earliest first
  const now = () => clock.wraps * LAP + port.readCounter();

  function program() {
    if (list.length === 0) return port.enableCompare(false);
    port.setCompare(list[0].deadline % LAP);
    port.enableCompare(true);
  }
  function remove(timer) {
    const place = list.indexOf(timer);
    if (place >= 0) list.splice(place, 1);
    return place >= 0;
  }
  function insert(timer) {
    const place = list.findIndex((other) => other.deadline > timer.deadline);
    list.splice(place < 0 ? list.length : place, 0, timer);
    program();
  }
  function start(timer) {
    remove(timer);
    timer.deadline = now() + timer.period;
    insert(timer);
    return "armed";
  }
  chip.connect({
    overflow: () => {
      port.acknowledgeOverflow();
      clock.wraps += 1;
    },
    compare: () => {
      port.acknowledgeCompare();
      while (list.length > 0 && list[0].deadline <= now()) {
        const timer = list.shift();
        timer.expiry(timer.deadline);
        if (timer.periodic) start(timer);
        else timer.live = false; // one-shots are deinitialised right here
      }
      program();
    },
  });
  chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);

  const driver = {
    capacity: 8,
    maxDelayTicks: LAP - 1,
    now,
    create: (spec, expiry) =>
      share("timer", {
        period: spec.periodTicks,
        periodic: spec.mode === "periodic",
        deadline: 0,
        live: true,
        expiry,
      }),
    start,
    stop: (timer) => (remove(timer) ? "removed" : "idle"),
    deinit: remove,
    active: (timer) => list.includes(timer),
    deinitAll: () => list.splice(0, list.length),
  };
  return { driver, inspect: () => `list of ${list.length}` };
}

export default driverTarget({ name: "naive", profile: "avr16", boot });
