/* What the agent does about a line that is late, repeats, and carries more than frames. */
#include <string.h>

#include "check.h"
#include "esc_agent.h"
#include "esc_board.h"
#include "esc_board_host.h"
#include "esc_frame.h"
#include "esc_port.h"
#include "esc_trace.h"
#include "esc_wire.h"
#include "talk.h"

/** main: read, read; a sweep of 200 from 0. */
static const uint8_t reads[] = { 1, 0, 0, 0, 0xc8, 0x01, 1, 2, ESC_OP_READ, ESC_OP_READ };

static struct reply step(uint8_t sequence)
{
    return talk(ESC_REQ_STEP, 7, sequence, NULL, 0);
}

static struct reply fetch(uint8_t sequence, uint16_t offset, uint8_t length)
{
    const uint8_t payload[3] = { (uint8_t)offset, (uint8_t)(offset >> 8), length };
    return talk(ESC_REQ_FETCH, 7, sequence, payload, 3);
}

/** Any number of fetches between two commands, as a large trace buffer needs. */
static void many_fetches(void)
{
    for (unsigned count = 1; count < 600; count += 7) {
        check_context("(%u fetches)", count);
        CHECK_EQUAL(talk_begin(reads, sizeof reads).type, ESC_REQ_BEGIN | 0x80);
        uint8_t sequence = 20;
        CHECK_EQUAL(step(sequence).type, ESC_REQ_STEP | 0x80);
        for (unsigned fetches = 0; fetches < count; fetches++) {
            sequence++;
            if (sequence == 20) {
                sequence++;
            }
            CHECK_EQUAL(fetch(sequence, 0, 10).type, ESC_REQ_FETCH | 0x80);
        }
        /* The kept reply is still there for a command that comes a second time late. */
        uint64_t time = esc_host.time;
        CHECK_EQUAL(step(20).payload[0], 0);
        CHECK(esc_host.time == time);
        sequence++;
        if (sequence == 20) {
            sequence++;
        }
        struct reply reply = talk(ESC_REQ_RESET, 7, sequence, NULL, 0);
        CHECK(reply.came);
        CHECK_EQUAL(reply.type, ESC_REQ_RESET | 0x80);
    }
}

/** Whatever comes late, a step is carried out once. */
static void late_requests(void)
{
    CHECK_EQUAL(talk_begin(reads, sizeof reads).type, ESC_REQ_BEGIN | 0x80);
    struct reply first = step(20);
    uint64_t time = esc_host.time;
    CHECK_EQUAL(fetch(19, 0xffff, 200).payload[0], ESC_LINK_BAD_PAYLOAD);
    CHECK_EQUAL(fetch(21, 0xffff, 200).payload[0], ESC_LINK_BAD_PAYLOAD);
    CHECK_EQUAL(talk(ESC_REQ_RESET, 8, 30, NULL, 0).payload[0], ESC_LINK_NO_SESSION);
    CHECK(!talk(ESC_REQ_RESET, 7, 19, NULL, 0).came);
    CHECK(!talk(0x40, 7, 19, NULL, 0).came);
    struct reply again = step(20);
    CHECK_EQUAL(memcmp(&first, &again, sizeof first), 0);
    CHECK(esc_host.time == time);
    /* A fetch makes what lies before it late, too. */
    CHECK_EQUAL(fetch(25, 0, 10).type, ESC_REQ_FETCH | 0x80);
    CHECK(!step(23).came);
    CHECK(esc_host.time == time);
    CHECK_EQUAL(step(26).type, ESC_REQ_STEP | 0x80);
    CHECK(esc_host.time != time);
}

/** What is printed on the line is no part of the frame behind it. */
static void text_between(void)
{
    CHECK_EQUAL(talk_begin(reads, sizeof reads).type, ESC_REQ_BEGIN | 0x80);
    esc_host_line.length = 0;
    for (const char *text = "hello\r\n"; *text != '\0'; text++) {
        esc_board_write((uint8_t)*text);
    }
    size_t length = esc_host_line.length;
    uint16_t crc = talk_crc((const uint8_t[]){ ESC_REQ_RESET, 7, 60 }, 3);
    const uint8_t bytes[] = { 6, ESC_REQ_RESET, 7, 60, (uint8_t)crc, (uint8_t)(crc >> 8), 0 };
    for (size_t at = 0; at < sizeof bytes; at++) {
        (void)esc_agent_byte(bytes[at]);
    }
    CHECK_EQUAL(esc_host_line.bytes[length], 0);
    CHECK_EQUAL(esc_host_line.bytes[length + 2], ESC_REQ_RESET | 0x80);
    CHECK_EQUAL(esc_host_line.bytes[esc_host_line.length - 1], 0);
}

