/* The conversation with the agent, and what it does about a link that loses and repeats. */
#include <string.h>

#include "check.h"
#include "esc_agent.h"
#include "esc_board.h"
#include "esc_board_host.h"
#include "esc_hal.h"
#include "esc_port.h"
#include "esc_trace.h"
#include "esc_wire.h"
#include "talk.h"

/** One periodic timer of 500 ticks; main: start it, sleep 3000, stop it, and a sweep of `count`
 * from 3. */
static unsigned a_program(uint8_t *out, uint8_t count)
{
    const uint8_t bytes[] = { 1, 1, 0x01, 0xf4, 0x03, 0, 3, count, 2,
                              7, ESC_OP_START, 0, ESC_OP_SLEEP, 0xb8, 0x17, ESC_OP_STOP, 0,
                              0 };
    memcpy(out, bytes, sizeof bytes);
    return sizeof bytes;
}

static uint8_t program[64];

static struct reply request(uint8_t type, uint8_t sequence)
{
    return talk(type, 7, sequence, program, 0);
}

static void describes(void)
{
    const uint8_t hello[3] = { 1, 1, 7 };
    const uint8_t newer[3] = { 2, 9, 7 };
    const uint8_t zero[3] = { 1, 1, 0 };
    esc_host_reset(1);
    esc_agent_init();
    CHECK_EQUAL(request(ESC_REQ_RESET, 1).payload[0], ESC_LINK_NO_SESSION);
    struct reply reply = talk(ESC_REQ_HELLO, 0, 3, newer, 3);
    CHECK_EQUAL(reply.type, ESC_REQ_ERROR);
    CHECK_EQUAL(reply.payload[0], ESC_LINK_VERSION_MISMATCH);
    CHECK_EQUAL(reply.payload[1], ESC_PROTOCOL);
    CHECK_EQUAL(talk(ESC_REQ_HELLO, 0, 3, zero, 3).payload[0], ESC_LINK_BAD_PAYLOAD);
    reply = talk(ESC_REQ_HELLO, 0, 9, hello, 3);
    CHECK_EQUAL(reply.type, ESC_REQ_HELLO | 0x80);
    CHECK_EQUAL(reply.session, 7);
    CHECK_EQUAL(reply.sequence, 9);
    CHECK_EQUAL(reply.payload[0], ESC_PROTOCOL);
    CHECK_EQUAL(reply.payload[1], ESC_PORT_COUNTER_BITS);
    CHECK_EQUAL(reply.payload[6], ESC_TIMERS);
    /* The board's instruments, and what the HAL states of itself. */
    CHECK_EQUAL(reply.payload[11], ESC_BOARD_CAPABILITIES | ESC_CAPABILITY(SOFT) |
                                       ESC_CAPABILITY(START_AT) | ESC_CAPABILITY(OVERRUN_POLICY));
    CHECK_EQUAL(memcmp(reply.payload + 40, ESC_BOARD_NAME, sizeof ESC_BOARD_NAME - 1), 0);
    CHECK_EQUAL(reply.length, 40 + sizeof ESC_BOARD_NAME - 1);
    const uint8_t first = 0;
    CHECK_EQUAL(reply.payload[13] >> (ESC_STATES_BIT - 16) & 1, 1);
    reply = talk(ESC_REQ_STATE, 7, 10, &first, 1);
    CHECK_EQUAL(reply.type, ESC_REQ_STATE | 0x80);
    CHECK_EQUAL(reply.payload[0], ESC_STATES_MAX_OVERRUNS);
    CHECK_EQUAL(reply.payload[1], 0xff);
    CHECK_EQUAL(reply.payload[3], 0x03);
    CHECK_EQUAL(memcmp(reply.payload + 4, "esc_hal.h", 9), 0);
    CHECK_EQUAL(reply.length, 4 + 9);
    const uint8_t last = 2;
    CHECK_EQUAL(talk(ESC_REQ_STATE, 7, 11, &last, 1).length, 0);
    CHECK_EQUAL(talk(ESC_REQ_STATE, 7, 12, &last, 0).payload[0], ESC_LINK_BAD_PAYLOAD);
    CHECK_EQUAL(talk(ESC_REQ_RESET, 8, 1, program, 0).payload[0], ESC_LINK_NO_SESSION);
    CHECK_EQUAL(request(0x40, 1).payload[0], ESC_LINK_UNKNOWN_REQUEST);
    CHECK_EQUAL(request(ESC_REQ_STEP, 2).payload[0], ESC_LINK_NO_PROGRAM);
}

