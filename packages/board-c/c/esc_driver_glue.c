/*
 * What stands between the suite and a driver's table, the same for every adapter and every way to run it.
 *
 * A driver of which the table says only start and stop knows less than the contract asks: whether a timer
 * that is not pending has fired, whether its handler is running, for when an expiry was scheduled. All of that
 * follows from the order of calls and expiries, which is noted here. A driver with handles of its own
 * (`make`) is taken at its word.
 *
 * Interrupts may land between any two lines. Each cell is written by a call of the driver's own timer and by
 * its expiry; what a call of the driver decides (is it pending?) is asked of the driver, and notes are set
 * before the call that may be interrupted, never after it.
 *
 * Functions of names with __esc_ have no hooks in WebAssembly: they are no code of the user's.
 */
#include "esc_driver_glue.h"

/* Timers that there is room for; fewer on a chip with little memory. */
#ifndef ESC_DRIVER_TIMERS
#define ESC_DRIVER_TIMERS 255
#endif
#define SLOTS_MAX ESC_DRIVER_TIMERS

struct slot {
    struct esc_spec spec;
    esc_ticks due;
    uint32_t cookie, entries;
    uint8_t running;
    bool live, shut, armed, fired, stopped, exact;
};

static struct slot slots[SLOTS_MAX];
/* The slot whose start has not read the counter yet, and the time that was known before. */
static struct slot *arming;
static esc_ticks arming_from;
/* The compare interrupt was requested by software. */
static bool pended;

static uint32_t __esc_capacity(void) {
    return esc_driver.capacity < SLOTS_MAX ? esc_driver.capacity : SLOTS_MAX;
}

static struct slot *__esc_find(esc_timer timer) {
    return timer < __esc_capacity() && slots[timer].live ? &slots[timer] : NULL;
}

static esc_ticks __esc_period(const struct slot *slot) {
    return slot->spec.periodic ? slot->spec.period_ticks : 0;
}

void __esc_glue_read_counter(uint32_t counter) {
    struct slot *slot = arming;
    uint32_t bits = esc_chip_counter_bits();
    esc_ticks lap = bits >= 32 ? UINT64_C(0x100000000) : UINT64_C(1) << bits;
    if (slot == NULL) return;
    arming = NULL;
    slot->due = arming_from + ((counter - arming_from) & (lap - 1)) + slot->spec.period_ticks;
}

void __esc_glue_boot(void) {
    if (esc_driver.boot != NULL) esc_driver.boot();
}

static esc_result __esc_may_be(const struct esc_spec *spec) {
    if (spec->period_ticks < 1 || spec->period_ticks > esc_driver.max_delay_ticks)
        return ESC_INVALID_ARGUMENT;
    if (spec->periodic && esc_driver.one_shot_only) return ESC_INVALID_ARGUMENT;
    return ESC_OK;
}

static void __esc_set_up(struct slot *slot, const struct esc_spec *spec) {
    slot->spec = *spec;
    slot->armed = slot->fired = slot->exact = false;
    slot->stopped = true;
    slot->due = 0;
}

/* Where the driver has no word in it, the contract has: no timer is made in an interrupt. */
static bool __esc_may_make(void) {
    const struct esc_semantics *semantics = esc_driver.semantics;
    return (semantics != NULL &&
            semantics->making_in_interrupt.is == ESC_MAKING_IN_INTERRUPT_ALLOWED) ||
           !esc_chip_in_interrupt();
}

int64_t __esc_glue_create(uint32_t cookie, const struct esc_spec *spec) {
    esc_result result;
    if (esc_driver.make != NULL) {
        esc_timer handle = 0;
        result = esc_driver.make(cookie, spec, &handle);
        return result < 0 ? result : (int64_t)handle;
    }
    if (!__esc_may_make()) return ESC_IN_INTERRUPT;
    result = __esc_may_be(spec);
    if (result < 0) return result;
    for (uint32_t timer = 0; timer < __esc_capacity(); timer += 1) {
        struct slot *slot = &slots[timer];
        /* A place is not given out while its handler runs. */
        if (slot->live || slot->running > 0) continue;
        slot->live = true;
        slot->shut = false;
        slot->cookie = cookie;
        __esc_set_up(slot, spec);
        result = esc_driver.create == NULL ? ESC_OK : esc_driver.create(timer, spec);
        if (result >= 0) return timer;
        slot->live = false;
        return result;
    }
    return ESC_CAPACITY_EXHAUSTED;
}

