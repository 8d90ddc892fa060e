/* What each call returns where it is refused, and what the reading calls return when. */
#include <stddef.h>

#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

static esc_handle own;
static unsigned entries;
static void (*act)(esc_handle timer);

static void on_expiry(esc_handle timer, void *user)
{
    (void)user;
    entries++;
    if (act != NULL) {
        act(timer);
    }
}

static const struct esc_config one_shot = { 300, on_expiry, NULL, 0 };
static const struct esc_config periodic = { 300, on_expiry, NULL, ESC_PERIODIC };
static const struct esc_config soft = { 300, on_expiry, NULL, ESC_SOFT };
static const struct esc_config forgotten = { 300, on_expiry, NULL, ESC_AUTO_RELEASE };
static const struct esc_config bad = { 0, on_expiry, NULL, 0 };

static void fresh(const struct esc_config *config)
{
    entries = 0;
    act = NULL;
    esc_host_reset(1);
    esc_init();
    CHECK_EQUAL(esc_timer_init(&own, config), ESC_OK);
}

static bool active(esc_handle timer)
{
    bool is = false;
    CHECK_EQUAL(esc_active(timer, &is), ESC_OK);
    return is;
}

static uint32_t scheduled(esc_handle timer)
{
    uint32_t ticks = 77;
    CHECK_EQUAL(esc_scheduled(timer, &ticks), ESC_OK);
    return ticks;
}

static void after_shutdown(void)
{
    fresh(&one_shot);
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    CHECK_EQUAL(esc_shutdown(own), ESC_REMOVED);
    CHECK_EQUAL(esc_start(own), ESC_TIMER_SHUT_DOWN);
    CHECK_EQUAL(esc_start_at(own, esc_now(), 10), ESC_TIMER_SHUT_DOWN);
    CHECK_EQUAL(esc_reinit(own, &periodic), ESC_TIMER_SHUT_DOWN);
    CHECK_EQUAL(esc_set_period(own, 700), ESC_TIMER_SHUT_DOWN);
    /* Arguments are looked at first, as in TypeScript. */
    CHECK_EQUAL(esc_set_period(own, 0), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_start_at(own, esc_now(), ESC_MAX_DELAY + 1), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_reinit(own, &bad), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_stop(own), ESC_IDLE);
    CHECK_EQUAL(esc_shutdown(own), ESC_IDLE);
}

/** Every call on a stale handle, but esc_deinit(). */
static void on_a_stale_handle(void)
{
    uint32_t ticks = 77;
    uint16_t count = 77;
    bool is = true;
    fresh(&one_shot);
    esc_handle stale = own;
    CHECK_EQUAL(esc_deinit(stale), ESC_OK);
    for (unsigned reused = 0; reused < 2; reused++) {
        CHECK_EQUAL(esc_start(stale), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_start_at(stale, esc_now(), 5), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_stop(stale), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_stop_sync(stale, 10), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_shutdown(stale), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_reinit(stale, &one_shot), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_reinit(stale, &bad), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_set_period(stale, 10), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_remaining(stale, &ticks), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_active(stale, &is), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_overruns(stale, &count), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_take_overruns(stale, &count), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_scheduled(stale, &ticks), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_deinit(stale), ESC_OK);
        CHECK_EQUAL(ticks, 77);
        CHECK_EQUAL(count, 77);
        CHECK_EQUAL(is, true);
        CHECK_EQUAL(esc_timer_init(&own, &one_shot), ESC_OK);
    }
}

static void make_things(esc_handle timer)
{
    esc_handle made = 77;
    (void)timer;
    CHECK_EQUAL(esc_timer_init(&made, &one_shot), ESC_IN_INTERRUPT);
    CHECK_EQUAL(made, 77);
    CHECK_EQUAL(esc_after(&one_shot), ESC_IN_INTERRUPT);
    CHECK_EQUAL(esc_service(), ESC_IN_INTERRUPT);
    CHECK_EQUAL(esc_collect(), ESC_IN_INTERRUPT);
    CHECK_EQUAL(esc_deinit_all(), ESC_IN_INTERRUPT);
    CHECK_EQUAL(esc_close(), ESC_IN_INTERRUPT);
}

static void in_an_interrupt(void)
{
    fresh(&one_shot);
    act = make_things;
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    esc_host_pass(600);
    CHECK_EQUAL(entries, 1);
    CHECK_EQUAL(esc_stop(own), ESC_FIRED);
    CHECK_EQUAL(esc_close(), ESC_OK);
    CHECK_EQUAL(esc_close(), ESC_OK);
    CHECK_EQUAL(esc_collect(), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_deinit_all(), ESC_HAL_CLOSED);
}

