/* ARM, STOP, LIFE: when a start fires, what a delay may be, how the compare follows the queue. */
#include "seen.h"

static void one_shot(void)
{
    for (uint32_t delay = 1; delay <= 600; delay++) {
        seen_fresh();
        esc_handle timer = seen_timer(&seen_a, delay, 0);
        check_context("(delay %u)", (unsigned)delay);
        CHECK_EQUAL(esc_stop(timer), ESC_IDLE);
        uint64_t call = esc_now_wide();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(delay + 200);
        CHECK_EQUAL(seen_a.count, 1);
        CHECK(seen_a.at[0] >= call + delay && seen_a.at[0] <= call + delay + 120);
        CHECK_EQUAL(seen_a.level, 1);
        CHECK_EQUAL(esc_stop(timer), ESC_FIRED);
        esc_port_state state = esc_port_save_and_mask();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(delay % 97);
        CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
        esc_port_restore(state);
        CHECK_EQUAL(esc_stop(timer), ESC_IDLE);
        esc_host_pass(delay + 200);
        CHECK_EQUAL(seen_a.count, 1);
    }
}

/** The tick that runs at the call is partly over, so the delay begins with the next. */
static void whole_ticks(void)
{
    for (uint32_t delay = 1; delay <= 50; delay++) {
        seen_fresh();
        esc_handle timer = seen_timer(&seen_a, delay, 0);
        esc_host.access_ticks = 0;
        uint32_t call = esc_now();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(delay + 50);
        check_context("(delay %u)", (unsigned)delay);
        CHECK_EQUAL(seen_a.count, 1);
        CHECK_EQUAL(seen_a.scheduled[0], call + 1 + delay);
        CHECK((uint32_t)seen_a.at[0] > call + delay);
    }
}

/** Accesses so slow that the least delta is over before the compare is written. */
static void slow_chip(void)
{
    for (uint8_t cost = 1; cost <= 12; cost++) {
        for (uint32_t delay = 1; delay <= 100; delay++) {
            seen_fresh();
            esc_handle timer = seen_timer(&seen_a, delay, 0);
            esc_host.access_ticks = cost;
            CHECK_EQUAL(esc_start(timer), ESC_ARMED);
            esc_host_pass(delay + 20u * cost);
            check_context("(delay %u, %u ticks an access)", (unsigned)delay, cost);
            CHECK_EQUAL(seen_a.count, 1);
        }
    }
}

static void long_delays(void)
{
    const uint64_t delays[] = { LAP - 1, LAP, LAP + 1, 3 * LAP / 4, 3 * LAP / 4 + 1, 5 * LAP };
    for (size_t index = 0; index < sizeof delays / sizeof delays[0]; index++) {
        if (delays[index] > ESC_MAX_DELAY) {
            continue;
        }
        seen_fresh();
        uint32_t delay = (uint32_t)delays[index];
        esc_handle timer = seen_timer(&seen_a, delay, 0);
        uint64_t call = esc_now_wide();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        check_context("(delay %u)", (unsigned)delay);
        esc_host_pass(delay - 40);
        CHECK_EQUAL(seen_a.count, 0);
        esc_host_pass(200);
        CHECK_EQUAL(seen_a.count, 1);
        CHECK(seen_a.at[0] >= call + delay);
    }
}

static void references(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 10, 0);
    esc_host_pass(1000);
    uint32_t now = esc_now();
    CHECK_EQUAL(esc_start_at(timer, now - 300, 500), ESC_ARMED);
    esc_host_pass(400);
    CHECK_EQUAL(seen_a.count, 1);
    CHECK_EQUAL(seen_a.scheduled[0], now + 200);
    CHECK_EQUAL(esc_start_at(timer, now, 10), ESC_LATE);
    esc_host_pass(100);
    CHECK_EQUAL(seen_a.count, 2);
    CHECK_EQUAL(esc_start_at(timer, esc_now() + 1000, 10), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_start_at(timer, now, ESC_MAX_DELAY + 1), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_start_at(timer, now - 5000, ESC_MAX_DELAY), ESC_ARMED);
    const struct esc_config refusing = { 10, seen_expiry, &seen_a, ESC_REFUSE_LATE };
    CHECK_EQUAL(esc_reinit(timer, &refusing), ESC_OK);
    CHECK_EQUAL(esc_start_at(timer, esc_now(), 300), ESC_ARMED);
    CHECK_EQUAL(esc_start_at(timer, now, 10), ESC_MISSED);
    esc_host_pass(400);
    CHECK_EQUAL(seen_a.count, 3);
}

