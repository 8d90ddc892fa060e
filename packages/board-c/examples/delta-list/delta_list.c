/*
 * A delta list: each timer holds the distance to the one before it, so that only the first has to be
 * compared with the time.
 */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 8

struct timer {
    struct timer *next;
    esc_ticks delta, period, due;
    bool pending;
};

static struct timer timers[TIMERS], *head, *running;
/* From when the first delta counts. */
static esc_ticks base;

static void insert(struct timer *timer, esc_ticks due) {
    struct timer **at = &head;
    esc_ticks before = base;
    while (*at != NULL && before + (*at)->delta <= due) {
        before += (*at)->delta;
        at = &(*at)->next;
    }
    timer->due = due;
    timer->delta = due - before;
    timer->next = *at;
    if (*at != NULL) (*at)->delta -= timer->delta;
    *at = timer;
    timer->pending = true;
}

static void take_out(struct timer *timer) {
    struct timer **at = &head;
    while (*at != timer) at = &(*at)->next;
    *at = timer->next;
    if (timer->next != NULL) timer->next->delta += timer->delta;
    timer->pending = false;
}

/* Sets the compare for the first timer; masked. A compare that comes too late is made up for by software. */
static void set_alarm(void) {
    esc_ticks now, ahead, least = esc_chip_min_delta_ticks();
    esc_ticks most = (UINT64_C(1) << (esc_chip_counter_bits() > 31 ? 31 : esc_chip_counter_bits() - 1));
    if (head == NULL) return;
    now = esc_clock_now();
    ahead = base + head->delta > now ? base + head->delta - now : 0;
    if (ahead < least) ahead = least;
    if (ahead > most) ahead = most;
    esc_chip_set_compare((uint32_t)(now + ahead));
    esc_chip_enable_compare(true);
    if (esc_clock_now() - now >= ahead) esc_chip_pend_compare();
}

static esc_result start(esc_timer number, esc_ticks delay, esc_ticks period) {
    struct timer *timer = &timers[number];
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now();
    if (timer->pending) take_out(timer);
    timer->period = period;
    if (head == NULL) base = now;
    /* The tick that runs is no whole one. */
    insert(timer, now + 1 + delay);
    set_alarm();
    esc_chip_restore(state);
    return ESC_OK;
}

static esc_result stop(esc_timer number) {
    struct timer *timer = &timers[number];
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = running == timer ? ESC_IN_FLIGHT : timer->pending ? ESC_REMOVED : ESC_IDLE;
    if (timer->pending) take_out(timer);
    esc_chip_restore(state);
    return result;
}

static void on_compare(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now;
    esc_chip_acknowledge_compare();
    now = esc_clock_now();
    while (head != NULL && base + head->delta <= now) {
        struct timer *timer = head;
        esc_ticks due;
        base += timer->delta;
        due = base;
        head = timer->next;
        timer->pending = false;
        running = timer;
        if (timer->period > 0) {
            /* Of periods that have passed only the newest gets a call. */
            due += timer->period * ((now - due) / timer->period);
            insert(timer, due + timer->period);
        }
        esc_chip_restore(state);
        esc_expire_at((esc_timer)(timer - timers), due);
        state = esc_chip_save_and_mask();
        running = NULL;
    }
    set_alarm();
    esc_chip_restore(state);
}

static int8_t active(esc_timer timer) {
    return timers[timer].pending;
}

static void boot(void) {
    esc_chip_enable_overflow(true);
}

const struct esc_driver esc_driver = {
    .name = "delta-list", .capacity = TIMERS, .max_delay_ticks = 0x7fffffff,
    .boot = boot, .now = esc_clock_now, .start = start, .start_at = esc_start_at_by_delay,
    .stop = stop, .stop_sync = esc_stop_sync_by_stop, .active = active,
    .on_compare = on_compare, .on_overflow = esc_clock_on_overflow,
};