static void runs(void)
{
    unsigned length = a_program(program, 1);
    CHECK_EQUAL(talk_begin(program, length).type, ESC_REQ_BEGIN | 0x80);
    struct reply reply = request(ESC_REQ_STEP, 20);
    CHECK_EQUAL(reply.type, ESC_REQ_STEP | 0x80);
    CHECK_EQUAL(reply.payload[0], 1);
    unsigned waiting = reply.payload[1] | (unsigned)reply.payload[2] << 8;
    const uint8_t all[3] = { 0, 0, (uint8_t)waiting };
    reply = talk(ESC_REQ_FETCH, 7, 21, all, 3);
    CHECK_EQUAL(reply.type, ESC_REQ_FETCH | 0x80);
    CHECK_EQUAL(reply.length, waiting);
    CHECK_EQUAL(reply.payload[0], ESC_REC_ITERATION);
    const uint8_t beyond[3] = { 1, 0, (uint8_t)waiting };
    CHECK_EQUAL(talk(ESC_REQ_FETCH, 7, 22, beyond, 3).payload[0], ESC_LINK_BAD_PAYLOAD);
    struct esc_stats stats;
    esc_stats(&stats);
    CHECK_EQUAL(stats.allocated, 0);
}

/** A step asked for again gets the same reply, and does not run again. */
static void repeats(void)
{
    unsigned length = a_program(program, 100);
    CHECK_EQUAL(talk_begin(program, length).type, ESC_REQ_BEGIN | 0x80);
    struct reply first = request(ESC_REQ_STEP, 20);
    uint64_t time = esc_host.time;
    struct reply again = request(ESC_REQ_STEP, 20);
    CHECK(esc_host.time == time);
    CHECK_EQUAL(memcmp(&first, &again, sizeof first), 0);
    CHECK_EQUAL(first.payload[0], 0);
    const uint8_t some[3] = { 0, 0, 100 };
    (void)talk(ESC_REQ_FETCH, 7, 21, some, 3);
    again = request(ESC_REQ_STEP, 20);
    CHECK_EQUAL(esc_host.time - time < 100, 1);
    CHECK_EQUAL(memcmp(&first, &again, sizeof first), 0);
    CHECK_EQUAL(request(ESC_REQ_STEP, 22).type, ESC_REQ_STEP | 0x80);
    CHECK(esc_host.time - time > 3000);

    /* One that was overtaken on the way: no reply, and nothing runs. */
    time = esc_host.time;
    CHECK_EQUAL(request(ESC_REQ_STEP, 20).type, 0);
    CHECK_EQUAL(request(ESC_REQ_STEP, 22 + 128).type, 0);
    CHECK(esc_host.time == time);
    CHECK_EQUAL(request(ESC_REQ_STEP, 22 + 127).type, ESC_REQ_STEP | 0x80);
}

/** All iterations of a sweep come, each once, over several steps. */
static void sweeps(void)
{
    unsigned length = a_program(program, 60);
    CHECK_EQUAL(talk_begin(program, length).type, ESC_REQ_BEGIN | 0x80);
    unsigned iterations = 0;
    unsigned steps = 0;
    uint8_t sequence = 40;
    uint32_t value = 3;
    bool done = false;
    while (!done && steps < 100) {
        struct reply reply = request(ESC_REQ_STEP, sequence++);
        CHECK_EQUAL(reply.type, ESC_REQ_STEP | 0x80);
        done = reply.payload[0] == 1;
        steps++;
        /* Values of the variable stand one after the other in iteration records, all below 128. */
        for (unsigned at = 0; at + 2 < esc_trace.used; at++) {
            const uint8_t *bytes = esc_trace.bytes + at;
            unsigned skip = 1;
            while (bytes[skip] & 0x80) {
                skip++;
            }
            if (bytes[0] == ESC_REC_ITERATION && bytes[skip + 1] == value &&
                bytes[skip + 2] == ESC_REC_CALL) {
                iterations++;
                value += 2;
            }
        }
    }
    CHECK_EQUAL(iterations, 60);
    CHECK(steps > 3);
    CHECK_EQUAL(request(ESC_REQ_STEP, sequence).payload[0], 1);
}

static unsigned frames_seen;

static void count_frame(void)
{
    frames_seen++;
}

