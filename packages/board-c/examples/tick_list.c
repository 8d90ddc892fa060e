/*
 * A tick list: an interrupt each TICK of the counter looks at every timer, as long as one is pending. Its
 * deadlines are ticks; timers that fire in the same one have no order.
 */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 8
#ifndef TICK
#define TICK 100000
#endif

static struct {
    esc_ticks expires, period;
    bool pending;
} timers[TIMERS];
static esc_timer running = TIMERS;

static esc_ticks whole_ticks(esc_ticks delay) { return (delay + TICK - 1) / TICK; }

static void tick_after(esc_ticks tick) { esc_clock_alarm((tick + 1) * TICK); }

static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
#ifdef MISTAKE /* The tick that runs counts as a whole one: the delay may end early. */
    timers[timer].expires = esc_clock_now() / TICK + whole_ticks(delay);
#else
    timers[timer].expires = esc_clock_now() / TICK + 1 + whole_ticks(delay);
#endif
    timers[timer].period = whole_ticks(period);
    timers[timer].pending = true;
    tick_after(esc_clock_now() / TICK);
    esc_chip_restore(state);
    return ESC_OK;
}

static esc_result stop(esc_timer timer) {
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = timers[timer].pending ? ESC_REMOVED : ESC_IDLE;
    if (running == timer) result = ESC_IN_FLIGHT;
    timers[timer].pending = false;
    esc_chip_restore(state);
    return result;
}

static int8_t active(esc_timer timer) { return timers[timer].pending; }

/* The pending timer with the earliest deadline until `tick`; TIMERS where there is none. */
static esc_timer earliest(esc_ticks tick) {
    esc_timer found = TIMERS;
    for (esc_timer timer = 0; timer < TIMERS; timer++) {
        if (!timers[timer].pending || timers[timer].expires > tick) continue;
        if (found == TIMERS || timers[timer].expires < timers[found].expires) found = timer;
    }
    return found;
}

static void on_tick(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks tick = esc_clock_alarmed() / TICK;
    esc_timer timer;
    while ((timer = earliest(tick)) < TIMERS) {
        esc_ticks expires = timers[timer].expires, period = timers[timer].period, passed;
        timers[timer].pending = period > 0;
        if (period > 0) {
            /* One call for all the periods that have passed, also during the handlers of this tick. */
            passed = (esc_clock_now() / TICK - expires) / period;
            timers[timer].expires = expires + period * (passed + 1);
        }
        running = timer;
        esc_chip_restore(state);
        esc_expire_at(timer, expires * TICK);
        state = esc_chip_save_and_mask();
        running = TIMERS;
    }
    if (earliest(UINT64_MAX) < TIMERS) tick_after(tick);
    esc_chip_restore(state);
}

static void boot(void) { esc_chip_enable_overflow(true); }

static const struct esc_semantics semantics = {
    .granularity_ticks = {TICK, "tick_list.c, TICK"},
    .equal_deadlines = {ESC_EQUAL_DEADLINES_ANY, "tick_list.c, earliest"},
};

const struct esc_driver esc_driver = {
    .name = "tick-list", .capacity = TIMERS, .max_delay_ticks = 0x7fffffff, .semantics = &semantics,
    .boot = boot, .now = esc_clock_now, .start = start, .stop = stop,
    .stop_sync = esc_stop_sync_by_stop, .active = active,
    .on_compare = on_tick, .on_overflow = esc_clock_on_overflow,
};
