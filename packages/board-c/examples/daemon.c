/* A timer daemon with a command queue: calls only write down what they ask for. The daemon, here an
 * interrupt that is requested by software, does it, and nobody else touches the list. */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define TIMERS 8
#define COMMANDS 32

struct command {
    esc_timer timer;
    bool starts;
    esc_ticks now, due, period;
};
static struct {
    esc_ticks due, place, order, period;
    bool pending;
} timers[TIMERS];
static struct command queue[COMMANDS];
static uint32_t sent, done, orders;

static void obey(void) {
    for (; done != sent; done++) {
        const struct command *asked = &queue[done % COMMANDS];
        esc_ticks place = asked->due > asked->now ? asked->due : asked->now;
        timers[asked->timer].pending = asked->starts;
        timers[asked->timer].due = asked->due;
        timers[asked->timer].place = place;
        timers[asked->timer].period = asked->period;
        timers[asked->timer].order = orders++;
    }
}

static void send(struct command command) {
    if (sent - done == COMMANDS) obey();
    queue[sent++ % COMMANDS] = command;
    esc_chip_pend_compare();
}

static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now();
    send((struct command){timer, true, now, now + 1 + delay, period});
    esc_chip_restore(state);
    return ESC_ARMED;
}

static esc_result start_at(esc_timer timer, esc_ticks reference, esc_ticks delta, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now(), due = reference + delta;
    esc_result result = due > now ? ESC_ARMED : esc_spec_of(timer)->refuse_late ? ESC_MISSED : ESC_LATE;
    if (result != ESC_MISSED) send((struct command){timer, true, now, due, period});
    esc_chip_restore(state);
    return result;
}

static esc_result stop(esc_timer timer) {
    uint32_t state = esc_chip_save_and_mask();
    send((struct command){.timer = timer});
    esc_chip_restore(state);
    return ESC_OK;
}

static int8_t active(esc_timer timer) {
    uint32_t state = esc_chip_save_and_mask();
    bool pending = timers[timer].pending;
    for (uint32_t at = done; at != sent; at++)
        if (queue[at % COMMANDS].timer == timer) pending = queue[at % COMMANDS].starts;
    esc_chip_restore(state);
    return pending;
}

/* The pending timer that is due first; TIMERS where none is pending. */
static esc_timer first(void) {
    esc_timer found = TIMERS;
    for (esc_timer t = 0; t < TIMERS; t++) {
        if (!timers[t].pending) continue;
        if (found == TIMERS || timers[t].place < timers[found].place ||
            (timers[t].place == timers[found].place && timers[t].order < timers[found].order))
            found = t;
    }
    return found;
}

static void run(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_alarmed();
    esc_timer timer;
    obey();
    while ((timer = first()) < TIMERS && timers[timer].place <= now) {
        esc_ticks due = timers[timer].due, period = timers[timer].period;
        timers[timer].pending = period > 0;
        if (period > 0) {
            timers[timer].due += period * ((esc_clock_now() - due) / period + 1);
            timers[timer].place = timers[timer].due;
            timers[timer].order = orders++;
        }
        esc_chip_restore(state);
        esc_expire_at(timer, due);
        state = esc_chip_save_and_mask();
#ifndef MISTAKE /* What a callback has asked for comes before the next callback. */
        obey();
#endif
    }
    obey();
    if (first() < TIMERS) esc_clock_alarm(timers[first()].place);
    esc_chip_restore(state);
}

static void boot(void) { esc_chip_enable_overflow(true); }

static const struct esc_semantics semantics = {
    .stop_result = {ESC_STOP_RESULT_NOTHING, "daemon.c, stop: the command was sent"},
};

const struct esc_driver esc_driver = {
    .name = "daemon", .capacity = TIMERS, .max_delay_ticks = 0x7fffffff, .semantics = &semantics,
    .boot = boot, .now = esc_clock_now, .start = start, .start_at = start_at, .stop = stop,
    .active = active, .on_compare = run, .on_overflow = esc_clock_on_overflow,
};
