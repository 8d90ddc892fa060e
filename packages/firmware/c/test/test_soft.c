/* Soft callbacks: what a pass of esc_service() serves, and when a periodic timer is armed again. */
#include <stddef.h>

#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

/** What a callback saw. */
struct served {
    unsigned count;
    uint32_t scheduled[40];
    void (*act)(esc_handle timer);
};

static struct served one;
static struct served two;

static void on_expiry(esc_handle timer, void *user)
{
    struct served *served = user;
    if (served->count < 40) {
        (void)esc_scheduled(timer, &served->scheduled[served->count]);
    }
    served->count++;
    if (served->act != NULL) {
        served->act(timer);
    }
}

static esc_handle make(struct served *served, uint32_t period, uint8_t flags)
{
    const struct esc_config config = { period, on_expiry, served, (uint8_t)(flags | ESC_SOFT) };
    esc_handle timer = ESC_NO_TIMER;
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_OK);
    return timer;
}

static void fresh(void)
{
    one = (struct served){ 0 };
    two = (struct served){ 0 };
    esc_host_reset(1);
    esc_init();
}

static struct esc_stats stats(void)
{
    struct esc_stats now;
    esc_stats(&now);
    return now;
}

static uint16_t overruns(esc_handle timer)
{
    uint16_t count = 0;
    CHECK_EQUAL(esc_overruns(timer, &count), ESC_OK);
    return count;
}

static uint32_t remaining(esc_handle timer)
{
    uint32_t ticks = 77;
    CHECK_EQUAL(esc_remaining(timer, &ticks), ESC_OK);
    return ticks;
}

static void waits_unarmed(void)
{
    fresh();
    esc_handle timer = make(&one, 500, ESC_PERIODIC);
    uint32_t before = esc_now();
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(2600);
    /* Waits: not in the deadline queue, nothing counted yet. */
    CHECK_EQUAL(stats().pending, 0);
    CHECK_EQUAL(stats().queued, 1);
    CHECK_EQUAL(remaining(timer), 0);
    CHECK_EQUAL(overruns(timer), 0);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(overruns(timer), 4);
    CHECK(one.scheduled[0] - before >= 500 && one.scheduled[0] - before < 530);
    CHECK_EQUAL(stats().pending, 1);
    CHECK_EQUAL(stats().queued, 0);
    /* The schedule goes on without drift. */
    esc_host_pass(700);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(one.scheduled[1] - one.scheduled[0], 2500);
    CHECK_EQUAL(overruns(timer), 4);
}

static void spend(esc_handle timer)
{
    (void)timer;
    esc_host_pass(700);
}

static void once_a_pass(void)
{
    const uint8_t policies[] = { 0, ESC_SKIP };
    for (size_t index = 0; index < sizeof policies; index++) {
        fresh();
        check_context("(policy %u)", policies[index]);
        esc_handle timer = make(&one, 300, (uint8_t)(ESC_PERIODIC | policies[index]));
        one.act = spend;
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        esc_host_pass(400);
        CHECK_EQUAL(esc_service(), 1);
        CHECK_EQUAL(one.count, 1);
        /* What came due in the pass waits for the next one. */
        CHECK_EQUAL(stats().queued, 1);
        CHECK_EQUAL(esc_service(), 1);
    }
}

/** Periods that a burst timer owes at the begin of the pass are part of it, later ones are not. */
static void burst(void)
{
    fresh();
    esc_handle first = make(&one, 435, ESC_PERIODIC | ESC_BURST);
    esc_handle second = make(&two, 1000, ESC_PERIODIC);
    two.act = spend;
    CHECK_EQUAL(esc_start(first), ESC_ARMED);
    CHECK_EQUAL(esc_start(second), ESC_ARMED);
    esc_host_pass(6000);
    CHECK_EQUAL(esc_service(), 13 + 1);
    CHECK_EQUAL(one.count, 13);
    for (unsigned index = 1; index < 13; index++) {
        CHECK_EQUAL(one.scheduled[index] - one.scheduled[index - 1], 435);
    }
    CHECK_EQUAL(two.count, 1);
    CHECK_EQUAL(overruns(first), 0);
    CHECK_EQUAL(overruns(second), 5);
    CHECK_EQUAL(esc_stop(first), ESC_REMOVED);
}

static void after_its_entry(void)
{
    fresh();
    esc_handle first = make(&one, 100, 0);
    esc_handle second = make(&two, 300, 0);
    one.act = spend;
    CHECK_EQUAL(esc_start(first), ESC_ARMED);
    CHECK_EQUAL(esc_start(second), ESC_ARMED);
    esc_host_pass(200);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(two.count, 0);
    CHECK_EQUAL(stats().queued, 1);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(two.count, 1);
}

