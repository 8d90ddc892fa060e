/* Overload: handlers that follow each other without a gap. Time stays true, and no timer keeps
 * another from running for good. */
#include <stddef.h>

#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

#define LAP (UINT64_C(1) << ESC_PORT_COUNTER_BITS)

/** Entries of one timer, and how long its handler takes. */
struct load {
    unsigned entries;
    unsigned limit;
    uint32_t ticks;
    uint64_t first_at;
    /** Highest number of entries of another timer between two of this one, or before the first. */
    const struct load *other;
    unsigned before;
};

static struct load busy;
static struct load sibling;
static char entered[80];
static unsigned entered_count;

static void on_expiry(esc_handle timer, void *user)
{
    struct load *load = user;
    if (load->entries == 0) {
        load->first_at = esc_host.time;
        load->before = load->other == NULL ? 0 : load->other->entries;
    }
    load->entries++;
    if (entered_count < sizeof entered - 1) {
        entered[entered_count++] = load == &busy ? 'a' : 'b';
    }
    if (load->entries == load->limit) {
        (void)esc_stop(timer);
    }
    esc_host_pass(load->ticks);
}

static esc_handle make(struct load *load, uint32_t period, uint8_t flags)
{
    const struct esc_config config = { period, on_expiry, load, flags };
    esc_handle timer = ESC_NO_TIMER;
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_OK);
    return timer;
}

static void fresh(void)
{
    esc_host_reset(1);
    esc_init();
    busy = (struct load){ .ticks = 0 };
    sibling = (struct load){ .ticks = 0, .other = &busy };
    entered_count = 0;
    for (unsigned index = 0; index < sizeof entered; index++) {
        entered[index] = '\0';
    }
}

/** Where true time is ahead of what the HAL says; the same at all times, where none is lost. */
static uint64_t skew(void)
{
    esc_host.access_ticks = 0;
    uint64_t ahead = esc_host.time - esc_now_wide();
    esc_host.access_ticks = 1;
    return ahead;
}

/** A handler that takes nearly a lap, and is due again by its end. */
static void overload(bool compare_first, bool one_vector, bool latches)
{
    for (unsigned part = 1; part <= 4; part++) {
        fresh();
        check_context("(compare first %d, one vector %d, latched %d, handler of %u/5 laps)",
                      compare_first, one_vector, latches, part);
        esc_host.compare_first = compare_first;
        esc_host.one_vector = one_vector;
        esc_host.latches = latches;
        uint64_t before = skew();
        uint64_t last = esc_now_wide();
        busy.ticks = (uint32_t)(LAP / 5 * part);
        busy.limit = 23;
        esc_handle timer = make(&busy, busy.ticks / 2 + 1, ESC_PERIODIC);
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        for (unsigned turn = 0; turn < 2000 && busy.entries < busy.limit; turn++) {
            uint64_t now = esc_now_wide();
            CHECK(now >= last);
            last = now;
        }
        while (busy.entries < busy.limit) {
            esc_host_pass(100);
        }
        CHECK_EQUAL(busy.entries, 23);
        CHECK_EQUAL(skew(), before);
    }
}

static void time_is_true(void)
{
    /* A flag that the entry clears is itself the latch. */
    for (unsigned mode = 0; mode < (ESC_PORT_AUTO_CLEAR ? 4 : 8); mode++) {
        overload((mode & 1) != 0, (mode & 2) != 0, (mode & 4) != 0);
    }
}

/** A wrap before the mask, one behind it: the handler that comes first counts the one before it is
 * entered. */
static void mask_then_handler(void)
{
    fresh();
    esc_host.compare_first = true;
    uint64_t before = skew();
    busy.ticks = (uint32_t)(LAP / 10 * 7);
    esc_handle timer = make(&busy, 10, 0);
    esc_host_pass((uint32_t)(LAP / 10 * 8 - esc_host.time % LAP));
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_port_state state = esc_port_save_and_mask();
    esc_host_pass((uint32_t)(LAP / 10 * 7));
    esc_port_restore(state);
    esc_host_pass(100);
    /* Where a lap is all of the number range, a deadline so late is taken for one to come. */
    CHECK_EQUAL(busy.entries, ESC_PORT_COUNTER_BITS < 32);
    CHECK_EQUAL(skew(), before);
}

/** The interrupt of an overflow that the HAL counted before comes late, and counts nothing. */
static void latched_late(void)
{
    fresh();
    esc_host.latches = !ESC_PORT_AUTO_CLEAR;
    uint64_t before = skew();
    esc_handle timer = make(&busy, 1000, 0);
    for (unsigned lap = 0; lap < 5; lap++) {
        esc_port_state state = esc_port_save_and_mask();
        esc_host_pass((uint32_t)(LAP / 2));
        CHECK_EQUAL(esc_start(timer), ESC_ARMED);
        CHECK_EQUAL(esc_stop(timer), ESC_REMOVED);
        esc_port_restore(state);
        esc_host_pass((uint32_t)(LAP / 4));
    }
    CHECK_EQUAL(skew(), before);
}