static void set_up_own(esc_handle timer)
{
    CHECK(active(timer));
    CHECK_EQUAL(esc_reinit(timer, &periodic), ESC_OK);
    CHECK(!active(timer));
    CHECK_EQUAL(esc_stop(timer), ESC_IN_FLIGHT);
}

static void restart_own(esc_handle timer)
{
    CHECK_EQUAL(esc_stop(timer), ESC_IN_FLIGHT);
    CHECK(!active(timer));
    if (entries == 1) {
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        CHECK(active(timer));
    }
}

static void activity(void)
{
    fresh(&one_shot);
    act = set_up_own;
    CHECK(!active(own));
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    CHECK(active(own));
    esc_host_pass(600);
    CHECK_EQUAL(entries, 1);
    CHECK(!active(own));
    CHECK_EQUAL(esc_stop(own), ESC_IDLE);

    fresh(&one_shot);
    act = restart_own;
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    esc_host_pass(600);
    CHECK_EQUAL(entries, 1);
    CHECK(active(own));
    esc_host_pass(600);
    CHECK_EQUAL(entries, 2);
    CHECK(!active(own));

    fresh(&soft);
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    esc_host_pass(600);
    CHECK(active(own));
    CHECK_EQUAL(esc_service(), 1);
    CHECK(!active(own));
}

static uint32_t seen;

static void look(esc_handle timer)
{
    seen = scheduled(timer);
}

static void schedule(void)
{
    fresh(&periodic);
    act = look;
    CHECK_EQUAL(scheduled(own), 0);
    uint32_t before = esc_now();
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    uint32_t start = scheduled(own);
    CHECK(start - before >= 1 && start - before < 10);
    esc_host_pass(500);
    CHECK_EQUAL(seen, start + 300);
    CHECK_EQUAL(scheduled(own), start + 300);
    uint32_t reference = esc_now();
    CHECK_EQUAL(esc_start_at(own, reference, 1000), ESC_ARMED);
    CHECK_EQUAL(scheduled(own), reference);
}

/** A one-shot that releases itself does so as soon as it is done. */
static void self_released(void)
{
    struct esc_stats stats;
    fresh(&forgotten);
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    CHECK_EQUAL(esc_stop(own), ESC_REMOVED);
    CHECK_EQUAL(esc_stop(own), ESC_STALE_HANDLE);
    esc_stats(&stats);
    CHECK_EQUAL(stats.allocated, 1);
    CHECK_EQUAL(stats.retired, 1);
    CHECK_EQUAL(esc_timer_init(&own, &forgotten), ESC_OK);
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    esc_host_pass(600);
    CHECK_EQUAL(entries, 1);
    CHECK_EQUAL(esc_start(own), ESC_STALE_HANDLE);
    CHECK_EQUAL(esc_collect(), 1);
}

static unsigned collected;

static void release_and_collect(esc_handle timer)
{
    esc_handle made = ESC_NO_TIMER;
    CHECK_EQUAL(esc_deinit(timer), ESC_OK);
    collected = (unsigned)esc_collect();
    for (unsigned index = 1; index < ESC_TIMERS; index++) {
        CHECK_EQUAL(esc_timer_init(&made, &one_shot), ESC_OK);
    }
    CHECK_EQUAL(esc_timer_init(&made, &one_shot), ESC_CAPACITY_EXHAUSTED);
}

/** A slot is not given out while its handler runs. */
static void kept_while_it_runs(void)
{
    fresh(&soft);
    act = release_and_collect;
    collected = 99;
    CHECK_EQUAL(esc_start(own), ESC_ARMED);
    esc_host_pass(600);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(entries, 1);
    CHECK_EQUAL(collected, 0);
    esc_handle made = ESC_NO_TIMER;
    CHECK_EQUAL(esc_timer_init(&made, &one_shot), ESC_OK);
}

void test_results(void)
{
    check_run("STOP-17 start, start_at, reinit and set_period after a shutdown", after_shutdown);
    check_run("REG-04 LIFE-03 every call on a stale handle", on_a_stale_handle);
    check_run("LIFE-12 REG-06 what an interrupt must not do is refused in it", in_an_interrupt);
    check_run("CALL-15 LIFE-01 active, with init, stop and start in its own handler", activity);
    check_run("CALL-03 ARM-05 the scheduled time, in the handler and elsewhere", schedule);
    check_run("REG-01 a one-shot that releases itself does so when it is done", self_released);
    check_run("REG-07 THR-04 a slot is not given out while its handler runs", kept_while_it_runs);
}
