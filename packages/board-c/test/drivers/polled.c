/* Timers that a main loop polls: no compare of their own, an alarm each POLL ticks takes the loop's place.
 * With MISTAKE times are compared in 20 bits, which is right for a while only. */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#ifndef POLL
#define POLL 2000
#endif

static struct {
    esc_ticks due, period;
    bool on;
} timers[8];

static bool is_over(esc_ticks due, esc_ticks now) {
#ifdef MISTAKE
    return (((uint32_t)now - (uint32_t)due) & 0xfffff) < 0x80000;
#else
    return now >= due;
#endif
}

static void poll(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_alarmed();
    esc_clock_alarm(now + POLL);
    esc_chip_restore(state);
    for (esc_timer timer = 0; timer < 8; timer += 1) {
        esc_ticks due = timers[timer].due;
        if (!timers[timer].on || !is_over(due, now)) continue;
        if (timers[timer].period == 0) timers[timer].on = false;
        timers[timer].due += timers[timer].period;
        esc_expire_at(timer, due);
    }
}

static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    timers[timer].due = esc_clock_now() + delay + 1;
    timers[timer].period = period;
    timers[timer].on = true;
    esc_chip_restore(state);
    return ESC_OK;
}

static esc_result stop(esc_timer timer) {
    bool was_on = timers[timer].on;
    timers[timer].on = false;
    return was_on ? ESC_REMOVED : ESC_IDLE;
}

static void boot(void) {
    esc_chip_enable_overflow(true);
    esc_clock_alarm(POLL);
}

const struct esc_driver esc_driver = {
    .capacity = 8,
    .max_delay_ticks = 0x7fffffff,
    .late_ticks = 4 * POLL,
    .boot = boot,
    .now = esc_clock_now,
    .start = start,
    .stop = stop,
    .on_compare = poll,
    .on_overflow = esc_clock_on_overflow,
};
