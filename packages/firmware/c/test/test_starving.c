/* A driver that leaves the thread no turn, and programs that only look like it. */
#include <stddef.h>

#include "check.h"
#include "esc_agent.h"
#include "esc_port.h"
#include "esc_clock.h"
#include "esc_wire.h"
#include "talk.h"

/** Loads a program on a chip that tail-chains, and steps once. */
static struct reply run(const uint8_t *program, unsigned length)
{
    struct reply reply = talk_begin(program, length);
    CHECK_EQUAL(reply.type, ESC_REQ_BEGIN | 0x80);
    esc_host.tail_chains = true;
    return talk(ESC_REQ_STEP, 7, 100, NULL, 0);
}

/** The shortest timer, started again by its own handler: due before its interrupt has returned. */
static void without_end(void)
{
    for (uint8_t quiet = 0; quiet <= 1; quiet++) {
        check_context(quiet ? "(quiet)" : "(recorded)");
        const uint8_t program[] = { 1, 1, quiet ? 0x20 : 0x00, 1, 0, 0, 1, 0,
                                    5, ESC_OP_START, 0, ESC_OP_SLEEP, 0xe8, 0x07,
                                    2, ESC_OP_START, 0 };
        struct reply reply = run(program, sizeof program);
        CHECK_EQUAL(reply.type, ESC_REQ_ERROR);
        CHECK_EQUAL(reply.payload[0], ESC_LINK_NEVER_ENDS);
        CHECK(esc_host.time >= ESC_PORT_FREQUENCY_HZ / 10);
        CHECK(esc_host.time < 2 * ESC_PORT_FREQUENCY_HZ);
        CHECK_EQUAL(talk(ESC_REQ_STEP, 7, 101, NULL, 0).payload[0], ESC_LINK_NO_PROGRAM);
        /* The board is as good as new. */
        static const uint8_t mark[] = { 1, 0, 0, 0, 1, 0, 2, ESC_OP_MARK, 1 };
        CHECK_EQUAL(run(mark, sizeof mark).payload[0], 1);
    }
}

/** Many entries in a long sleep, or after a long mask, are no end. */
static void with_an_end(void)
{
    /* quiet periodic 200; main: start, sleep 3 000 000. */
    static const uint8_t sleeps[] = { 1, 1, 0x21, 0xc8, 0x01, 0, 0, 1, 0, 7, ESC_OP_START, 0,
                                      ESC_OP_SLEEP, 0xc0, 0x8d, 0xb7, 0x01, 0 };
    CHECK_EQUAL(run(sleeps, sizeof sleeps).type, ESC_REQ_STEP | 0x80);
    CHECK(esc_host.time > 3 * (uint64_t)ESC_PORT_FREQUENCY_HZ);
    /* The same, spinning. */
    static const uint8_t spins[] = { 1, 1, 0x21, 0xc8, 0x01, 0, 0, 1, 0, 7, ESC_OP_START, 0,
                                     ESC_OP_SPIN, 0xc0, 0x8d, 0xb7, 0x01, 0 };
    CHECK_EQUAL(run(spins, sizeof spins).type, ESC_REQ_STEP | 0x80);
    /* quiet periodic burst 200; main: start, mask, spin 400 000, restore, stop: 2000 at once. */
    static const uint8_t burst[] = { 1, 1, 0x25, 0xc8, 0x01, 0, 0, 1, 0, 10, ESC_OP_START, 0,
                                     ESC_OP_MASK, ESC_OP_SPIN, 0x80, 0xb5, 0x18, ESC_OP_RESTORE,
                                     ESC_OP_STOP, 0, 0 };
    CHECK_EQUAL(run(burst, sizeof burst).type, ESC_REQ_STEP | 0x80);
    /* Many rounds, each with an expiry: repeat 20 000 (spin 200). */
    static const uint8_t rounds[] = { 1, 1, 0x21, 0xc8, 0x01, 0, 0, 1, 0, 10, ESC_OP_START, 0,
                                      ESC_OP_REPEAT, 0xa0, 0x9c, 0x01, 3, ESC_OP_SPIN, 0xc8, 0x01,
                                      0 };
    CHECK_EQUAL(run(rounds, sizeof rounds).type, ESC_REQ_STEP | 0x80);
}

/** An overflow interrupt that never comes is not helped, but under the program's own mask. */
static void helps_only_under_a_mask(void)
{
    /* 200 000 ticks, three laps: the HAL by itself counts the one that its flag shows. */
    static const uint8_t sleeps[] = { 1, 0, 0, 0, 1, 0, 4, ESC_OP_SLEEP, 0xc0, 0x9a, 0x0c };
    static const uint8_t masked[] = { 1, 0, 0, 0, 1, 0, 6, ESC_OP_MASK, ESC_OP_SPIN, 0xc0, 0x9a,
                                      0x0c, ESC_OP_RESTORE };
    if (ESC_PORT_COUNTER_BITS != 16) {
        return;
    }
    for (uint8_t index = 0; index < 2; index++) {
        check_context(index ? "(masked)" : "(sleeping)");
        CHECK_EQUAL(index ? talk_begin(masked, sizeof masked).type
                          : talk_begin(sleeps, sizeof sleeps).type,
                    ESC_REQ_BEGIN | 0x80);
        esc_host.overflow_never_comes = true;
        uint32_t laps = esc_wraps;
        CHECK_EQUAL(talk(ESC_REQ_STEP, 7, 100, NULL, 0).type, ESC_REQ_STEP | 0x80);
        CHECK_EQUAL(esc_wraps - laps, index ? 3 : 1);
    }
}

void test_starving(void)
{
    check_run("expiries without end are the driver's fault: never-ends", without_end);
    check_run("many expiries that leave the thread its turn are not", with_an_end);
    check_run("the agent serves an overflow only while a program holds a mask",
              helps_only_under_a_mask);
}
