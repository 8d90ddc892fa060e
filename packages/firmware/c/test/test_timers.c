/* ARM, STOP, REG, PER, CALL, LIFE: what each call promises, one at a time. */
#include <stddef.h>

#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

#define LAP (UINT64_C(1) << ESC_PORT_COUNTER_BITS)

/** What a handler saw, and what it is to do. */
struct seen {
    unsigned count;
    uint64_t at[64];
    uint32_t scheduled[64];
    uint8_t level;
    esc_result answer;
    void (*act)(esc_handle timer, struct seen *seen);
};

static struct seen a;
static struct seen b;

static void on_expiry(esc_handle timer, void *user)
{
    struct seen *seen = user;
    if (seen->count < 64) {
        seen->at[seen->count] = esc_now_wide();
        (void)esc_scheduled(timer, &seen->scheduled[seen->count]);
    }
    seen->count++;
    seen->level = esc_host.level;
    if (seen->act != NULL) {
        seen->act(timer, seen);
    }
}

static esc_handle make(struct seen *seen, uint32_t period, uint8_t flags)
{
    const struct esc_config config = { period, on_expiry, seen, flags };
    esc_handle timer = ESC_NO_TIMER;
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_OK);
    return timer;
}

static void fresh(void)
{
    a = (struct seen){ 0 };
    b = (struct seen){ 0 };
    esc_host_reset(1);
    esc_init();
}

static void one_shot(void)
{
    for (uint32_t delay = 1; delay <= 600; delay++) {
        fresh();
        esc_handle timer = make(&a, delay, 0);
        check_context("(delay %u)", (unsigned)delay);
        CHECK_EQUAL(esc_stop(timer), ESC_IDLE);
        uint64_t call = esc_now_wide();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(delay + 200);
        CHECK_EQUAL(a.count, 1);
        CHECK(a.at[0] >= call + delay && a.at[0] <= call + delay + 120);
        CHECK_EQUAL(a.level, 1);
        CHECK_EQUAL(esc_stop(timer), ESC_FIRED);
        esc_port_state state = esc_port_save_and_mask();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(delay % 97);
        CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
        esc_port_restore(state);
        CHECK_EQUAL(esc_stop(timer), ESC_IDLE);
        esc_host_pass(delay + 200);
        CHECK_EQUAL(a.count, 1);
    }
}

/** The tick that runs at the call is partly over, so the delay begins with the next. */
static void whole_ticks(void)
{
    for (uint32_t delay = 1; delay <= 50; delay++) {
        fresh();
        esc_handle timer = make(&a, delay, 0);
        esc_host.access_ticks = 0;
        uint32_t call = esc_now();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(delay + 50);
        check_context("(delay %u)", (unsigned)delay);
        CHECK_EQUAL(a.count, 1);
        CHECK_EQUAL(a.scheduled[0], call + 1 + delay);
        CHECK((uint32_t)a.at[0] > call + delay);
    }
}