/* In its own place, stopped first. */
static esc_result __esc_init(esc_timer timer, const struct esc_spec *spec) {
    esc_result result;
    if (esc_driver.init != NULL) return esc_driver.init(timer, spec);
    result = esc_driver.stop(timer);
    if (result < 0 || esc_driver.create == NULL) return result;
    return esc_driver.create(timer, spec);
}

esc_result __esc_glue_init(esc_timer timer, const struct esc_spec *spec) {
    struct slot *slot;
    esc_result result;
    if (esc_driver.make != NULL) return esc_driver.init(timer, spec);
    slot = __esc_find(timer);
    if (slot == NULL) return ESC_STALE_HANDLE;
    if (slot->shut) return ESC_TIMER_SHUT_DOWN;
    result = __esc_may_be(spec);
    if (result < 0) return result;
    result = __esc_init(timer, spec);
    if (result >= 0) __esc_set_up(slot, spec);
    return result;
}

/* What fired before a start is of no interest after it. Until the driver has armed it, a stop that comes in
 * between still finds that it fired; so it is forgotten only now, where it has not fired again. */
static void __esc_forget_fired(esc_timer timer, struct slot *slot, uint32_t entries_before) {
    uint32_t entries = slot->entries;
    bool pending = esc_driver.active == NULL ? entries == entries_before
                                             : esc_driver.active(timer) > 0;
    if (pending && slot->entries == entries) slot->fired = false;
}

/* Notes first, as the expiry may come before the call returns; a refusal takes them back. */
static esc_result __esc_arm(esc_timer timer, struct slot *slot, bool at, esc_ticks reference,
                            esc_ticks delta) {
    const struct slot before = *slot;
    struct slot *const outer = arming;
    const esc_ticks outer_from = arming_from;
    esc_result result;
    slot->stopped = slot->exact = false;
    slot->armed = true;
    arming = NULL;
    if (at) {
        slot->due = reference + delta;
        result = esc_driver.start_at(timer, reference, delta, __esc_period(slot));
    } else {
        if (esc_driver.scheduled == NULL) {
            arming_from = esc_driver.now();
            arming = slot;
        }
        result = esc_driver.start(timer, slot->spec.period_ticks, __esc_period(slot));
    }
    arming_from = outer_from;
    arming = outer;
    if (result < 0 || result == ESC_MISSED) {
        slot->due = before.due;
        slot->exact = before.exact;
        slot->armed = before.armed;
        slot->stopped = before.stopped;
        return result;
    }
    __esc_forget_fired(timer, slot, before.entries);
    return result == ESC_OK ? ESC_ARMED : result;
}

esc_result __esc_glue_start(esc_timer timer) {
    struct slot *slot;
    if (esc_driver.make != NULL) return esc_driver.start(timer, 0, 0);
    slot = __esc_find(timer);
    if (slot == NULL) return ESC_STALE_HANDLE;
    if (slot->shut) return ESC_TIMER_SHUT_DOWN;
    return __esc_arm(timer, slot, false, 0, 0);
}

esc_result __esc_glue_start_at(esc_timer timer, esc_ticks reference, esc_ticks delta) {
    struct slot *slot;
    if (esc_driver.make != NULL) return esc_driver.start_at(timer, reference, delta, 0);
    slot = __esc_find(timer);
    if (slot == NULL) return ESC_STALE_HANDLE;
    if (slot->shut) return ESC_TIMER_SHUT_DOWN;
    if (delta > esc_driver.max_delay_ticks) return ESC_INVALID_ARGUMENT;
    return __esc_arm(timer, slot, true, reference, delta);
}

typedef esc_result (*stopping)(esc_timer timer, esc_ticks timeout);

static esc_result __esc_plain_stop(esc_timer timer, esc_ticks timeout) {
    (void)timeout;
    return esc_driver.stop(timer);
}

