const zephyr = "https://github.com/zephyrproject-rtos/zephyr/tree/main";
const zephyrTimers = "https://docs.zephyrproject.org/latest/kernel/services/timing/timers.html";
const zephyrCounter = `${zephyr}/tests/drivers/counter/counter_basic_api`;
const tock = "https://github.com/tock/tock/blob/master";
const virtualAlarm = `${tock}/capsules/core/src/virtualizers/virtual_alarm.rs`;
const micropython = "https://github.com/micropython/micropython/blob/master";
const isrRules = "https://docs.micropython.org/en/latest/reference/isr_rules.html";
const espTimer =
  "https://docs.espressif.com/projects/esp-idf/en/latest/esp32/api-reference/system/esp_timer.html";
const gptimer =
  "https://docs.espressif.com/projects/esp-idf/en/latest/esp32/api-reference/peripherals/gptimer.html";
const riot = "https://github.com/RIOT-OS/RIOT/blob/master";
const freertos = "https://github.com/FreeRTOS/FreeRTOS-Kernel/blob/main";
const posixTests =
  "https://github.com/torvalds/linux/blob/master/tools/testing/selftests/timers/posix_timers.c";
const linuxTimers = "https://docs.kernel.org/driver-api/basics.html";
const picoTests =
  "https://github.com/raspberrypi/pico-sdk/blob/master/test/pico_time_test/pico_time_test.c";

/**
 * Where to read the origins that name no issue and no commit: documents and sources. A name that ends with `…` covers every
 * origin that begins so. What has no address that is certain is not here: a mail of 2000, an article of 2001.
 */
export const originPages: Readonly<Record<string, string>> = {
  "ChibiOS…": "https://github.com/ChibiOS/ChibiOS/blob/master/os/rt/src/chvt.c",
  "ESP-IDF…": espTimer,
  "ESP-IDF gptimer…": gptimer,
  "esp harmonic periods": espTimer,
  "gptimer dynamic alarm": gptimer,
  "Embassy schedule_wake": "https://docs.rs/embassy-time-driver/latest/embassy_time_driver/",
  "embedded-hal DelayNs":
    "https://docs.rs/embedded-hal/latest/embedded_hal/delay/trait.DelayNs.html",
  "FreeRTOS V10.2.0": `${freertos}/History.txt`,
  "FreeRTOS prv…":
    "https://github.com/FreeRTOS/FreeRTOS/blob/main/FreeRTOS/Demo/Common/Minimal/TimerDemo.c",
  "FreeRTOS prvReloadTimer": `${freertos}/timers.c`,
  "Hypothesis example database": "https://hypothesis.readthedocs.io/en/latest/",
  QuickCheck: "https://doi.org/10.1145/351240.351266",
  "Linux…": linuxTimers,
  "Linux check_overrun": posixTests,
  "POSIX check…": posixTests,
  "POSIX timers": "https://pubs.opengroup.org/onlinepubs/9699919799/functions/timer_settime.html",
  "MicroPython…": "https://docs.micropython.org/en/latest/library/machine.Timer.html",
  "MicroPython hard": isrRules,
  "MicroPython schedule": isrRules,
  "MicroPython mp_irq_dispatch": `${micropython}/shared/runtime/mpirq.c`,
  "MicroPython mpirq": `${micropython}/shared/runtime/mpirq.c`,
  "MicroPython soft timer": `${micropython}/shared/runtime/softtimer.c`,
  "MicroPython machine_timer test": `${micropython}/tests/extmod/machine_timer.py`,
  "MicroPython zephyr period 0": `${micropython}/ports/zephyr/machine_timer.c`,
  "NuttX hrtimer…": "https://github.com/apache/nuttx/tree/master/sched/hrtimer",
  "Pico…": picoTests,
  "RIOT…": `${riot}/sys/include/ztimer.h`,
  "RIOT periodic.h": `${riot}/sys/include/ztimer/periodic.h`,
  "RIOT ztimer_periodic": `${riot}/sys/include/ztimer/periodic.h`,
  "RIOT ztimer64": `${riot}/sys/include/ztimer64.h`,
  "RIOT xtimer…": "https://github.com/RIOT-OS/RIOT/tree/master/tests/sys",
  "RIOT timer_short…": "https://github.com/RIOT-OS/RIOT/tree/master/tests/periph",
  "RP2040 TIMEHR latch": "https://datasheets.raspberrypi.com/rp2040/rp2040-datasheet.pdf",
  "RTEMS…": "https://docs.rtems.org/",
  "rp2040js SimulationClock":
    "https://github.com/wokwi/rp2040js/blob/main/src/clock/simulation-clock.ts",
  "rtic-time…": "https://github.com/rtic-rs/rtic/blob/master/rtic-time/CHANGELOG.md",
  "rtic-time module documentation": "https://docs.rs/rtic-time/latest/rtic_time/",
  "rtic half-period tables": "https://docs.rs/rtic-time/latest/rtic_time/",
  "Tock…": `${tock}/kernel/src/hil/time.rs`,
  "Tock TRD 105": `${tock}/doc/reference/trd105-time.md`,
  "Tock TRD 3…": `${tock}/doc/reference/trd3-hil-design.md`,
  "Tock random_alarm": `${tock}/capsules/core/src/test/random_alarm.rs`,
  "Tock test_…": virtualAlarm,
  "Tock virtual_timer": `${tock}/capsules/core/src/virtualizers/virtual_timer.rs`,
  "Zephyr…": `${zephyr}/tests/kernel/timer`,
  "Zephyr k_timer…": zephyrTimers,
  "Zephyr timers guide": zephyrTimers,
  "Zephyr counter…": `${zephyr}/include/zephyr/drivers/counter.h`,
  "Zephyr guard period": `${zephyr}/include/zephyr/drivers/counter.h`,
  "Zephyr cancelled_alarm": zephyrCounter,
  "Zephyr counter tests": zephyrCounter,
  "Zephyr short_relative": zephyrCounter,
  "Zephyr test_…": zephyrCounter,
  timer_starve: `${zephyr}/tests/kernel/timer`,
  "fake-timers…": "https://github.com/sinonjs/fake-timers",
};