/** Accesses so slow that the least delta is over before the compare is written. */
static void slow_chip(void)
{
    for (uint8_t cost = 1; cost <= 12; cost++) {
        for (uint32_t delay = 1; delay <= 100; delay++) {
            fresh();
            esc_handle timer = make(&a, delay, 0);
            esc_host.access_ticks = cost;
            CHECK_EQUAL(esc_start(timer), ESC_ARMED);
            esc_host_pass(delay + 20u * cost);
            check_context("(delay %u, %u ticks an access)", (unsigned)delay, cost);
            CHECK_EQUAL(a.count, 1);
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
        fresh();
        uint32_t delay = (uint32_t)delays[index];
        esc_handle timer = make(&a, delay, 0);
        uint64_t call = esc_now_wide();
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        check_context("(delay %u)", (unsigned)delay);
        esc_host_pass(delay - 40);
        CHECK_EQUAL(a.count, 0);
        esc_host_pass(200);
        CHECK_EQUAL(a.count, 1);
        CHECK(a.at[0] >= call + delay);
    }
}

static void references(void)
{
    fresh();
    esc_handle timer = make(&a, 10, 0);
    esc_host_pass(1000);
    uint32_t now = esc_now();
    CHECK_EQUAL(esc_start_at(timer, now - 300, 500), ESC_ARMED);
    esc_host_pass(400);
    CHECK_EQUAL(a.count, 1);
    CHECK_EQUAL(a.scheduled[0], now + 200);
    CHECK_EQUAL(esc_start_at(timer, now, 10), ESC_LATE);
    esc_host_pass(100);
    CHECK_EQUAL(a.count, 2);
    CHECK_EQUAL(esc_start_at(timer, esc_now() + 1000, 10), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_start_at(timer, now, ESC_MAX_DELAY + 1), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_start_at(timer, now - 5000, ESC_MAX_DELAY), ESC_ARMED);
    const struct esc_config refusing = { 10, on_expiry, &a, ESC_REFUSE_LATE };
    CHECK_EQUAL(esc_reinit(timer, &refusing), ESC_OK);
    CHECK_EQUAL(esc_start_at(timer, esc_now(), 300), ESC_ARMED);
    CHECK_EQUAL(esc_start_at(timer, now, 10), ESC_MISSED);
    esc_host_pass(400);
    CHECK_EQUAL(a.count, 3);
}

static void bad_arguments(void)
{
    fresh();
    esc_handle timer = 77;
    const struct esc_config bad[] = {
        { 0, on_expiry, &a, 0 },
        { ESC_MAX_DELAY + 1, on_expiry, &a, 0 },
        { 10, NULL, &a, 0 },
        { 10, on_expiry, &a, ESC_BURST | ESC_SKIP },
        { 10, on_expiry, &a, ESC_PERIODIC | ESC_AUTO_RELEASE },
    };
    esc_handle running = make(&b, 500, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(running), ESC_ARMED);
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        CHECK_EQUAL(esc_timer_init(&timer, &bad[index]), ESC_INVALID_ARGUMENT);
        CHECK_EQUAL(esc_reinit(running, &bad[index]), ESC_INVALID_ARGUMENT);
    }
    CHECK_EQUAL(timer, 77);
    CHECK_EQUAL(esc_set_period(running, 0), ESC_INVALID_ARGUMENT);
    CHECK_EQUAL(esc_set_period(running, ESC_MAX_DELAY + 1), ESC_INVALID_ARGUMENT);
    esc_host_pass(600);
    CHECK_EQUAL(b.count, 1);
}

static void order(void)
{
    static struct seen all[ESC_TIMERS];
    fresh();
    esc_handle timers[ESC_TIMERS];
    uint32_t now = esc_now();
    for (unsigned index = 0; index < ESC_TIMERS; index++) {
        all[index] = (struct seen){ 0 };
        timers[index] = make(&all[index], 10, 0);
        CHECK_EQUAL(esc_start_at(timers[index], now, 3000), ESC_ARMED);
    }
    esc_handle extra;
    const struct esc_config config = { 10, on_expiry, &a, 0 };
    CHECK_EQUAL(esc_timer_init(&extra, &config), ESC_CAPACITY_EXHAUSTED);
    esc_host_pass(6000);
    for (unsigned index = 1; index < ESC_TIMERS; index++) {
        CHECK_EQUAL(all[index].count, 1);
        CHECK(all[index].at[0] > all[index - 1].at[0]);
    }
}

static void periodic(void)
{
    fresh();
    esc_handle timer = make(&a, 777, ESC_PERIODIC);
    uint64_t call = esc_now_wide();
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(777 * 40 + 100);
    CHECK_EQUAL(a.count, 40);
    uint32_t first = a.scheduled[0];
    CHECK(first - (uint32_t)call >= 777 && first - (uint32_t)call <= 797);
    for (uint32_t index = 0; index < 40; index++) {
        CHECK_EQUAL(a.scheduled[index], first + index * 777);
    }
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
}

