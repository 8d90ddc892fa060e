// A timer HAL as one writes it on the first day: a sorted list, no masking, clean-up in the interrupt.
import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import { driverTarget } from "@escapement/explore";

const LAP = 2 ** 16;

function boot({ chip, port, share }) {
  const clock = share("clock", { wraps: 0 });
  const list = share("list", []); // pending timers, earliest first
  const now = () => clock.wraps * LAP + port.readCounter();

  function program() {
    port.enableCompare(list.length > 0);
    if (list.length > 0) port.setCompare(list[0].deadline % LAP);
  }
  function deinit(timer) {
    const place = list.indexOf(timer);
    if (place >= 0) list.splice(place, 1);
    return place >= 0;
  }
  function start(timer) {
    deinit(timer);
    timer.deadline = now() + timer.periodTicks;
    const place = list.findIndex((other) => other.deadline > timer.deadline);
    list.splice(place < 0 ? list.length : place, 0, timer);
    program();
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
        const timer = list[0];
        timer.expiry(timer.deadline);
        if (timer.mode === "periodic") start(timer);
        else deinit(timer); // right here, in the interrupt
      }
      program();
    },
  });
  chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);

  const driver = {
    capacity: 8,
    maxDelayTicks: LAP - 1,
    now,
    create: ({ mode, periodTicks }, expiry) =>
      share("timer", { mode, periodTicks, expiry, deadline: 0 }),
    start,
    stop: (timer) => (deinit(timer) ? "removed" : "idle"),
    deinit,
    active: (timer) => list.includes(timer),
    deinitAll: () => list.splice(0, list.length),
  };
  return { driver };
}

export default driverTarget({ name: "naive", profile: "avr16", boot });
