/* CALL, STOP: esc_service(), and who may call it. */
#include "seen.h"

static void soft(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 300, ESC_PERIODIC | ESC_SOFT);
    esc_handle other = seen_timer(&seen_b, 250, ESC_SOFT);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    CHECK_EQUAL(esc_start(other), ESC_ARMED);
    esc_host_pass(1000);
    CHECK_EQUAL(seen_a.count, 0);
    CHECK_EQUAL(esc_service(), 2);
    CHECK_EQUAL(seen_a.level, 0);
    CHECK(seen_b.at[0] < seen_a.at[0]);
    uint16_t count = 0;
    CHECK_EQUAL(esc_overruns(timer, &count), ESC_OK);
    CHECK_EQUAL(count, 2);
    CHECK_EQUAL(esc_stop(other), ESC_FIRED);
    esc_host_pass(400);
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
    CHECK_EQUAL(esc_service(), 0);
    CHECK_EQUAL(seen_a.count, 1);

    seen_fresh();
    timer = seen_timer(&seen_a, 300, ESC_PERIODIC | ESC_SOFT | ESC_BURST);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(1000);
    CHECK_EQUAL(esc_service(), 3);
    CHECK_EQUAL(seen_a.scheduled[2], seen_a.scheduled[0] + 600);
}

static void serve_again(esc_handle timer, struct seen *seen)
{
    (void)timer;
    seen->result = (esc_result)esc_service();
}

static void reentrant(void)
{
    seen_fresh();
    esc_handle timer = seen_timer(&seen_a, 100, ESC_SOFT);
    seen_a.act = serve_again;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(300);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(seen_a.result, ESC_REENTRANT_SERVICE);
    esc_handle hard = seen_timer(&seen_b, 100, 0);
    seen_b.act = serve_again;
    CHECK_EQUAL(esc_start(hard), ESC_ARMED);
    esc_host_pass(300);
    CHECK_EQUAL(seen_b.result, ESC_IN_INTERRUPT);
}

void test_service(void)
{
    check_run("CALL-02 CALL-16 STOP-13 PER-17 soft callbacks", soft);
    check_run("CALL-14 reentrant service", reentrant);
}
