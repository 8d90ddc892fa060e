/* READ: the time, at every phase of the counter. */
#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

#define LAP (UINT64_C(1) << ESC_PORT_COUNTER_BITS)
/** Phases looked at on each side of a wrap. */
#define AROUND (LAP / 4 < 300 ? (uint32_t)(LAP / 4) : UINT32_C(300))

static void start_before_wrap(uint32_t ticks, uint8_t access_ticks)
{
    esc_host_reset(access_ticks);
    esc_init();
    uint64_t laps = esc_host.time / LAP;
    uint8_t count = 0;
    /* Two laps pass served, so that the count is not zero. */
    while (count < 2) {
        esc_host_pass((uint32_t)(((laps + 1 + count) * LAP) - esc_host.time));
        count++;
    }
    esc_host_pass((uint32_t)((laps + 3) * LAP - ticks - esc_host.time));
}

/** The software count is relative: what matters is the difference to true time. */
static uint64_t offset(void)
{
    uint64_t now = esc_now_wide();
    return esc_host.time - now;
}

static void read_around_wrap(bool masked)
{
    esc_host_reset(0);
    for (uint32_t before = 2 * AROUND; before != 0; before--) {
        for (uint8_t cost = 1; cost <= 3; cost++) {
            start_before_wrap(AROUND + 64, 0);
            uint64_t skew = offset();
            esc_port_state state = 0;
            if (masked) {
                state = esc_port_save_and_mask();
            }
            /* From AROUND ticks before the wrap to as many behind it, in a lap with one wrap. */
            esc_host_pass(2 * AROUND + 64 - before);
            esc_host.access_ticks = cost;
            uint64_t call = esc_host.time - skew;
            uint32_t value = esc_now();
            uint64_t wide_call = esc_host.time - skew;
            uint64_t wide = esc_now_wide();
            uint64_t back = esc_host.time - skew;
            check_context("(phase -%u, %u ticks an access)", (unsigned)before, cost);
            CHECK(value - (uint32_t)call <= (uint32_t)(wide_call - call));
            CHECK(wide >= wide_call && wide <= back);
            CHECK_EQUAL(esc_host.masked, masked);
            if (masked) {
                esc_port_restore(state);
                esc_host.access_ticks = 0;
                CHECK_EQUAL(offset(), skew);
            }
        }
    }
}

static void read_unmasked(void)
{
    read_around_wrap(false);
}

static void read_masked(void)
{
    read_around_wrap(true);
}

static void read_is_fixed(void)
{
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    for (uint32_t before = AROUND; before != 0; before--) {
        start_before_wrap(before, 0);
        (void)esc_port_save_and_mask();
        esc_host.access_ticks = 1;
        uint32_t accesses = esc_host.accesses;
        (void)esc_now();
        accesses = esc_host.accesses - accesses;
        least = accesses < least ? accesses : least;
        most = accesses > most ? accesses : most;
    }
    CHECK_EQUAL(least, 3);
    CHECK(most <= 4);
}

static void never_decreases(void)
{
    esc_host_reset(1);
    esc_init();
    uint64_t last = esc_now_wide();
    for (uint32_t index = 0; index < 20000; index++) {
        uint64_t now = esc_now_wide();
        CHECK(now > last);
        last = now;
    }
}

static void without_reads(void)
{
    start_before_wrap(10, 0);
    uint64_t skew = offset();
    uint32_t laps = ESC_PORT_COUNTER_BITS > 20 ? 5 : 500;
    for (uint32_t index = 0; index < laps; index++) {
        esc_host_pass((uint32_t)(LAP - 1));
    }
    CHECK_EQUAL(offset(), skew);
}

static void masked_for_long(void)
{
    start_before_wrap(10, 0);
    uint64_t skew = offset();
    esc_port_state state = esc_port_save_and_mask();
    for (uint32_t index = 0; index < 20; index++) {
        esc_host_pass((uint32_t)(LAP / 4 * 3));
        esc_serve_overflow();
    }
    esc_port_restore(state);
    CHECK_EQUAL(offset(), skew);
}

void test_time(void)
{
    check_run("READ-01 now() is between call and return at every phase, interrupts enabled",
              read_unmasked);
    check_run("READ-02 READ-11 READ-20 the same masked with a wrap pending, counted once",
              read_masked);
    check_run("READ-14 a read makes at most one port access more at a wrap", read_is_fixed);
    check_run("READ-03 reads never decrease", never_decreases);
    check_run("READ-10 the extension holds without reads", without_reads);
    check_run("READ-16 esc_serve_overflow keeps the time through masked laps", masked_for_long);
}
