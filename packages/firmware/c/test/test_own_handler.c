/* STOP, REG, CALL: what a handler does to its own timer. */
#include "seen.h"

static void stop_own(esc_handle timer, struct seen *seen)
{
    seen->result = esc_stop(timer);
}

static void shut_own(esc_handle timer, struct seen *seen)
{
    seen->result = esc_shutdown(timer);
}

static void restart_own(esc_handle timer, struct seen *seen)
{
    if (seen->count < 3) {
        seen->result = esc_start(timer);
    }
}

static void churn_own(esc_handle timer, struct seen *seen)
{
    (void)esc_stop(timer);
    (void)esc_start(timer);
    seen->result = esc_stop(timer);
}

static void release_own(esc_handle timer, struct seen *seen)
{
    struct esc_stats stats;
    seen->result = esc_deinit(timer);
    esc_stats(&stats);
    CHECK_EQUAL(stats.allocated, 1);
    CHECK_EQUAL(stats.retired, 1);
}

static void own_handler(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 400, ESC_PERIODIC);
    seen_a.act = stop_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(seen_a.count, 1);
    CHECK_EQUAL(seen_a.result, ESC_IN_FLIGHT);
    CHECK_EQUAL(esc_stop(timer), ESC_IDLE);

    seen_fresh();
    timer = seen_timer(&seen_a, 400, 0);
    seen_a.act = restart_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(seen_a.count, 3);

    seen_fresh();
    timer = seen_timer(&seen_a, 400, ESC_PERIODIC);
    seen_a.act = churn_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(seen_a.count, 1);
    CHECK_EQUAL(seen_a.result, ESC_IN_FLIGHT);

    seen_fresh();
    timer = seen_timer(&seen_a, 400, ESC_PERIODIC);
    seen_a.act = shut_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(seen_a.count, 1);
    CHECK_EQUAL(esc_start(timer), ESC_TIMER_SHUT_DOWN);
    const struct esc_config config = { 10, seen_expiry, &seen_a, 0 };
    CHECK_EQUAL(esc_reinit(timer, &config), ESC_TIMER_SHUT_DOWN);
    CHECK_EQUAL(esc_deinit(timer), ESC_OK);

    seen_fresh();
    timer = seen_timer(&seen_a, 400, ESC_PERIODIC);
    seen_a.act = release_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(seen_a.count, 1);
    CHECK_EQUAL(esc_start(timer), ESC_STALE_HANDLE);
    CHECK_EQUAL(esc_collect(), 1);
}

static void start_at_once(esc_handle timer, struct seen *seen)
{
    if (seen->count < 1000) {
        (void)esc_start_at(timer, esc_now(), 0);
    }
}

static void no_live_lock(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 100, 0);
    seen_a.act = start_at_once;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_handle sibling = seen_timer(&seen_b, 150, 0);
    CHECK_EQUAL(esc_start(sibling), ESC_ARMED);
    esc_host_pass(20);
    uint32_t turns = 0;
    while (seen_a.count < 1000 && turns < 100000) {
        esc_host_pass(1);
        turns++;
    }
    CHECK_EQUAL(seen_a.count, 1000);
    CHECK_EQUAL(seen_b.count, 1);
    CHECK(turns > 500);
}

void test_own_handler(void)
{
    check_run("STOP-04 STOP-05 STOP-10 STOP-17 STOP-18 REG-06 REG-07 CALL-07 in its own handler",
              own_handler);
    check_run("CALL-12 a handler that starts itself at once leaves the thread turns", no_live_lock);
}