static esc_result __esc_shutdown(esc_timer timer, esc_ticks timeout) {
    (void)timeout;
    return esc_driver.shutdown(timer);
}

/* Adds what the driver does not say: whether the handler runs, and whether it ran. */
static esc_result __esc_stop_by(stopping stop, esc_timer timer, esc_ticks timeout) {
    struct slot *slot = __esc_find(timer);
    esc_result result;
    bool stopped;
    if (slot == NULL) return ESC_STALE_HANDLE;
    stopped = slot->stopped;
    slot->stopped = true;
    result = stop(timer, timeout);
    if (result < 0) {
        slot->stopped = stopped;
        return result;
    }
    slot->armed = false;
    if (result == ESC_REMOVED) slot->fired = false;
    if (result != ESC_REMOVED && result != ESC_IDLE) return result;
    if (slot->running > 0) return ESC_IN_FLIGHT;
    return result == ESC_IDLE && slot->fired ? ESC_FIRED : result;
}

esc_result __esc_glue_stop(esc_timer timer) {
    if (esc_driver.make != NULL) return esc_driver.stop(timer);
    return __esc_stop_by(__esc_plain_stop, timer, 0);
}

esc_result __esc_glue_stop_sync(esc_timer timer, esc_ticks timeout) {
    if (esc_driver.make != NULL) return esc_driver.stop_sync(timer, timeout);
    return __esc_stop_by(esc_driver.stop_sync, timer, timeout);
}

esc_result __esc_glue_shutdown(esc_timer timer) {
    esc_result result;
    if (esc_driver.make != NULL) return esc_driver.shutdown(timer);
    result = __esc_stop_by(__esc_shutdown, timer, 0);
    if (result >= 0) slots[timer].shut = true;
    return result;
}

esc_result __esc_glue_deinit(esc_timer timer) {
    struct slot *slot;
    esc_result result;
    if (esc_driver.make != NULL) return esc_driver.deinit(timer);
    slot = __esc_find(timer);
    if (slot == NULL) return ESC_OK;
    result = esc_driver.deinit == NULL ? esc_driver.stop(timer) : esc_driver.deinit(timer);
    if (result < 0) return result;
    slot->armed = false;
    slot->stopped = true;
    slot->live = false;
    return ESC_OK;
}

esc_result __esc_glue_deinit_all(void) {
    if (esc_driver.make != NULL) return esc_driver.deinit_all();
    if (esc_driver.deinit_all != NULL) {
        esc_result result = esc_driver.deinit_all();
        if (result < 0) return result;
    } else if (esc_chip_in_interrupt()) {
        return ESC_IN_INTERRUPT;
    }
    for (uint32_t timer = 0; timer < __esc_capacity(); timer += 1) {
        if (esc_driver.deinit_all == NULL) {
            esc_result result = __esc_glue_deinit(timer);
            if (result < 0) return result;
        }
        slots[timer].armed = slots[timer].live = false;
        slots[timer].stopped = true;
    }
    return ESC_OK;
}

esc_result __esc_glue_set_period(esc_timer timer, esc_ticks period) {
    struct slot *slot;
    esc_result result;
    bool moves;
    if (esc_driver.make != NULL) return esc_driver.set_period(timer, period);
    slot = __esc_find(timer);
    if (slot == NULL) return ESC_STALE_HANDLE;
    if (slot->shut) return ESC_TIMER_SHUT_DOWN;
    if (period < 1 || period > esc_driver.max_delay_ticks) return ESC_INVALID_ARGUMENT;
    moves = esc_driver.semantics == NULL ||
            esc_driver.semantics->set_period.is == ESC_SET_PERIOD_MOVES;
    if (esc_driver.scheduled == NULL && moves && slot->armed)
        slot->due += period - slot->spec.period_ticks;
    slot->spec.period_ticks = period;
    result = esc_driver.set_period(timer, period);
    return result;
}

int64_t __esc_glue_remaining(esc_timer timer) {
    if (esc_driver.make == NULL && __esc_find(timer) == NULL) return ESC_STALE_HANDLE;
    return esc_driver.remaining(timer);
}

