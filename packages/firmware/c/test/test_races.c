/* Where can the interrupt land? A second interrupt at every tick around a call, and a random
 * model. */
#include <stddef.h>

#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

/** Ticks that are swept; longer than any call or dispatch at one tick an access. */
#define WINDOW 160u

static esc_handle timer;
static unsigned entered;
static unsigned entered_at_stop;
static esc_result stopped;
static bool stop_ran;
static bool in_handler;

static void on_expiry(esc_handle handle, void *user)
{
    (void)handle;
    (void)user;
    in_handler = true;
    entered++;
    esc_host_pass(20);
    in_handler = false;
}

static void stop_now(void)
{
    stopped = esc_stop(timer);
    stop_ran = true;
    entered_at_stop = entered;
}

static void churn_now(void)
{
    (void)esc_stop(timer);
    (void)esc_start(timer);
    stop_now();
}

static void restart_now(void)
{
    (void)esc_start(timer);
    (void)esc_stop(timer);
    (void)esc_start(timer);
    stop_ran = true;
    entered_at_stop = entered;
}

static void prepare(uint8_t flags, uint32_t at, void (*second)(void))
{
    const struct esc_config config = { 100, on_expiry, NULL, flags };
    esc_host_reset(1);
    esc_init();
    entered = 0;
    stop_ran = false;
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_OK);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_host.second = second;
    esc_host.second_at = esc_host.time + at;
    esc_host.second_wanted = true;
}

/** Of "removed" and "the handler ran" exactly one is true, and nothing comes after a stop. */
static void stop_from_interrupt(void)
{
    for (uint32_t at = 0; at < WINDOW; at++) {
        prepare(0, at, stop_now);
        check_context("(one-shot, interrupt at tick %u)", (unsigned)at);
        esc_host_pass(600);
        CHECK(stop_ran);
        CHECK_EQUAL(entered == 0, stopped == ESC_REMOVED);
        /* In flight: marked as entered, though the handler's first statement may still be to
         * come. */
        CHECK(entered <= 1 && (stopped == ESC_IN_FLIGHT || entered == entered_at_stop));

        prepare(ESC_PERIODIC, at, stop_now);
        check_context("(periodic, interrupt at tick %u)", (unsigned)at);
        esc_host_pass(600);
        CHECK(entered <= entered_at_stop + (stopped == ESC_IN_FLIGHT ? 1u : 0u));
        CHECK(stopped == ESC_REMOVED || stopped == ESC_IN_FLIGHT);
    }
}

static void churn_from_interrupt(void)
{
    for (uint32_t at = 0; at < WINDOW; at++) {
        prepare(ESC_PERIODIC, at, churn_now);
        check_context("(stop, start, stop at tick %u)", (unsigned)at);
        esc_host_pass(600);
        CHECK(entered <= entered_at_stop + (stopped == ESC_IN_FLIGHT ? 1u : 0u));
        prepare(0, at, restart_now);
        check_context("(start, stop, start at tick %u)", (unsigned)at);
        esc_host_pass(600);
        CHECK(entered >= 1 && entered <= 2);
        CHECK(entered - entered_at_stop >= 1);
    }
}

static esc_handle made;

static void release_now(void)
{
    (void)esc_deinit(timer);
    stop_ran = true;
}

/** An interrupt that releases a timer while the thread makes one, at any access (REG-08). */
static void release_while_making(void)
{
    const struct esc_config config = { 1000, on_expiry, NULL, 0 };
    for (uint32_t at = 0; at < WINDOW; at++) {
        struct esc_stats stats;
        prepare(0, at, release_now);
        check_context("(release at tick %u)", (unsigned)at);
        CHECK_EQUAL(esc_timer_init(&made, &config), ESC_OK);
        esc_host_pass(WINDOW);
        CHECK(stop_ran);
        CHECK_EQUAL(esc_start(timer), ESC_STALE_HANDLE);
        CHECK_EQUAL(esc_start(made), ESC_ARMED);
        (void)esc_collect();
        esc_stats(&stats);
        CHECK_EQUAL(stats.allocated, 1);
        CHECK_EQUAL(stats.pending, 1);
    }
}

static uint32_t deadline;
static unsigned entered_released;

static void on_expiry_of_released(esc_handle handle, void *user)
{
    uint32_t scheduled = 0;
    (void)user;
    CHECK_EQUAL(esc_scheduled(handle, &scheduled), ESC_OK);
    CHECK_EQUAL(scheduled, deadline);
    entered_released += stop_ran ? 1u : 0u;
}

