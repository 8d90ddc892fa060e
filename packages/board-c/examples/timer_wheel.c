/*
 * A hashed timer wheel: a timer hangs in the slot of its deadline, together with those of other turns of the
 * wheel. An interrupt each TICK of the counter turns it by one slot, as long as a timer is pending.
 */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 8
#ifndef TICK
#define TICK 100000
#endif
#define SLOTS 16

struct timer {
    struct timer *next;
    esc_ticks expires, period;
    bool pending;
};

static struct timer timers[TIMERS], *wheel[SLOTS], *running;
/* The tick whose slot was served last, and the timers in the wheel. */
static esc_ticks turned, hanging;

static esc_ticks whole_ticks(esc_ticks delay) { return (delay + TICK - 1) / TICK; }

static void hang(struct timer *timer, esc_ticks expires) {
    struct timer **at = &wheel[expires % SLOTS];
    while (*at != NULL) at = &(*at)->next;
    timer->expires = expires;
    timer->next = NULL;
    *at = timer;
    timer->pending = true;
    hanging += 1;
}

static void unhang(struct timer *timer) {
    struct timer **at = &wheel[timer->expires % SLOTS];
    while (*at != timer) at = &(*at)->next;
    *at = timer->next;
    timer->pending = false;
    hanging -= 1;
}

static void tick_after(esc_ticks tick) { esc_clock_alarm((tick + 1) * TICK); }

static esc_result start(esc_timer number, esc_ticks delay, esc_ticks period) {
    struct timer *timer = &timers[number];
    uint32_t state = esc_chip_save_and_mask();
    if (timer->pending) unhang(timer);
    /* The wheel stood still, or it turns by itself. */
    if (hanging == 0 && running == NULL) turned = esc_clock_now() / TICK;
    timer->period = whole_ticks(period);
    /* The tick that runs is no whole one. */
    hang(timer, esc_clock_now() / TICK + 1 + whole_ticks(delay));
    tick_after(esc_clock_now() / TICK);
    esc_chip_restore(state);
    return ESC_OK;
}

static esc_result stop(esc_timer number) {
    struct timer *timer = &timers[number];
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = running == timer ? ESC_IN_FLIGHT : timer->pending ? ESC_REMOVED : ESC_IDLE;
    if (timer->pending) unhang(timer);
    esc_chip_restore(state);
    return result;
}

static int8_t active(esc_timer timer) { return timers[timer].pending; }

/* A timer that is due in the slot that is served; NULL where there is none left. */
static struct timer *due_in_slot(void) {
    struct timer *timer = wheel[turned % SLOTS];
#ifndef MISTAKE /* A timer of a later turn is not due yet. */
    while (timer != NULL && timer->expires != turned) timer = timer->next;
#endif
    return timer;
}

static void on_tick(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks tick = esc_clock_alarmed() / TICK;
    while (hanging > 0 && turned < tick) {
        struct timer *timer;
        turned += 1;
        if (turned % SLOTS == 0) /* Many turns behind a long handler: interrupts come in between. */
            esc_chip_restore(state), state = esc_chip_save_and_mask();
        while ((timer = due_in_slot()) != NULL) {
            esc_ticks expires = timer->expires, passed;
            unhang(timer);
            if (timer->period > 0) {
                /* One call for all the periods that have passed, also during the handlers of this tick. */
                passed = (esc_clock_now() / TICK - expires) / timer->period;
                hang(timer, expires + timer->period * (passed + 1));
            }
            running = timer;
            esc_chip_restore(state);
            esc_expire_at((esc_timer)(timer - timers), expires * TICK);
            state = esc_chip_save_and_mask();
            running = NULL;
        }
    }
    if (hanging > 0) tick_after(turned);
    esc_chip_restore(state);
}

static void boot(void) { esc_chip_enable_overflow(true); }

static const struct esc_semantics semantics = {
    .granularity_ticks = {TICK, "timer_wheel.c, TICK"},
};

const struct esc_driver esc_driver = {
    .name = "timer-wheel", .capacity = TIMERS, .max_delay_ticks = 0x7fffffff, .semantics = &semantics,
    .boot = boot, .now = esc_clock_now, .start = start, .stop = stop,
    .stop_sync = esc_stop_sync_by_stop, .active = active,
    .late_ticks = TICK / 10, /* Behind a long handler it turns through all slots that have passed. */
    .on_compare = on_tick, .on_overflow = esc_clock_on_overflow,
};
