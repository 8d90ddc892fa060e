/* A pool of alarms in one sorted list. To cancel an alarm only marks it: whoever walks the list next
 * takes it out and gives it back. */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 8
#define ALARMS 24

struct alarm {
    struct alarm *next;
    esc_ticks due, place, period;
    esc_timer timer;
    bool used, cancelled;
};

static struct alarm alarms[ALARMS], *head;
static struct alarm *current[TIMERS];
static esc_timer running = TIMERS;

static void insert(struct alarm *alarm) {
    struct alarm **at = &head;
    while (*at != NULL && (*at)->place <= alarm->place) at = &(*at)->next;
    alarm->next = *at;
    *at = alarm;
}

/* Gives the cancelled ones back. */
static void purge(void) {
    struct alarm **at = &head;
    while (*at != NULL) {
        if ((*at)->cancelled) {
            (*at)->used = false;
            *at = (*at)->next;
        } else at = &(*at)->next;
    }
}

static struct alarm *take(void) {
#ifndef MISTAKE /* Else a cancelled alarm is given out that is still in the list. */
    purge();
#endif
    for (int n = 0; n < ALARMS; n++)
        if (!alarms[n].used || alarms[n].cancelled) return &alarms[n];
    return NULL;
}

static esc_result arm(esc_timer timer, esc_ticks now, esc_ticks due, esc_ticks period) {
    struct alarm *alarm = take();
    if (alarm == NULL) return ESC_CAPACITY_EXHAUSTED;
    if (current[timer] != NULL) current[timer]->cancelled = true;
    *alarm = (struct alarm){NULL, due, due > now ? due : now, period, timer, true, false};
    insert(alarm);
    current[timer] = alarm;
    esc_clock_alarm(head->place);
    return due > now ? ESC_ARMED : ESC_LATE;
}

static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now();
    esc_result result = arm(timer, now, now + 1 + delay, period);
    esc_chip_restore(state);
    return result;
}

static esc_result start_at(esc_timer timer, esc_ticks reference, esc_ticks delta, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now(), due = reference + delta;
    esc_result result = ESC_MISSED;
    if (due > now || !esc_spec_of(timer)->refuse_late) result = arm(timer, now, due, period);
    esc_chip_restore(state);
    return result;
}

static esc_result stop(esc_timer timer) {
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = current[timer] != NULL ? ESC_REMOVED : ESC_IDLE;
    if (current[timer] != NULL) current[timer]->cancelled = true;
    current[timer] = NULL;
    if (running == timer) result = ESC_IN_FLIGHT;
    esc_chip_restore(state);
    return result;
}

static int8_t active(esc_timer timer) { return current[timer] != NULL; }

static void on_compare(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_alarmed();
    for (purge(); head != NULL && head->place <= now; purge()) {
        struct alarm *alarm = head;
        esc_ticks due = alarm->due;
        running = alarm->timer;
        head = alarm->next;
        if (alarm->period > 0) {
            alarm->due += alarm->period * ((esc_clock_now() - due) / alarm->period + 1);
            alarm->place = alarm->due;
            insert(alarm);
        } else {
            alarm->used = false;
            current[running] = NULL;
        }
        esc_chip_restore(state);
        esc_expire_at(running, due);
        state = esc_chip_save_and_mask();
        running = TIMERS;
    }
    if (head != NULL) esc_clock_alarm(head->place);
    esc_chip_restore(state);
}

static void boot(void) { esc_chip_enable_overflow(true); }

const struct esc_driver esc_driver = {
    .name = "alarm-pool", .capacity = TIMERS, .max_delay_ticks = 0x7fffffff,
    .boot = boot, .now = esc_clock_now, .start = start, .start_at = start_at, .stop = stop,
    .stop_sync = esc_stop_sync_by_stop, .active = active,
    .on_compare = on_compare, .on_overflow = esc_clock_on_overflow,
};