/** An interrupt that releases a timer before its handler's first line (CALL-03). */
static void scheduled_of_released(void)
{
    const struct esc_config config = { 100, on_expiry_of_released, NULL, 0 };
    entered_released = 0;
    for (uint32_t at = 0; at < 2 * WINDOW; at++) {
        uint32_t scheduled = 0;
        prepare(0, at, release_now);
        check_context("(release at tick %u)", (unsigned)at);
        esc_host.second_wanted = false;
        CHECK_EQUAL(esc_reinit(timer, &config), ESC_OK);
        uint32_t reference = esc_now();
        CHECK_EQUAL(esc_start_at(timer, reference, 100), ESC_ARMED);
        deadline = reference + 100;
        esc_host.second_at = esc_host.time + at;
        esc_host.second_wanted = true;
        esc_host_pass(600);
        CHECK(stop_ran);
        CHECK_EQUAL(esc_scheduled(timer, &scheduled), ESC_STALE_HANDLE);
    }
    CHECK(entered_released > 0);
}

/* ---- A random walk against a model that only counts ------------------------------------------ */

static uint32_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

struct model {
    esc_handle handle;
    bool made;
    uint64_t due;
    uint32_t period;
    bool pending;
    bool periodic;
    bool wrong;
};

static struct model models[ESC_TIMERS];

static void model_expiry(esc_handle handle, void *user)
{
    struct model *model = user;
    uint64_t now = esc_now_wide();
    uint32_t scheduled = 0;
    (void)esc_scheduled(handle, &scheduled);
    model->wrong = !model->pending || now < model->due || (uint32_t)model->due != scheduled ||
                   now > model->due + 400 * ESC_TIMERS;
    CHECK(!model->wrong);
    model->pending = model->periodic;
    model->due += model->period;
}

static void model_step(struct model *model)
{
    uint32_t period = next_random(4) == 0 ? 3000 + next_random(200000) : 600 + next_random(3000);
    model->periodic = next_random(2) == 0;
    const struct esc_config config = { period, model_expiry, model,
                                       (uint8_t)(model->periodic ? ESC_PERIODIC | ESC_BURST : 0) };
    esc_port_state state = esc_port_save_and_mask();
    if (model->made) {
        (void)esc_stop(model->handle);
        CHECK_EQUAL(esc_reinit(model->handle, &config), ESC_OK);
    } else {
        CHECK_EQUAL(esc_timer_init(&model->handle, &config), ESC_OK);
        model->made = true;
    }
    model->pending = false;
    if (next_random(4) != 0) {
        uint64_t reference = esc_now_wide();
        CHECK_EQUAL(esc_start_at(model->handle, (uint32_t)reference, period), ESC_ARMED);
        model->due = reference + period;
        model->period = period;
        model->pending = true;
    } else if (next_random(3) == 0) {
        CHECK_EQUAL(esc_deinit(model->handle), ESC_OK);
        model->made = false;
    }
    esc_port_restore(state);
}

static void random_walk(void)
{
    for (uint32_t seed = 1; seed <= 200; seed++) {
        random_state = seed * 2654435761u;
        check_context("(seed %u)", (unsigned)seed);
        esc_host_reset(1);
        esc_init();
        for (unsigned index = 0; index < ESC_TIMERS; index++) {
            models[index] = (struct model){ 0 };
        }
        for (unsigned step = 0; step < 60; step++) {
            model_step(&models[next_random(ESC_TIMERS)]);
            esc_host_pass(next_random(5000));
        }
        uint64_t now = esc_now_wide();
        for (unsigned index = 0; index < ESC_TIMERS; index++) {
            CHECK(!models[index].pending || models[index].due + 400 * ESC_TIMERS > now);
        }
    }
}

void test_races(void)
{
    check_run("CALL-03 the scheduled time of a timer released before its handler's first line",
              scheduled_of_released);
    check_run("STOP-06 STOP-07 STOP-19 removed xor the handler ran, stop at every tick",
              stop_from_interrupt);
    check_run("STOP-10 STOP-11 stop, start, stop and start, stop, start at every tick",
              churn_from_interrupt);
    check_run("REG-06 REG-08 release from an interrupt while a timer is made",
              release_while_making);
    check_run("ARM-15 PER-02 random timers against a model, 200 seeds", random_walk);
}