static void overrun(uint8_t policy, unsigned calls, unsigned counted, unsigned newest)
{
    fresh();
    uint16_t count = 99;
    esc_handle timer = make(&a, 300, (uint8_t)(ESC_PERIODIC | policy));
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(150);
    esc_port_state state = esc_port_save_and_mask();
    /* Moments 300, 600 … 1500 pass; on the narrow counter the laps are served by hand. */
    for (unsigned index = 0; index < 14; index++) {
        esc_host_pass(100);
        esc_serve_overflow();
    }
    esc_port_restore(state);
    /* One call a pass, so that the thread gets its turns between those of a burst. */
    esc_host_pass(140);
    CHECK_EQUAL(a.count, calls);
    CHECK_EQUAL(a.scheduled[calls - 1] - a.scheduled[0], newest);
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
    CHECK_EQUAL(a.count, calls + 1);
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
    fresh();
    uint16_t count = 0;
    esc_handle timer = make(&a, 1, ESC_PERIODIC);
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
    fresh();
    esc_handle timer = make(&a, 2000, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    uint32_t left = 0;
    CHECK_EQUAL(esc_remaining(timer, &left), ESC_OK);
    CHECK(left <= 2001 && left > 1900);
    esc_host_pass(500);
    CHECK_EQUAL(esc_set_period(timer, 900), ESC_OK);
    esc_host_pass(450);
    CHECK_EQUAL(a.count, 1);
    CHECK_EQUAL(esc_set_period(timer, 300), ESC_OK);
    esc_host_pass(600);
    CHECK_EQUAL(a.count, 3);
    CHECK_EQUAL(a.scheduled[1], a.scheduled[0] + 300);
}

static void stop_own(esc_handle timer, struct seen *seen)
{
    seen->answer = esc_stop(timer);
}

static void shut_own(esc_handle timer, struct seen *seen)
{
    seen->answer = esc_shutdown(timer);
}

static void restart_own(esc_handle timer, struct seen *seen)
{
    if (seen->count < 3) {
        seen->answer = esc_start(timer);
    }
}

static void churn_own(esc_handle timer, struct seen *seen)
{
    (void)esc_stop(timer);
    (void)esc_start(timer);
    seen->answer = esc_stop(timer);
}

static void release_own(esc_handle timer, struct seen *seen)
{
    struct esc_stats stats;
    seen->answer = esc_deinit(timer);
    esc_stats(&stats);
    CHECK_EQUAL(stats.allocated, 1);
    CHECK_EQUAL(stats.retired, 1);
}

static void own_handler(void)
{
    fresh();
    esc_handle timer = make(&a, 400, ESC_PERIODIC);
    a.act = stop_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(a.count, 1);
    CHECK_EQUAL(a.answer, ESC_IN_FLIGHT);
    CHECK_EQUAL(esc_stop(timer), ESC_IDLE);

    fresh();
    timer = make(&a, 400, 0);
    a.act = restart_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(a.count, 3);

    fresh();
    timer = make(&a, 400, ESC_PERIODIC);
    a.act = churn_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(a.count, 1);
    CHECK_EQUAL(a.answer, ESC_IN_FLIGHT);

    fresh();
    timer = make(&a, 400, ESC_PERIODIC);
    a.act = shut_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(a.count, 1);
    CHECK_EQUAL(esc_start(timer), ESC_TIMER_SHUT_DOWN);
    const struct esc_config config = { 10, on_expiry, &a, 0 };
    CHECK_EQUAL(esc_reinit(timer, &config), ESC_TIMER_SHUT_DOWN);
    CHECK_EQUAL(esc_deinit(timer), ESC_OK);

    fresh();
    timer = make(&a, 400, ESC_PERIODIC);
    a.act = release_own;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(3000);
    CHECK_EQUAL(a.count, 1);
    CHECK_EQUAL(esc_start(timer), ESC_STALE_HANDLE);
    CHECK_EQUAL(esc_collect(), 1);
}

static void soft(void)
{
    fresh();
    esc_handle timer = make(&a, 300, ESC_PERIODIC | ESC_SOFT);
    esc_handle other = make(&b, 250, ESC_SOFT);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    CHECK_EQUAL(esc_start(other), ESC_ARMED);
    esc_host_pass(1000);
    CHECK_EQUAL(a.count, 0);
    CHECK_EQUAL(esc_service(), 2);
    CHECK_EQUAL(a.level, 0);
    CHECK(b.at[0] < a.at[0]);
    uint16_t count = 0;
    CHECK_EQUAL(esc_overruns(timer, &count), ESC_OK);
    CHECK_EQUAL(count, 2);
    CHECK_EQUAL(esc_stop(other), ESC_FIRED);
    esc_host_pass(400);
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
    CHECK_EQUAL(esc_service(), 0);
    CHECK_EQUAL(a.count, 1);

    fresh();
    timer = make(&a, 300, ESC_PERIODIC | ESC_SOFT | ESC_BURST);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(1000);
    CHECK_EQUAL(esc_service(), 3);
    CHECK_EQUAL(a.scheduled[2], a.scheduled[0] + 600);
}

static void serve_again(esc_handle timer, struct seen *seen)
{
    (void)timer;
    seen->answer = (esc_result)esc_service();
}

static void reentrant(void)
{
    fresh();
    esc_handle timer = make(&a, 100, ESC_SOFT);
    a.act = serve_again;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(300);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(a.answer, ESC_REENTRANT_SERVICE);
    esc_handle hard = make(&b, 100, 0);
    b.act = serve_again;
    CHECK_EQUAL(esc_start(hard), ESC_ARMED);
    esc_host_pass(300);
    CHECK_EQUAL(b.answer, ESC_IN_INTERRUPT);
}

static void forgotten(void)
{
    fresh();
    const struct esc_config config = { 50, on_expiry, &a, 0 };
    struct esc_stats stats;
    for (unsigned index = 0; index < 10000; index++) {
        CHECK_EQUAL(esc_after(&config), ESC_ARMED);
        esc_host_pass(200);
    }
    CHECK_EQUAL(a.count, 10000);
    CHECK_EQUAL(esc_collect(), 1);
    esc_stats(&stats);
    CHECK_EQUAL(stats.allocated, 0);
}

static void generations(void)
{
    fresh();
    esc_handle first = make(&a, 100, 0);
    CHECK_EQUAL(esc_deinit(first), ESC_OK);
    CHECK_EQUAL(esc_deinit(first), ESC_OK);
    for (unsigned index = 0; index < 5000; index++) {
        esc_handle next = make(&a, 100, 0);
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
    fresh();
    esc_handle timer = make(&a, 100, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    CHECK_EQUAL(esc_deinit_all(), ESC_OK);
    esc_host_pass(1000);
    CHECK_EQUAL(a.count, 0);
    timer = make(&a, 100, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_close();
    esc_host_pass(1000);
    CHECK_EQUAL(a.count, 0);
    const struct esc_config config = { 50, on_expiry, &a, 0 };
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_after(&config), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_start(timer), ESC_HAL_CLOSED);
    CHECK_EQUAL(esc_deinit(timer), ESC_OK);
    CHECK_EQUAL(esc_service(), ESC_HAL_CLOSED);
}

static void start_at_once(esc_handle timer, struct seen *seen)
{
    if (seen->count < 1000) {
        (void)esc_start_at(timer, esc_now(), 0);
    }
}

static void no_live_lock(void)
{
    fresh();
    esc_handle timer = make(&a, 100, 0);
    a.act = start_at_once;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_handle sibling = make(&b, 150, 0);
    CHECK_EQUAL(esc_start(sibling), ESC_ARMED);
    esc_host_pass(20);
    uint32_t turns = 0;
    while (a.count < 1000 && turns < 100000) {
        esc_host_pass(1);
        turns++;
    }
    CHECK_EQUAL(a.count, 1000);
    CHECK_EQUAL(b.count, 1);
    CHECK(turns > 500);
}

static void head_moves(void)
{
    fresh();
    esc_handle early = make(&a, 200, 0);
    esc_handle late = make(&b, 400, 0);
    CHECK_EQUAL(esc_start(late), ESC_ARMED);
    CHECK_EQUAL(esc_start(early), ESC_ARMED);
    CHECK_EQUAL(esc_stop(early), ESC_REMOVED);
    esc_host_pass(700);
    CHECK_EQUAL(a.count, 0);
    CHECK_EQUAL(b.count, 1);
    CHECK((uint32_t)b.at[0] - b.scheduled[0] < 60);
    CHECK_EQUAL(esc_host.compare_enabled, false);
    bool active = true;
    CHECK_EQUAL(esc_active(late, &active), ESC_OK);
    CHECK_EQUAL(active, false);
}

void test_timers(void)
{
    check_run("ARM-01 ARM-02 STOP-02 STOP-03 STOP-08 STOP-22 one-shots of 1 to 600 ticks",
              one_shot);
    check_run("ARM-02 a delay begins with the first whole tick", whole_ticks);
    check_run("ARM-16 ARM-17 a compare written too late is noticed", slow_chip);
    check_run("ARM-09 ARM-10 delays around and beyond a lap", long_delays);
    check_run("ARM-05 ARM-06 ARM-07 ARM-26 starting at (reference, delta)", references);
    check_run("ARM-22 ARM-23 LIFE-05 bad arguments change nothing", bad_arguments);
    check_run("ARM-14 REG-03 equal moments fire in the order of arming", order);
    check_run("ARM-13 ARM-25 CALL-15 a stopped head re-programs, an empty queue disarms",
              head_moves);
    check_run("PER-01 PER-02 periodic without drift", periodic);
    check_run("PER-04 PER-09 coalesce", coalesce);
    check_run("PER-05 burst", burst);
    check_run("PER-08 skip", skip);
    check_run("PER-16 overruns saturate at 65535", saturates);
    check_run("PER-06 ARM-24 a new period", new_period);
    check_run("STOP-04 STOP-05 STOP-10 STOP-17 STOP-18 REG-06 REG-07 CALL-07 in its own handler",
              own_handler);
    check_run("CALL-02 CALL-16 STOP-13 PER-17 soft callbacks", soft);
    check_run("CALL-14 reentrant service", reentrant);
    check_run("CALL-12 a handler that starts itself at once leaves the thread turns", no_live_lock);
    check_run("REG-01 REG-02 ten thousand forgotten one-shots", forgotten);
    check_run("REG-04 REG-12 LIFE-03 stale handles through generation wraps", generations);
    check_run("LIFE-04 LIFE-12 deinit_all and close", closing);
}
