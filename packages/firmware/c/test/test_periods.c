/* PER: periodic timers, what happens to missed periods, and changed periods. */
#include "seen.h"

static void periodic(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 777, ESC_PERIODIC);
    uint64_t call = esc_now_wide();
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(777 * 40 + 100);
    CHECK_EQUAL(seen_a.count, 40);
    uint32_t first = seen_a.scheduled[0];
    CHECK(first - (uint32_t)call >= 777 && first - (uint32_t)call <= 797);
    for (uint32_t index = 0; index < 40; index++) {
        CHECK_EQUAL(seen_a.scheduled[index], first + index * 777);
    }
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
}

static void overrun(uint8_t policy, unsigned calls, unsigned counted, unsigned newest)
{
    seen_fresh();
    uint16_t count = 99;
    esc_handle timer = seen_timer(&seen_a, 300, (uint8_t)(ESC_PERIODIC | policy));
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(150);
    esc_port_state state = esc_port_save_and_mask();
    /* Deadlines 300, 600 … 1500 pass; on the narrow counter the laps are served by hand. */
    for (unsigned index = 0; index < 14; index++) {
        esc_host_pass(100);
        esc_serve_overflow();
    }
    esc_port_restore(state);
    /* One call a pass, so that the thread gets its turns between those of a burst. */
    esc_host_pass(140);
    CHECK_EQUAL(seen_a.count, calls);
    CHECK_EQUAL(seen_a.scheduled[calls - 1] - seen_a.scheduled[0], newest);
    esc_host.access_ticks = 0;
    for (unsigned look = 0; look < 2; look++) {
        CHECK_EQUAL(esc_overruns(timer, &count), ESC_OK);
        CHECK_EQUAL(count, counted);
    }
    CHECK_EQUAL(esc_take_overruns(timer, &count), ESC_OK);
    CHECK_EQUAL(count, counted);
    CHECK_EQUAL(esc_overruns(timer, &count), ESC_OK);
    CHECK_EQUAL(count, 0);
    esc_host.access_ticks = 1;
    esc_host_pass(300);
    CHECK_EQUAL(seen_a.count, calls + 1);
}

static void coalesce(void)
{
    overrun(0, 1, 4, 0);
}

static void burst(void)
{
    overrun(ESC_BURST, 5, 0, 1200);
}

static void skip(void)
{
    overrun(ESC_SKIP, 1, 0, 0);
}

static void saturates(void)
{
    seen_fresh();
    uint16_t count = 0;
    esc_handle timer = seen_timer(&seen_a, 1, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_port_state state = esc_port_save_and_mask();
    for (unsigned index = 0; index < 1500; index++) {
        esc_host_pass(100);
        esc_serve_overflow();
    }
    esc_port_restore(state);
    CHECK_EQUAL(esc_overruns(timer, &count), ESC_OK);
    CHECK_EQUAL(count, 65535);
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
}

static void new_period(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 2000, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    uint32_t left = 0;
    CHECK_EQUAL(esc_remaining(timer, &left), ESC_OK);
    CHECK(left <= 2001 && left > 1900);
    esc_host_pass(500);
    CHECK_EQUAL(esc_set_period(timer, 900), ESC_OK);
    esc_host_pass(450);
    CHECK_EQUAL(seen_a.count, 1);
    CHECK_EQUAL(esc_set_period(timer, 300), ESC_OK);
    esc_host_pass(600);
    CHECK_EQUAL(seen_a.count, 3);
    CHECK_EQUAL(seen_a.scheduled[1], seen_a.scheduled[0] + 300);
}

void test_periods(void)
{
    check_run("PER-01 PER-02 periodic without drift", periodic);
    check_run("PER-04 PER-09 coalesce", coalesce);
    check_run("PER-05 burst", burst);
    check_run("PER-08 skip", skip);
    check_run("PER-16 overruns saturate at 65535", saturates);
    check_run("PER-06 ARM-24 a new period", new_period);
}