static void says_alive(void)
{
    /* sleep 2 000 000 ticks: two seconds of the host board. */
    static const uint8_t bytes[] = { 1, 0, 0, 0, 1, 0, 4, ESC_OP_SLEEP, 0x80, 0x89, 0x7a };
    CHECK_EQUAL(talk_begin(bytes, sizeof bytes).type, ESC_REQ_BEGIN | 0x80);
    frames_seen = 0;
    esc_host_line.on_frame = count_frame;
    struct reply reply = request(ESC_REQ_STEP, 9);
    esc_host_line.on_frame = NULL;
    CHECK_EQUAL(reply.type, ESC_REQ_STEP | 0x80);
    CHECK(reply.before >= 8 && reply.before <= 10);
    /* The request goes the same way. */
    CHECK_EQUAL(frames_seen, 1 + reply.before + 1);
}

static void limits(void)
{
    /* repeat 2^32 - 1 times: mark. */
    static const uint8_t endless[] = { 1, 0, 0, 0, 1, 0, 9, ESC_OP_REPEAT,
                                       0xff, 0xff, 0xff, 0xff, 0x0f, 2, ESC_OP_MARK, 1 };
    CHECK_EQUAL(talk_begin(endless, sizeof endless).type, ESC_REQ_BEGIN | 0x80);
    struct reply reply = request(ESC_REQ_STEP, 9);
    CHECK_EQUAL(reply.type, ESC_REQ_ERROR);
    CHECK_EQUAL(reply.payload[0], ESC_LINK_STEP_LIMIT);
    CHECK_EQUAL(request(ESC_REQ_STEP, 10).payload[0], ESC_LINK_NO_PROGRAM);

    /* 150 marks do not fit. */
    uint8_t marks[8 + 300] = { 1, 0, 0, 0, 1, 0, 0xac, 0x02 };
    for (unsigned at = 8; at < sizeof marks; at += 2) {
        marks[at] = ESC_OP_READ_MANY;
        marks[at + 1] = 1;
    }
    CHECK_EQUAL(talk_begin(marks, sizeof marks).type, ESC_REQ_BEGIN | 0x80);
    reply = request(ESC_REQ_STEP, 9);
    CHECK_EQUAL(reply.payload[0], ESC_LINK_TRACE_TOO_LARGE);
    CHECK_EQUAL(reply.payload[1] | reply.payload[2] << 8, ESC_TRACE_BYTES);

    const uint8_t far[3] = { (uint8_t)ESC_PROGRAM_BYTES, ESC_PROGRAM_BYTES >> 8, 1 };
    CHECK_EQUAL(talk(ESC_REQ_LOAD, 7, 30, far, 3).payload[0], ESC_LINK_PROGRAM_TOO_LARGE);
    const uint8_t gap[3] = { 100, 0, 1 };
    CHECK_EQUAL(talk(ESC_REQ_RESET, 7, 31, far, 0).type, ESC_REQ_RESET | 0x80);
    CHECK_EQUAL(talk(ESC_REQ_LOAD, 7, 32, gap, 3).payload[0], ESC_LINK_BAD_PAYLOAD);
    const uint8_t begin[4] = { 5, 0, 1, 2 };
    CHECK_EQUAL(talk(ESC_REQ_BEGIN, 7, 33, begin, 4).payload[0], ESC_LINK_PROGRAM_CRC);
    CHECK_EQUAL(talk(ESC_REQ_LOAD, 7, 34, gap, 1).payload[0], ESC_LINK_BAD_PAYLOAD);
}

/** A hello in the middle of a session starts over; the old session's requests are refused. */
static void taken_over(void)
{
    const uint8_t other[3] = { 1, 3, 99 };
    unsigned length = a_program(program, 100);
    CHECK_EQUAL(talk_begin(program, length).type, ESC_REQ_BEGIN | 0x80);
    CHECK_EQUAL(talk(ESC_REQ_HELLO, 0, 1, other, 3).session, 99);
    CHECK_EQUAL(request(ESC_REQ_STEP, 50).payload[0], ESC_LINK_NO_SESSION);
    CHECK_EQUAL(talk(ESC_REQ_STEP, 99, 1, program, 0).payload[0], ESC_LINK_NO_PROGRAM);
}

void test_agent(void)
{
    check_run("hello describes the board; another session or version is refused", describes);
    check_run("a program is run and its trace fetched", runs);
    check_run("a request never runs twice", repeats);
    check_run("a sweep comes whole, over several steps", sweeps);
    check_run("alive frames come five times a second", says_alive);
    check_run("limits are reported: endless, trace, program, gap, CRC", limits);
    check_run("a second host takes over", taken_over);
}