static void sibling_of_busy(uint8_t policy, uint32_t period)
{
    for (uint32_t delay = 1; delay <= 300; delay += 23) {
        fresh();
        check_context("(policy %u, sibling in %u ticks)", policy, (unsigned)delay);
        busy.ticks = 5;
        esc_handle first = make(&busy, period, (uint8_t)(ESC_PERIODIC | policy));
        esc_handle second = make(&sibling, delay, 0);
        CHECK_EQUAL(esc_start(first), ESC_ARMED);
        CHECK_EQUAL(esc_start(second), ESC_ARMED);
        uint64_t due = esc_host.time + delay + 1;
        uint64_t end = due + 400;
        while (esc_host.time < end) {
            esc_host_pass(1);
        }
        CHECK_EQUAL(sibling.entries, 1);
        CHECK(busy.entries > 3);
        /* One handler of the other, and the passes around it, not more. */
        CHECK(sibling.first_at <= due + 150);
    }
}

static void no_starving(void)
{
    sibling_of_busy(ESC_BURST, 1);
    sibling_of_busy(0, 1);
    sibling_of_busy(ESC_SKIP, 2);
}

/** What a restarted timer, always late, does to one that is due. */
static void restart_late(esc_handle timer, void *user)
{
    on_expiry(timer, user);
    if (busy.entries < 30) {
        (void)esc_start_at(timer, esc_now() - 100, 1);
    }
}

static void no_starving_by_restart(void)
{
    fresh();
    const struct esc_config config = { 10, restart_late, &busy, 0 };
    esc_handle first = ESC_NO_TIMER;
    CHECK_EQUAL(esc_timer_init(&first, &config), ESC_OK);
    esc_handle second = make(&sibling, 40, 0);
    CHECK_EQUAL(esc_start(second), ESC_ARMED);
    CHECK_EQUAL(esc_start(first), ESC_ARMED);
    for (unsigned turn = 0; turn < 3000; turn++) {
        esc_host_pass(1);
    }
    CHECK_EQUAL(busy.entries, 30);
    CHECK_EQUAL(sibling.entries, 1);
    CHECK(sibling.before <= 4);
}

/** Both overdue at the restore: the one that was due first runs first. */
static void overdue_order(void)
{
    fresh();
    esc_handle first = make(&busy, 200, 0);
    esc_handle second = make(&sibling, 10, 0);
    uint32_t reference = esc_now();
    esc_port_state state = esc_port_save_and_mask();
    CHECK_EQUAL(esc_start(first), ESC_ARMED);
    esc_host_pass(240);
    CHECK_EQUAL(esc_start_at(second, reference, 10), ESC_LATE);
    esc_port_restore(state);
    esc_host_pass(200);
    CHECK_EQUAL(entered_count, 2);
    CHECK_EQUAL(entered[0], 'a');
    CHECK_EQUAL(entered[1], 'b');
}

static unsigned in_pass;

static void at_once(esc_handle timer, void *user)
{
    (void)user;
    in_pass++;
    if (in_pass < 600) {
        (void)esc_start_at(timer, esc_now(), 0);
    }
}

/** Also across the 255 numbers that passes have. */
static void once_a_pass(void)
{
    fresh();
    const struct esc_config config = { 10, at_once, NULL, 0 };
    esc_handle timer = ESC_NO_TIMER;
    in_pass = 0;
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_OK);
    CHECK_EQUAL(esc_start(timer), ESC_ARMED);
    esc_handle idle = make(&sibling, 100000, 0);
    CHECK_EQUAL(esc_start(idle), ESC_ARMED);
    unsigned most = 0;
    for (unsigned turn = 0; turn < 20000 && in_pass < 600; turn++) {
        unsigned before = in_pass;
        esc_host_pass(1);
        most = in_pass - before > most ? in_pass - before : most;
    }
    CHECK_EQUAL(in_pass, 600);
    CHECK_EQUAL(most, 1);
    CHECK_EQUAL(sibling.entries, 0);
    CHECK_EQUAL(esc_stop(idle), ESC_REMOVED);
}

void test_overload(void)
{
    check_run("READ-21 time stays true where handlers follow each other without a gap",
              time_is_true);
    check_run("READ-21 a masked section and a handler behind it, each below a lap",
              mask_then_handler);
    check_run("READ-21 an overflow's interrupt that was latched before it was counted", latched_late);
    check_run("ARM-31 a timer that is always due does not keep a sibling from running",
              no_starving);
    check_run("ARM-31 nor does one that starts itself for a deadline that has passed",
              no_starving_by_restart);
    check_run("ARM-32 one armed for a deadline that has passed runs behind what was due",
              overdue_order);
    check_run("CALL-12 an arming made in a pass waits for the next, through 255 passes and more",
              once_a_pass);
}