/** The reply to a step carries the CRC of the trace that it announces, begun from the program's. */
static void sums_up(void)
{
    CHECK_EQUAL(talk_begin(reads, sizeof reads).type, ESC_REQ_BEGIN | 0x80);
    for (uint8_t sequence = 20; sequence < 26; sequence++) {
        struct reply reply = step(sequence);
        CHECK_EQUAL(reply.length, 5);
        CHECK_EQUAL(reply.payload[1] | reply.payload[2] << 8, esc_trace.used);
        uint16_t crc = talk_crc(reads, sizeof reads);
        for (unsigned at = 0; at < esc_trace.used; at++) {
            crc = esc_crc(crc, esc_trace.bytes[at]);
        }
        CHECK_EQUAL(reply.payload[3] | reply.payload[4] << 8, crc);
    }
}

/** Random requests in a random order: no step of a session is carried out twice, nothing breaks. */
static void at_random(void)
{
    for (uint32_t seed = 1; seed <= 60; seed++) {
        check_context("(seed %u)", (unsigned)seed);
        uint32_t random = seed;
        CHECK_EQUAL(talk_begin(reads, sizeof reads).type, ESC_REQ_BEGIN | 0x80);
        bool ran_in_lap[256] = { false };
        uint8_t newest = 2;
        for (unsigned round = 0; round < 300; round++) {
            random = random * 1664525u + 1013904223u;
            /* The next, or one that is late by up to 63: not so late that numbers come round. */
            uint8_t sequence = (uint8_t)(newest - (random >> 16 & 63u));
            if (random >> 31 != 0) {
                sequence = ++newest;
                ran_in_lap[sequence] = false;
            }
            uint8_t type = (random >> 8 & 3u) == 0 ? ESC_REQ_STEP : ESC_REQ_FETCH;
            uint8_t payload[3] = { (uint8_t)(random >> 9), (uint8_t)(random >> 30), 20 };
            uint64_t time = esc_host.time;
            struct reply reply = talk(type, 7, sequence, payload, type == ESC_REQ_STEP ? 0 : 3);
            if (type == ESC_REQ_STEP && reply.came && esc_host.time != time) {
                CHECK_EQUAL(sequence, newest);
                CHECK(!ran_in_lap[sequence]);
                ran_in_lap[sequence] = true;
            }
        }
    }
}

/** Anything at all in a whole frame of the session, and bytes that are no frame: nothing breaks, and
 * the agent still replies. */
static void anything(void)
{
    CHECK_EQUAL(talk_begin(reads, sizeof reads).type, ESC_REQ_BEGIN | 0x80);
    uint32_t random = 7;
    for (unsigned round = 0; round < 20000; round++) {
        uint8_t payload[ESC_FRAME_BYTES];
        for (unsigned at = 0; at < sizeof payload; at++) {
            random = random * 1664525u + 1013904223u;
            payload[at] = (uint8_t)(random >> 24);
        }
        check_context("(round %u)", round);
        uint8_t length = (uint8_t)(payload[0] % (ESC_FRAME_BYTES - 5));
        uint8_t type = (uint8_t)(payload[1] % 9);
        esc_host_line.length = 0;
        if (payload[2] < 40) {
            for (unsigned at = 0; at < sizeof payload; at++) {
                (void)esc_agent_byte(payload[at]);
            }
            (void)esc_agent_byte(0);
        } else if (type != ESC_REQ_HELLO) {
            (void)talk(type, 7, (uint8_t)round, payload + 3, length);
        }
        CHECK(!esc_host_line.overrun);
    }
    const uint8_t hello[3] = { 1, 1, 9 };
    CHECK_EQUAL(talk(ESC_REQ_HELLO, 0, 1, hello, 3).session, 9);
    CHECK_EQUAL(talk(ESC_REQ_RESET, 9, 2, NULL, 0).type, ESC_REQ_RESET | 0x80);
}

void test_link(void)
{
    check_run("any number of fetches leaves the next command its turn", many_fetches);
    check_run("a late request, refused or not, never makes a step run twice", late_requests);
    check_run("a zero goes before each frame", text_between);
    check_run("a step sums its trace up", sums_up);
    check_run("late and repeated requests at random, 60 seeds", at_random);
    check_run("whole frames with anything in them, 20 000 of them", anything);
}
