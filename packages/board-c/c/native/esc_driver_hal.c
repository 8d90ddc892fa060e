/*
 * A driver's table behind the calls of esc_hal.h, so that the agent of @escapement/firmware judges the driver,
 * in a native program or on a chip. What the driver sees of the chip is in esc_driver_chip.c.
 */
#include "esc_driver_agent.h"

#include <stddef.h>

#include "esc_board.h"

/* What the agent writes down as "not supported". */
#define NOT_SUPPORTED ((esc_result)(ESC_RESULT_INVALID_ARGUMENT - 1 - ESC_RESULT_NOT_SUPPORTED))

/* Twice as many as timers: one that releases itself may still run when the next is made. */
#define ENTRIES (2 * ESC_TIMERS)

/* What the agent wants to have called for a timer. */
struct entry {
    esc_handler handler;
    void *user;
    esc_handle handle;
    uint32_t scheduled;
    /* Until it is released; one that releases itself, until it is no longer active. */
    bool used, releases;
};

static struct entry entries[ENTRIES];
static uint32_t newest;

/* A handle of the agent is never 0, and has 16 bits. */
static esc_timer timer_of(esc_handle handle)
{
    return (esc_timer)handle - 1;
}

static struct entry *entry_of(esc_handle handle)
{
    for (uint32_t back = 0; back < ENTRIES; back++) {
        struct entry *entry = &entries[(newest + ENTRIES - back) % ENTRIES];
        if (entry->handle == handle) {
            return entry;
        }
    }
    return NULL;
}

static struct esc_spec spec_of(const struct esc_config *config)
{
    struct esc_spec spec;
    spec.period_ticks = config->period;
    spec.periodic = (config->flags & ESC_PERIODIC) != 0;
    spec.soft = (config->flags & ESC_SOFT) != 0;
    spec.overrun = (config->flags & ESC_BURST) != 0  ? ESC_OVERRUN_BURST
                   : (config->flags & ESC_SKIP) != 0 ? ESC_OVERRUN_SKIP
                                                     : ESC_OVERRUN_COALESCE;
    spec.refuse_late = (config->flags & ESC_REFUSE_LATE) != 0;
    spec.auto_release = false;
    return spec;
}

void __esc_host_expire(uint32_t cookie, esc_ticks scheduled)
{
    struct entry *entry = &entries[cookie % ENTRIES];
    entry->scheduled = (uint32_t)scheduled;
    entry->handler(entry->handle, entry->user);
}

/* The trace of an agent has no place for them. */
void esc_report(int error)
{
    (void)error;
}

/* The agent's calls. */

void esc_init(void)
{
    __esc_glue_boot();
}

uint32_t esc_now(void)
{
    return (uint32_t)esc_driver.now();
}

/* The entry that has been free for longest: the handler of a released timer may still be under way. */
static uint32_t free_entry(void)
{
    for (uint32_t ahead = 1; ahead <= ENTRIES; ahead++) {
        const struct entry *entry = &entries[(newest + ahead) % ENTRIES];
        if (!entry->used ||
            (entry->releases && __esc_glue_active(timer_of(entry->handle)) <= 0)) {
            return (newest + ahead) % ENTRIES;
        }
    }
    return ENTRIES;
}

static esc_result make(esc_handle *handle, const struct esc_config *config, bool releases)
{
    struct esc_spec spec = spec_of(config);
    const uint32_t at = free_entry();
    int64_t made;
    if (at == ENTRIES) {
        return ESC_CAPACITY_EXHAUSTED;
    }
    if (config->period > esc_driver_max_delay()) {
        return ESC_INVALID_ARGUMENT;
    }
    spec.auto_release = releases;
    entries[at] = (struct entry){ config->handler, config->user, ESC_NO_TIMER, 0, false, releases };
    made = __esc_glue_create(at, &spec);
    if (made < 0 || made >= UINT16_MAX) {
        return made < 0 ? (esc_result)made : (esc_result)ESC_CAPACITY_EXHAUSTED;
    }
    *handle = (esc_handle)(made + 1);
    entries[at].handle = *handle;
    entries[at].used = true;
    newest = at;
    return ESC_OK;
}

esc_result esc_timer_init(esc_handle *timer, const struct esc_config *config)
{
    return make(timer, config, (config->flags & ESC_AUTO_RELEASE) != 0);
}

esc_result esc_after(const struct esc_config *config)
{
    esc_handle handle;
    esc_result result = make(&handle, config, true);
    return result < 0 ? result : esc_start(handle);
}

