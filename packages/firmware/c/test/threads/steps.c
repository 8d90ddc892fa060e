/* The steps, the handlers, and what has to hold of them. */
#include "steps.h"

#include <stddef.h>
#include <stdio.h>

#include "esc_hal.h"
#include "esc_port.h"

#define PATIENCE_TICKS UINT32_C(0x40000000)

#if ESC_TIMERS < THREADS * OWNED + 2
#error "Too few timers."
#endif

/** What a handler does besides counting. */
enum kind { PLAIN, RESTARTS, RELEASES, SOFT_PLAIN, PERIODIC_PLAIN, KINDS };

/** A timer that one thread owns. The handler runs in another. */
struct subject {
    esc_handle handle;
    enum kind kind;
    bool made;
    bool armed;
    unsigned entered;
    unsigned exited;
    /** `entered` when its owner last knew that nothing was to come. */
    unsigned at_rest;
};

unsigned violations;
unsigned handlers;
unsigned met_in_flight;

static struct subject subjects[THREADS + 1][OWNED];
static esc_handle common;
static unsigned hard_now;
static unsigned soft_now;
static uint32_t newest;
/** The handle of the timer that has a slot, or 0. */
static unsigned holders[32];

static unsigned get(unsigned *cell)
{
    return __atomic_load_n(cell, __ATOMIC_SEQ_CST);
}

static void add(unsigned *cell, unsigned more)
{
    (void)__atomic_add_fetch(cell, more, __ATOMIC_SEQ_CST);
}

void check(bool holds, const char *what, long value)
{
    if (!holds && __atomic_fetch_add(&violations, 1u, __ATOMIC_SEQ_CST) < 10) {
        (void)printf("violation in thread %u: %s (%ld)\n", esc_pthread_self, what, value);
    }
}

/* ---- Handlers -------------------------------------------------------------------------------- */

static void begin_handler(bool is_soft)
{
    unsigned *now = is_soft ? &soft_now : &hard_now;
    check(__atomic_fetch_add(now, 1u, __ATOMIC_SEQ_CST) == 0,
          "THR-07: two handlers of a kind at once", is_soft);
    add(&handlers, 1);
    if (is_soft) {
        check(esc_service() == ESC_REENTRANT_SERVICE, "THR-03: service in a callback", 0);
    }
}

static void end_handler(bool is_soft)
{
    add(is_soft ? &soft_now : &hard_now, UINT32_MAX);
}

/** Before a timer is released: its slot may be another's right after. */
static void give_up(esc_handle timer)
{
    unsigned holder = timer;
    (void)__atomic_compare_exchange_n(&holders[timer & 31u], &holder, 0u, false, __ATOMIC_SEQ_CST,
                                      __ATOMIC_SEQ_CST);
}

static void on_expiry(esc_handle timer, void *user)
{
    struct subject *subject = user;
    bool is_soft = !esc_port_in_interrupt();
    begin_handler(is_soft);
    unsigned before = get(&subject->entered);
    add(&subject->entered, 1);
    check(__atomic_load_n(&subject->handle, __ATOMIC_SEQ_CST) == timer, "REG-05: another timer", timer);
    if (subject->kind == RESTARTS && before % 3 != 2) {
        (void)esc_start(timer);
    } else if (subject->kind == RELEASES) {
        give_up(timer);
        (void)esc_deinit(timer);
    }
    for (unsigned turn = 0; turn < before % 4; turn++) {
        esc_port_relax();
    }
    add(&subject->exited, 1);
    end_handler(is_soft);
}

static void on_common(esc_handle timer, void *user)
{
    (void)timer;
    (void)user;
    begin_handler(false);
    end_handler(false);
}

/* ---- Steps of a thread ----------------------------------------------------------------------- */

