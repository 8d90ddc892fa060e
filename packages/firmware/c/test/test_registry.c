/* REG, LIFE: slots come back, handles go stale, everything ends. */
#include "seen.h"

static void forgotten(void)
{
    seen_fresh();
    const struct esc_config config = { 50, seen_expiry, &seen_a, 0 };
    struct esc_stats stats;
    for (unsigned index = 0; index < 10000; index++) {
        CHECK_EQUAL(esc_after(&config), ESC_ARMED);
        esc_host_pass(200);
    }
    CHECK_EQUAL(seen_a.count, 10000);
    CHECK_EQUAL(esc_collect(), 1);
    esc_stats(&stats);
    CHECK_EQUAL(stats.allocated, 0);
}

static void generations(void)
{
    seen_fresh();
    esc_handle first = seen_timer(&seen_a, 100, 0);
    CHECK_EQUAL(esc_deinit(first), ESC_OK);
    CHECK_EQUAL(esc_deinit(first), ESC_OK);
    for (unsigned index = 0; index < 5000; index++) {
        esc_handle next = seen_timer(&seen_a, 100, 0);
        check_context("(generation %u)", index);
        CHECK(next != ESC_NO_TIMER && next != first);
        CHECK_EQUAL(esc_start(next), ESC_ARMED);
        CHECK_EQUAL(esc_stop(first), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_deinit(next), ESC_OK);
        first = next;
    }
    CHECK_EQUAL(esc_start(ESC_NO_TIMER), ESC_STALE_HANDLE);
    CHECK_EQUAL(esc_start(31), ESC_STALE_HANDLE);
    CHECK_EQUAL(esc_start(0xffff), ESC_STALE_HANDLE);
}

static void closing(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 100, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    CHECK_EQUAL(esc_deinit_all(), ESC_OK);
    esc_host_pass(1000);
    CHECK_EQUAL(seen_a.count, 0);
    timer = seen_timer(&seen_a, 100, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_close();
    esc_host_pass(1000);
    CHECK_EQUAL(seen_a.count, 0);
    const struct esc_config config = { 50, seen_expiry, &seen_a, 0 };
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_after(&config), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_start(timer), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_deinit(timer), ESC_OK);
    CHECK_EQUAL(esc_service(), ESC_HAL_CLOSED);
}

void test_registry(void)
{
    check_run("REG-01 REG-02 ten thousand forgotten one-shots", forgotten);
    check_run("REG-04 REG-12 LIFE-03 stale handles through generation wraps", generations);
    check_run("LIFE-04 LIFE-12 deinit_all and close", closing);
}
