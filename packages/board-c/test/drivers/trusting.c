/*
 * A list of one-shots whose interrupt is taken for proof that the first of them is due, as over a hardware
 * alarm of 64 bits. With -D MISTAKE it trusts an interrupt of the chip alone.
 */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 4

static struct {
    esc_ticks due;
    bool pending;
} timers[TIMERS];

static esc_timer first(void) {
    esc_timer found = TIMERS;
    for (esc_timer t = 0; t < TIMERS; t++)
        if (timers[t].pending && (found == TIMERS || timers[t].due < timers[found].due)) found = t;
    return found;
}

static void set_alarm(void) {
    if (first() < TIMERS) esc_clock_alarm(timers[first()].due);
    else esc_clock_no_alarm();
}

static esc_result start(esc_timer t, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    (void)period;
    timers[t].due = esc_clock_now() + 1 + delay;
    timers[t].pending = true;
    set_alarm();
    esc_chip_restore(state);
    return ESC_OK;
}

static esc_result stop(esc_timer t) {
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = timers[t].pending ? ESC_REMOVED : ESC_IDLE;
    timers[t].pending = false;
    set_alarm();
    esc_chip_restore(state);
    return result;
}

static int8_t active(esc_timer t) { return timers[t].pending; }

static void alarm_came(void) {
    uint32_t state = esc_chip_save_and_mask();
#ifdef MISTAKE
    bool is_due = (esc_clock_alarmed(), first() < TIMERS);
#else
    bool is_due = esc_clock_alarm_is_due();
#endif
    if (is_due) {
        esc_timer t = first();
        timers[t].pending = false;
        set_alarm();
        /* Masked, as where interrupts do not nest: no stop comes between the two. */
        esc_expire_at(t, timers[t].due);
    }
    esc_chip_restore(state);
}

static void boot(void) { esc_chip_enable_overflow(true); }

static const struct esc_semantics semantics = {
    .equal_deadlines = {ESC_EQUAL_DEADLINES_ANY, "trusting.c, first"},
    .overdue = {ESC_OVERDUE_BY_DEADLINE, "trusting.c, first"},
};

const struct esc_driver esc_driver = {
    .capacity = TIMERS, .max_delay_ticks = 0x7fffffff, .one_shot_only = true, .semantics = &semantics,
    .boot = boot, .now = esc_clock_now, .start = start, .stop = stop, .active = active,
    .on_compare = alarm_came, .on_overflow = esc_clock_on_overflow,
};
