import { type Bug, commit, issue } from "../bug.js";

/** Bugs that a stop or a release meets while the expiry is under way. */
export const raceBugs: readonly Bug[] = [
  {
    name: "morton-1",
    title: "a stop does not see the timer that was just taken",
    system: "Linux 2.3, kernel/timer.c, del_timer against run_timer_list",
    happened:
      "The timer leaves the list before its handler begins. del_timer found nothing to delete and returned, and the handler ran after it.",
    reference: { label: "Morton, del_timer races, linux-kernel (2000)" },
    where: "hal",
    owner: "STOP-07",
    profile: "systick24",
  },
  {
    name: "morton-2",
    title: "a stop that finds the handler running leaves the timer queued",
    system: "Linux 2.3, drivers that re-arm in the handler, del_timer from an interrupt",
    happened:
      "A stop that found the handler running did nothing more. The timer's next expiry stayed in the queue.",
    reference: { label: "Morton, del_timer races, linux-kernel (2000); zephyr 109977" },
    where: "hal",
    owner: "STOP-19",
    profile: "systick24",
  },
  {
    name: "morton-3",
    title: "the timer is touched after its handler freed it",
    system: "Linux 2.3, run_timer_list; drivers that free the timer in its handler",
    happened:
      "A handler may free its own timer. Code that read the timer again after the handler had returned queued a timer that no longer existed.",
    reference: { label: "Morton, del_timer races, linux-kernel (2000)" },
    where: "hal",
    owner: "REG-07",
    profile: "avr16",
  },
  {
    name: "morton-4",
    title: "a stop does not report that the handler is running",
    system: "Linux 2.3, kernel/timer.c, del_timer",
    happened:
      "del_timer returned whether the timer had been pending, and nothing about a handler that was still running. The caller freed what the handler still used.",
    reference: { label: "Morton, del_timer races, linux-kernel (2000)" },
    where: "hal",
    owner: "STOP-19",
    profile: "systick24",
  },
  {
    name: "zephyr-40391",
    title: "stopped between dequeue and handler, and queued again",
    system: "Zephyr, kernel/timer.c, z_timer_expiration_handler",
    happened:
      "The timeout was taken off the queue, and the lock was released before the next period was queued. A stop in between found nothing, and the periodic timer ran on.",
    reference: issue("zephyrproject-rtos/zephyr", 40391, ", #54568"),
    where: "hal",
    owner: "STOP-27",
    profile: "systick24",
  },
  {
    name: "esp-gptimer-0f8e6f6",
    title: "stop reads the state, and acts on it later",
    system: "ESP-IDF, driver/gptimer, gptimer_stop",
    happened:
      "The state was tested in one step and acted on in another. When the timer expired in between, the stop removed a timer that was no longer in the queue.",
    reference: commit("espressif/esp-idf", "0f8e6f68c3b"),
    where: "hal",
    owner: "STOP-06",
    profile: "systick24",
  },
  {
    name: "micropython-rp2-init",
    title: "setting up writes over what an interrupt armed",
    system: "MicroPython, ports/rp2/machine_timer.c, Timer.init()",
    happened:
      "init() cancelled the alarm and, some instructions later, stored the id of a new one. A hard callback that set the same timer up in between had its alarm's id written over: it ran on, and no deinit() reached it.",
    reference: { label: "MicroPython v1.28, ports/rp2/machine_timer.c" },
    where: "hal",
    owner: "STOP-32",
    profile: "avr16",
  },
  {
    name: "micropython-rp2-arms-first",
    title: "armed before the timer knows of it",
    system: "MicroPython, ports/rp2/machine_timer.c, periods of one microsecond",
    happened:
      "The alarm was armed before its id was stored in the timer. With a period of 1 us the first callback came in between; its deinit() had no id to cancel, the timer ran on, and the board hung.",
    reference: { label: "MicroPython v1.28, ports/rp2/machine_timer.c" },
    where: "hal",
    owner: "STOP-25",
    profile: "avr16",
  },
];