static void bad_arguments(void)
{
    seen_fresh();
    esc_handle timer = 77;
    const struct esc_config bad[] = {
        { 0, seen_expiry, &seen_a, 0 },
        { ESC_MAX_DELAY + 1, seen_expiry, &seen_a, 0 },
        { 10, NULL, &seen_a, 0 },
        { 10, seen_expiry, &seen_a, ESC_BURST | ESC_SKIP },
        { 10, seen_expiry, &seen_a, ESC_PERIODIC | ESC_AUTO_RELEASE },
    };
    esc_handle running = seen_timer(&seen_b, 500, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(running), ESC_ARMED);
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        CHECK_EQUAL(esc_timer_init(&timer, &bad[index]), ESC_INVALID_ARGUMENT);
        CHECK_EQUAL(esc_reinit(running, &bad[index]), ESC_INVALID_ARGUMENT);
    }
    CHECK_EQUAL(timer, 77);
    CHECK_EQUAL(esc_set_period(running, 0), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_set_period(running, ESC_MAX_DELAY + 1), ESC_INVALID_ARGUMENT);
    esc_host_pass(600);
    CHECK_EQUAL(seen_b.count, 1);
}

static void order(void)
{
    static struct seen all[ESC_TIMERS];
    seen_fresh();
    esc_handle timers[ESC_TIMERS];
    uint32_t now = esc_now();
    for (unsigned index = 0; index < ESC_TIMERS; index++) {
        all[index] = (struct seen){ 0 };
        timers[index] = seen_timer(&all[index], 10, 0);
        CHECK_EQUAL(esc_start_at(timers[index], now, 3000), ESC_ARMED);
    }
    esc_handle extra;
    const struct esc_config config = { 10, seen_expiry, &seen_a, 0 };
    CHECK_EQUAL(esc_timer_init(&extra, &config), ESC_CAPACITY_EXHAUSTED);
    esc_host_pass(6000);
    for (unsigned index = 1; index < ESC_TIMERS; index++) {
        CHECK_EQUAL(all[index].count, 1);
        CHECK(all[index].at[0] > all[index - 1].at[0]);
    }
}

static void head_moves(void)
{
    seen_fresh();
    esc_handle early = seen_timer(&seen_a, 200, 0);
    esc_handle late = seen_timer(&seen_b, 400, 0);
    CHECK_EQUAL(esc_start(late), ESC_ARMED);
    CHECK_EQUAL(esc_start(early), ESC_ARMED);
    CHECK_EQUAL(esc_stop(early), ESC_REMOVED);
    esc_host_pass(700);
    CHECK_EQUAL(seen_a.count, 0);
    CHECK_EQUAL(seen_b.count, 1);
    CHECK((uint32_t)seen_b.at[0] - seen_b.scheduled[0] < 60);
    CHECK_EQUAL(esc_host.compare_enabled, false);
    bool active = true;
    CHECK_EQUAL(esc_active(late, &active), ESC_OK);
    CHECK_EQUAL(active, false);
}

void test_arming(void)
{
    check_run("ARM-01 ARM-02 STOP-02 STOP-03 STOP-08 STOP-22 one-shots of 1 to 600 ticks",
              one_shot);
    check_run("ARM-02 a delay begins with the first whole tick", whole_ticks);
    check_run("ARM-16 ARM-17 a compare written too late is noticed", slow_chip);
    check_run("ARM-09 ARM-10 delays around and beyond a lap", long_delays);
    check_run("ARM-05 ARM-06 ARM-07 ARM-26 starting at (reference, delta)", references);
    check_run("ARM-22 ARM-23 LIFE-05 bad arguments change nothing", bad_arguments);
    check_run("ARM-14 REG-03 equal deadlines fire in the order of arming", order);
    check_run("ARM-13 ARM-25 CALL-15 a stopped head re-programs, an empty queue disarms",
              head_moves);
}