static void new_period_while_it_waits(void)
{
    fresh();
    esc_handle timer = make(&one, 1000, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(1200);
    CHECK_EQUAL(esc_set_period(timer, 350), ESC_OK);
    CHECK_EQUAL(stats().queued, 1);
    CHECK_EQUAL(esc_service(), 1);
    esc_host_pass(200);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(one.scheduled[1] - one.scheduled[0], 350);
}

static void halve(esc_handle timer)
{
    CHECK_EQUAL(esc_set_period(timer, 500), ESC_OK);
}

static void new_period_when_taken(void)
{
    fresh();
    esc_handle timer = make(&one, 1000, ESC_PERIODIC);
    one.act = halve;
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(1200);
    CHECK_EQUAL(esc_service(), 1);
    esc_host_pass(500);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(one.scheduled[1] - one.scheduled[0], 500);
}

static esc_handle victim;

static void stop_victim(esc_handle timer)
{
    (void)timer;
    CHECK_EQUAL(esc_stop(victim), ESC_REMOVED);
}

/** From the middle of the running pass, and from those that wait. */
static void stopped_where_it_waits(void)
{
    fresh();
    esc_handle first = make(&one, 100, 0);
    esc_handle middle = make(&two, 110, 0);
    esc_handle last = make(&two, 120, 0);
    victim = middle;
    one.act = stop_victim;
    CHECK_EQUAL(esc_start(first), ESC_ARMED);
    CHECK_EQUAL(esc_start(middle), ESC_ARMED);
    CHECK_EQUAL(esc_start(last), ESC_ARMED);
    esc_host_pass(400);
    CHECK_EQUAL(esc_service(), 2);
    CHECK_EQUAL(two.count, 1);
    CHECK_EQUAL(esc_stop(middle), ESC_IDLE);
    CHECK_EQUAL(esc_start(middle), ESC_ARMED);
    CHECK_EQUAL(esc_start(last), ESC_ARMED);
    esc_host_pass(400);
    CHECK_EQUAL(esc_stop(middle), ESC_REMOVED);
    CHECK_EQUAL(esc_service(), 1);
}

static void counts_survive(void)
{
    fresh();
    uint16_t count = 0;
    esc_handle timer = make(&one, 100, ESC_PERIODIC);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(450);
    CHECK_EQUAL(esc_service(), 1);
    CHECK_EQUAL(overruns(timer), 3);
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
    CHECK_EQUAL(overruns(timer), 3);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    CHECK_EQUAL(overruns(timer), 3);
    CHECK_EQUAL(esc_take_overruns(timer, &count), ESC_OK);
    CHECK_EQUAL(count, 3);
    CHECK_EQUAL(overruns(timer), 0);
    esc_host_pass(450);
    CHECK_EQUAL(esc_service(), 1);
    const struct esc_config config = { 100, on_expiry, &one, ESC_PERIODIC };
    CHECK_EQUAL(esc_reinit(timer, &config), ESC_OK);
    CHECK_EQUAL(overruns(timer), 0);
}

static void many_missed(void)
{
    fresh();
    esc_handle timer = make(&one, 1, ESC_PERIODIC | ESC_BURST);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host_pass(40000);
    esc_host.access_ticks = 0;
    uint32_t until = esc_now();
    CHECK_EQUAL(esc_service(), 32767);
    int16_t rest = esc_service();
    CHECK(rest > 7000 && (uint32_t)rest + 32767u <= until);
    CHECK_EQUAL(one.count, 32767u + (unsigned)rest);
    CHECK_EQUAL(esc_service(), 0);
    CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
}

void test_soft(void)
{
    check_run("PER-17 PER-04 a soft periodic timer that waits is armed again when it is taken",
              waits_unarmed);
    check_run("CALL-13 a coalesce or skip timer runs at most once in a pass", once_a_pass);
    check_run("PER-05 CALL-13 periods missed at the begin of a pass are part of it", burst);
    check_run("CALL-13 what comes due in a pass waits for the next", after_its_entry);
    check_run("PER-06 a new period while the callback waits goes on from the waiting expiry",
              new_period_while_it_waits);
    check_run("PER-07 a new period in the callback goes on from the taken expiry",
              new_period_when_taken);
    check_run("STOP-13 a stop drops a callback of the running pass, and one that waits",
              stopped_where_it_waits);
    check_run("PER-09 LIFE-13 overruns survive stop and start, not taking nor init",
              counts_survive);
    check_run("CALL-04 a pass counts to 32767, and the rest is left for the next", many_missed);
}