int8_t __esc_glue_active(esc_timer timer) {
    struct slot *slot;
    int8_t active;
    if (esc_driver.make != NULL) return esc_driver.active == NULL ? 0 : esc_driver.active(timer);
    slot = __esc_find(timer);
    if (slot == NULL) return ESC_STALE_HANDLE;
    active = esc_driver.active == NULL ? (int8_t)slot->armed : esc_driver.active(timer);
    return active == 0 && slot->running > 0 && !slot->stopped ? 1 : active;
}

int64_t __esc_glue_take_overruns(esc_timer timer) {
    if (esc_driver.make == NULL && __esc_find(timer) == NULL) return ESC_STALE_HANDLE;
    return esc_driver.take_overruns(timer);
}

static void __esc_expire(esc_timer timer, esc_ticks scheduled, bool given) {
    struct slot *slot;
    if (esc_driver.make != NULL) {
        __esc_host_expire(timer, scheduled);
        return;
    }
    /* A timer that was released may have an expiry under way: the suite judges whether it may. */
    slot = timer < __esc_capacity() ? &slots[timer] : NULL;
    if (slot == NULL) {
        esc_report(ESC_INVALID_ARGUMENT);
        return;
    }
    /* The driver's own deadline; of a delay that esc_start_at_by_delay() worked out, what was asked for. */
    if (slot->exact)
        scheduled = slot->due;
    else if (!given)
        scheduled = esc_driver.scheduled == NULL ? slot->due : esc_driver.scheduled(timer);
    if (slot->spec.periodic) {
        slot->due = scheduled + slot->spec.period_ticks;
    } else {
        slot->armed = false;
        slot->fired = true;
    }
    /* One that was stopped when its expiry was under way already stays stopped in its handler. */
    slot->entries += 1;
    slot->running += 1;
    __esc_host_expire(slot->cookie, scheduled);
    slot->running -= 1;
}

void esc_expire(esc_timer timer) {
    __esc_expire(timer, 0, false);
}

void esc_expire_at(esc_timer timer, esc_ticks scheduled) {
    __esc_expire(timer, scheduled, true);
}

const struct esc_spec *esc_spec_of(esc_timer timer) {
    return &slots[timer].spec;
}

esc_result esc_start_at_by_delay(esc_timer timer, esc_ticks reference, esc_ticks delta_ticks,
                                 esc_ticks period_ticks) {
    struct slot *slot = &slots[timer];
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks due = reference + delta_ticks, now = esc_driver.now();
    esc_result result = ESC_MISSED;
    bool late = due <= now;
    if (!late || !slot->spec.refuse_late) {
        slot->exact = true;
        result = esc_driver.start(timer, late ? 1 : due - now, period_ticks);
    }
    esc_chip_restore(state);
    if (result == ESC_MISSED || result < 0) return result;
    return late ? ESC_LATE : ESC_ARMED;
}

esc_result esc_stop_sync_by_stop(esc_timer timer, esc_ticks timeout_ticks) {
    (void)timeout_ticks;
    return esc_driver.stop(timer);
}

/* A handler's readings of the counter are none of the start that it interrupted. */
static void __esc_interrupt(void (*handler)(void)) {
    struct slot *const outer = arming;
    if (handler == NULL) handler = esc_driver.on_interrupt;
    arming = NULL;
    if (handler != NULL) handler();
    arming = outer;
}

/* A request by software has no flag. */
static void __esc_both(void) {
    bool asked = pended;
    pended = false;
    if (esc_driver.on_overflow != NULL && esc_chip_overflow_pending()) esc_driver.on_overflow();
    if (esc_driver.on_compare != NULL && (asked || esc_chip_compare_pending()))
        esc_driver.on_compare();
}

void __esc_glue_pend_compare(void) {
    pended = true;
}

void __esc_glue_on_compare(void) {
    __esc_interrupt(esc_driver.on_compare);
}

void __esc_glue_on_overflow(void) {
    __esc_interrupt(esc_driver.on_overflow);
}

void __esc_glue_on_interrupt(void) {
    __esc_interrupt(esc_driver.on_interrupt != NULL ? esc_driver.on_interrupt : __esc_both);
}