uint32_t draw(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static void make(struct subject *subject, uint32_t *state)
{
    static const uint8_t flags[KINDS] = { 0, 0, 0, ESC_SOFT, ESC_PERIODIC };
    subject->kind = (enum kind)draw(state, KINDS);
    esc_handle handle = ESC_NO_TIMER;
    const struct esc_config config = { 20 + draw(state, 300), on_expiry, subject,
                                       flags[subject->kind] };
    esc_result made = esc_timer_init(&handle, &config);
    check(made == ESC_OK, "REG: a timer could not be made", made);
    if (made != ESC_OK) {
        return;
    }
    unsigned before = __atomic_exchange_n(&holders[handle & 31u], handle, __ATOMIC_SEQ_CST);
    check(before == 0, "THR-02: a slot was given out twice", handle & 31);
    __atomic_store_n(&subject->handle, handle, __ATOMIC_SEQ_CST);
    subject->at_rest = get(&subject->entered);
    subject->made = true;
    subject->armed = false;
}

/** After a call that says that nothing runs and nothing comes. */
static void check_rest(struct subject *subject, esc_result result)
{
    bool is_active = false;
    check(get(&subject->entered) == get(&subject->exited), "THR-06: its handler is running", result);
    esc_result asked = esc_active(subject->handle, &is_active);
    check(asked == ESC_OK || subject->kind == RELEASES, "REG: the handle is stale", asked);
    check(!is_active, "THR-06: it is active", result);
    subject->at_rest = get(&subject->entered);
    subject->armed = false;
}

static void stop_and_wait(struct subject *subject)
{
    esc_result result = esc_stop_sync(subject->handle, PATIENCE_TICKS);
    check(result == ESC_REMOVED || result == ESC_FIRED || result == ESC_IDLE ||
              (result == ESC_STALE_HANDLE && subject->kind == RELEASES),
          "THR-06: stop_sync returns", result);
    check_rest(subject, result);
}

static void stop(struct subject *subject)
{
    esc_result result = esc_stop(subject->handle);
    if (result == ESC_REMOVED && (subject->kind == PLAIN || subject->kind == SOFT_PLAIN)) {
        check(get(&subject->entered) == subject->at_rest, "THR-05: removed, and it ran", 0);
        check_rest(subject, result);
    } else if (result == ESC_FIRED && (subject->kind == PLAIN || subject->kind == SOFT_PLAIN)) {
        check(get(&subject->entered) == subject->at_rest + subject->armed, "THR-05: fired", 0);
        check_rest(subject, result);
    } else {
        add(&met_in_flight, result == ESC_IN_FLIGHT);
        check(result != ESC_IDLE || !subject->armed || subject->kind == PERIODIC_PLAIN,
              "THR-05: idle, and it was started", subject->kind);
        stop_and_wait(subject);
    }
}

static void start(struct subject *subject)
{
    if (!subject->armed) {
        check(get(&subject->entered) == subject->at_rest, "STOP-01: it ran after it was stopped",
              subject->kind);
    }
    stop_and_wait(subject);
    esc_result result = esc_start(subject->handle);
    check(result == ESC_ARMED || (result == ESC_STALE_HANDLE && subject->kind == RELEASES),
          "ARM: start returns", result);
    subject->armed = result == ESC_ARMED;
}

/** Half of the time its handler may still be in flight: its slot is kept for that, and it can be
 * waited for. */
static void release(struct subject *subject, uint32_t *state)
{
    if (draw(state, 2) == 0) {
        stop_and_wait(subject);
    }
    give_up(subject->handle);
    check(esc_deinit(subject->handle) == ESC_OK, "LIFE-03: deinit", 0);
    check(esc_stop(subject->handle) == ESC_STALE_HANDLE, "REG-04: stop after deinit", 0);
    esc_result result = esc_stop_sync(subject->handle, PATIENCE_TICKS);
    check(result == ESC_FIRED || result == ESC_STALE_HANDLE, "THR-06: after deinit", result);
    check(get(&subject->entered) == get(&subject->exited), "THR-06: it runs after the wait", result);
    subject->made = false;
}

static void look_at_the_time(void)
{
    uint32_t before = __atomic_load_n(&newest, __ATOMIC_SEQ_CST);
    uint32_t now = esc_now();
    check((int32_t)(now - before) >= 0, "READ-03: time went back", (long)(before - now));
    while ((int32_t)(now - before) > 0 &&
           !__atomic_compare_exchange_n(&newest, &before, now, false, __ATOMIC_SEQ_CST,
                                        __ATOMIC_SEQ_CST)) {
    }
}

static void step_on_common(uint32_t *state)
{
    esc_handle timer = common;
    esc_result result = ESC_OK;
    switch (draw(state, 4)) {
    case 0:
        result = esc_start(timer);
        break;
    case 1:
        result = esc_stop(timer);
        break;
    case 2:
        result = esc_stop_sync(timer, 500);
        break;
    default:
        result = esc_set_period(timer, 20 + draw(state, 200));
        break;
    }
    check(result >= 0, "a call on a common timer returns", result);
}

void make_common(void)
{
    const struct esc_config config = { 100, on_common, NULL, ESC_PERIODIC };
    check(esc_timer_init(&common, &config) == ESC_OK, "REG: the common timer", 0);
}

void step(uint32_t *state)
{
    struct subject *subject = &subjects[esc_pthread_self][draw(state, OWNED)];
    uint32_t choice = draw(state, 16);
    if (choice == 0) {
        check(esc_service() >= 0, "THR-03: service from a second thread", 0);
    } else if (choice == 1) {
        check(esc_collect() >= 0, "REG: collect", 0);
    } else if (choice == 2) {
        step_on_common(state);
    } else if (choice == 3) {
        look_at_the_time();
    } else if (!subject->made) {
        make(subject, state);
    } else if (choice < 9) {
        start(subject);
    } else if (choice < 12) {
        stop(subject);
    } else if (choice < 14) {
        stop_and_wait(subject);
    } else {
        release(subject, state);
    }
}
