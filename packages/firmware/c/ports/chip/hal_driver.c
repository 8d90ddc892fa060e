/* The HAL as a driver of the suite: the table of esc_driver.h over esc_hal.h. */
#include "esc_hal.h"

#include "esc_driver.h"

/** The full time whose low 32 bits are these, the one that is nearest to now. */
static esc_ticks widened(uint32_t low)
{
    esc_ticks now = esc_now_wide();
    return now - (esc_ticks)(int64_t)(int32_t)((uint32_t)now - low);
}

/* What is judged is the reading that programs use most: the one of 32 bits. */
static esc_ticks now(void)
{
    return widened(esc_now());
}

static void on_expiry(esc_handle timer, void *user)
{
    uint32_t scheduled = 0;
    (void)esc_scheduled(timer, &scheduled);
    esc_expire_at((esc_timer)(uintptr_t)user, widened(scheduled));
}

static struct esc_config config_of(uint32_t cookie, const struct esc_spec *spec)
{
    uint8_t flags = 0;
    if (spec->periodic) {
        flags |= ESC_PERIODIC;
    }
    if (spec->soft) {
        flags |= ESC_SOFT;
    }
    if (spec->overrun == ESC_OVERRUN_BURST) {
        flags |= ESC_BURST;
    } else if (spec->overrun == ESC_OVERRUN_SKIP) {
        flags |= ESC_SKIP;
    }
    if (spec->refuse_late) {
        flags |= ESC_REFUSE_LATE;
    }
    if (spec->auto_release) {
        flags |= ESC_AUTO_RELEASE;
    }
    /* A period beyond 32 bits is beyond the longest, and refused as that. */
    uint32_t period = spec->period_ticks > UINT32_MAX ? UINT32_MAX : (uint32_t)spec->period_ticks;
    struct esc_config config = { period, on_expiry, (void *)(uintptr_t)cookie, flags };
    return config;
}

/* The cookies of the handles that were given out, by slot: what `init` does not say again. */
static uint32_t cookies[ESC_TIMERS];

static esc_result make(uint32_t cookie, const struct esc_spec *spec, esc_timer *timer)
{
    struct esc_config config = config_of(cookie, spec);
    esc_handle handle = ESC_NO_TIMER;
    esc_result result = esc_timer_init(&handle, &config);
    if (result == ESC_OK) {
        cookies[handle & 31] = cookie;
    }
    *timer = handle;
    return result;
}

static esc_result init(esc_timer timer, const struct esc_spec *spec)
{
    struct esc_config config = config_of(cookies[timer & 31], spec);
    return esc_reinit((esc_handle)timer, &config);
}

static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period)
{
    (void)delay;
    (void)period;
    return esc_start((esc_handle)timer);
}

static esc_result start_at(esc_timer timer, esc_ticks reference, esc_ticks delta, esc_ticks period)
{
    (void)period;
    /* A reference below 0 is no time; the HAL knows the low 32 bits alone, so it is given a delta that is none. */
    bool is_time = reference <= INT64_MAX && delta <= UINT32_MAX;
    uint32_t ticks = is_time ? (uint32_t)delta : UINT32_MAX;
    return esc_start_at((esc_handle)timer, (uint32_t)reference, ticks);
}

static esc_result stop(esc_timer timer)
{
    return esc_stop((esc_handle)timer);
}

static esc_result stop_sync(esc_timer timer, esc_ticks timeout)
{
    return esc_stop_sync((esc_handle)timer, timeout > UINT32_MAX ? UINT32_MAX : (uint32_t)timeout);
}

static esc_result shut_down(esc_timer timer)
{
    return esc_shutdown((esc_handle)timer);
}

static esc_result deinit(esc_timer timer)
{
    return esc_deinit((esc_handle)timer);
}

static esc_result set_period(esc_timer timer, esc_ticks period)
{
    return esc_set_period((esc_handle)timer, period > UINT32_MAX ? UINT32_MAX : (uint32_t)period);
}

static int64_t remaining(esc_timer timer)
{
    uint32_t ticks = 0;
    esc_result result = esc_remaining((esc_handle)timer, &ticks);
    return result < 0 ? result : (int64_t)ticks;
}

static int8_t active(esc_timer timer)
{
    bool is_active = false;
    esc_result result = esc_active((esc_handle)timer, &is_active);
    return result < 0 ? result : (int8_t)is_active;
}

static int64_t take_overruns(esc_timer timer)
{
    uint16_t count = 0;
    esc_result result = esc_take_overruns((esc_handle)timer, &count);
    return result < 0 ? result : (int64_t)count;
}

static int32_t service(void)
{
    return esc_service();
}

static esc_result collect(void)
{
    return esc_collect();
}

static void stats(struct esc_counts *counts)
{
    struct esc_stats now;
    esc_stats(&now);
    counts->allocated = now.allocated;
    counts->pending = now.pending;
    counts->retired = now.retired;
}

static void boot(void)
{
    esc_init();
    esc_chip_enable_overflow(true);
}

const struct esc_driver esc_driver = {
    .name = "esc_hal",
    .capacity = ESC_TIMERS,
    .max_delay_ticks = ESC_MAX_DELAY,
    .generations = true,
    .boot = boot,
    .now = now,
    .make = make,
    .init = init,
    .start = start,
    .start_at = start_at,
    .stop = stop,
    .stop_sync = stop_sync,
    .shutdown = shut_down,
    .deinit = deinit,
    .deinit_all = esc_deinit_all,
    .set_period = set_period,
    .remaining = remaining,
    .active = active,
    .take_overruns = take_overruns,
    .service = service,
    .collect = collect,
    .stats = stats,
    .on_compare = esc_on_compare,
    .on_overflow = esc_on_overflow,
    .on_interrupt = esc_on_interrupt,
};