esc_result esc_reinit(esc_handle timer, const struct esc_config *config)
{
    struct esc_spec spec = spec_of(config);
    esc_result result = ESC_INVALID_ARGUMENT;
    if (config->period <= esc_driver_max_delay()) {
        result = __esc_glue_init(timer_of(timer), &spec);
    }
    return result < 0 ? result : (esc_result)ESC_OK;
}

esc_result esc_start(esc_handle timer)
{
    return __esc_glue_start(timer_of(timer));
}

esc_result esc_start_at(esc_handle timer, uint32_t reference, uint32_t delta)
{
    if (esc_driver.start_at == NULL) {
        return NOT_SUPPORTED;
    }
    esc_ticks now = esc_driver.now();
    esc_ticks ago = (uint32_t)now - reference;
    /* A time before the driver's first tick, or a longer delay than the description says. */
    if (ago > now || delta > esc_driver_max_delay()) {
        return ESC_INVALID_ARGUMENT;
    }
    return __esc_glue_start_at(timer_of(timer), now - ago, delta);
}

esc_result esc_stop(esc_handle timer)
{
    return __esc_glue_stop(timer_of(timer));
}

esc_result esc_stop_sync(esc_handle timer, uint32_t timeout)
{
    if (esc_driver.stop_sync == NULL) {
        return NOT_SUPPORTED;
    }
    return __esc_glue_stop_sync(timer_of(timer), timeout);
}

esc_result esc_shutdown(esc_handle timer)
{
    if (esc_driver.shutdown == NULL) {
        return NOT_SUPPORTED;
    }
    return __esc_glue_shutdown(timer_of(timer));
}

esc_result esc_deinit(esc_handle timer)
{
    esc_result result = __esc_glue_deinit(timer_of(timer));
    struct entry *entry = entry_of(timer);
    if (result == ESC_OK && entry != NULL) {
        entry->used = false;
    }
    return result;
}

esc_result esc_set_period(esc_handle timer, uint32_t period)
{
    if (esc_driver.set_period == NULL) {
        return NOT_SUPPORTED;
    }
    if (period > esc_driver_max_delay()) {
        return ESC_INVALID_ARGUMENT;
    }
    return __esc_glue_set_period(timer_of(timer), period);
}

esc_result esc_remaining(esc_handle timer, uint32_t *ticks)
{
    int64_t left = esc_driver.remaining == NULL ? NOT_SUPPORTED
                                                : __esc_glue_remaining(timer_of(timer));
    if (left < 0) {
        return (esc_result)left;
    }
    *ticks = left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
    return ESC_OK;
}

esc_result esc_active(esc_handle timer, bool *active)
{
    int8_t found = __esc_glue_active(timer_of(timer));
    *active = found > 0;
    return found < 0 ? found : (esc_result)ESC_OK;
}

esc_result esc_take_overruns(esc_handle timer, uint16_t *count)
{
    int64_t found = esc_driver.take_overruns == NULL ? NOT_SUPPORTED
                                                     : __esc_glue_take_overruns(timer_of(timer));
    if (found < 0) {
        return (esc_result)found;
    }
    *count = found > UINT16_MAX ? UINT16_MAX : (uint16_t)found;
    return ESC_OK;
}

esc_result esc_scheduled(esc_handle timer, uint32_t *ticks)
{
    const struct entry *entry = entry_of(timer);
    if (entry == NULL) {
        return ESC_STALE_HANDLE;
    }
    *ticks = entry->scheduled;
    return ESC_OK;
}

int16_t esc_service(void)
{
    int32_t ran = esc_driver.service == NULL ? NOT_SUPPORTED : esc_driver.service();
    return (int16_t)(ran > INT16_MAX ? INT16_MAX : ran);
}

esc_result esc_collect(void)
{
    if (esc_driver.collect == NULL) {
        return NOT_SUPPORTED;
    }
    return esc_driver.collect();
}

esc_result esc_deinit_all(void)
{
    esc_result result = __esc_glue_deinit_all();
    for (uint32_t at = 0; result == ESC_OK && at < ENTRIES; at++) {
        entries[at].used = false;
    }
    return result;
}

void esc_stats(struct esc_stats *stats)
{
    struct esc_counts counts = { 0, 0, 0 };
    if (esc_driver.stats != NULL) {
        esc_driver.stats(&counts);
    }
    *stats = (struct esc_stats){ (uint8_t)counts.allocated, (uint8_t)counts.pending,
                                 (uint8_t)counts.retired, 0 };
}

/* The driver counts its laps by itself; of more than one with interrupts masked nothing is promised. */
void esc_serve_overflow(void)
{
}
