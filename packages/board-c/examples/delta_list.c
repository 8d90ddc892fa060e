/*
 * A delta list: each timer holds the distance to the one before it, so that only the first has to be
 * compared with the time.
 */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 8

struct timer {
    struct timer *next;
    esc_ticks delta, due, period;
    bool pending;
};

static struct timer timers[TIMERS], *head, *running;
/* From when the first delta counts; never in the future. */
static esc_ticks base;

/* Puts a timer behind all that are due until `place`. */
static void insert(struct timer *timer, esc_ticks due, esc_ticks place) {
    struct timer **at = &head;
    esc_ticks before = base;
    while (*at != NULL && before + (*at)->delta <= place) {
        before += (*at)->delta;
        at = &(*at)->next;
    }
    timer->due = due;
    timer->delta = place - before;
    timer->next = *at;
    if (*at != NULL) (*at)->delta -= timer->delta;
    *at = timer;
    timer->pending = true;
}

static void take_out(struct timer *timer) {
    struct timer **at = &head;
    while (*at != timer) at = &(*at)->next;
    *at = timer->next;
#ifndef MISTAKE /* The next timer's distance was to the one that is gone. */
    if (timer->next != NULL) timer->next->delta += timer->delta;
#endif
    timer->pending = false;
}

static void set_alarm(void) {
    if (head != NULL) esc_clock_alarm(base + head->delta);
}

static esc_result arm(struct timer *timer, esc_ticks now, esc_ticks due, esc_ticks period) {
    if (timer->pending) take_out(timer);
    if (head == NULL) base = now;
    timer->period = period;
    insert(timer, due, due > now ? due : now);
    set_alarm();
    return due > now ? ESC_ARMED : ESC_LATE;
}

static esc_result start(esc_timer number, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now();
    /* The tick that runs is no whole one. */
    esc_result result = arm(&timers[number], now, now + 1 + delay, period);
    esc_chip_restore(state);
    return result;
}

static esc_result start_at(esc_timer number, esc_ticks reference, esc_ticks delta, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now(), due = reference + delta;
    esc_result result = ESC_MISSED;
    if (due > now || !esc_spec_of(number)->refuse_late) result = arm(&timers[number], now, due, period);
    esc_chip_restore(state);
    return result;
}

static esc_result stop(esc_timer number) {
    struct timer *timer = &timers[number];
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = running == timer ? ESC_IN_FLIGHT : timer->pending ? ESC_REMOVED : ESC_IDLE;
    if (timer->pending) take_out(timer);
    esc_chip_restore(state);
    return result;
}

static int8_t active(esc_timer timer) { return timers[timer].pending; }

static void on_compare(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_alarmed();
    while (head != NULL && base + head->delta <= now) {
        struct timer *timer = running = head;
        esc_ticks due = timer->due, next;
        base += timer->delta;
        head = timer->next;
        timer->pending = false;
        if (timer->period > 0) {
            /* One call for all the periods that have passed, also during the handlers of this pass. */
            next = due + timer->period * ((esc_clock_now() - due) / timer->period + 1);
            insert(timer, next, next);
        }
        esc_chip_restore(state);
        esc_expire_at((esc_timer)(timer - timers), due);
        state = esc_chip_save_and_mask();
        running = NULL;
    }
    set_alarm();
    esc_chip_restore(state);
}

static void boot(void) { esc_chip_enable_overflow(true); }

const struct esc_driver esc_driver = {
    .name = "delta-list", .capacity = TIMERS, .max_delay_ticks = 0x7fffffff,
    .boot = boot, .now = esc_clock_now, .start = start, .start_at = start_at,
    .stop = stop, .stop_sync = esc_stop_sync_by_stop, .active = active,
    .on_compare = on_compare, .on_overflow = esc_clock_on_overflow,
};
