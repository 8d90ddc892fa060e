/* Frames: whole, damaged, cut and too long. */
#include <string.h>

#include "check.h"
#include "esc_board_host.h"
#include "esc_frame.h"

/** Feeds bytes and a zero; the length that esc_receive() returned. */
static uint8_t feed(struct esc_receiver *receiver, const unsigned char *bytes, unsigned length)
{
    for (unsigned at = 0; at < length; at++) {
        CHECK_EQUAL(esc_receive(receiver, bytes[at]), 0);
    }
    return esc_receive(receiver, 0);
}

/** Sends a frame and leaves it in the host's line, without the zeros around it. */
static void transmit(const uint8_t *plain, uint8_t length)
{
    esc_host_line.length = 0;
    esc_send(plain, plain + ESC_FRAME_HEADER, (uint8_t)(length - ESC_FRAME_HEADER));
    CHECK_EQUAL(esc_host_line.bytes[0], 0);
    CHECK_EQUAL(esc_host_line.bytes[esc_host_line.length - 1], 0);
    esc_host_line.length -= 2;
    memmove(esc_host_line.bytes, esc_host_line.bytes + 1, esc_host_line.length);
    CHECK(memchr(esc_host_line.bytes, 0, esc_host_line.length) == NULL);
}

static void round_trip(void)
{
    struct esc_receiver receiver;
    uint8_t plain[ESC_FRAME_BYTES];
    uint32_t random = 1;
    for (unsigned round = 0; round < 3000; round++) {
        uint8_t length = (uint8_t)(ESC_FRAME_HEADER + round % (ESC_FRAME_BYTES - 4));
        for (unsigned at = 0; at < length; at++) {
            random = random * 1664525u + 1013904223u;
            plain[at] = (uint8_t)(random >> 28 == 0 ? 0 : random >> 24);
        }
        check_context("(round %u)", round);
        transmit(plain, length);
        esc_receiver_reset(&receiver);
        CHECK_EQUAL(feed(&receiver, esc_host_line.bytes, (unsigned)esc_host_line.length), length);
        CHECK_EQUAL(memcmp(receiver.bytes, plain, length), 0);
    }
}

static void damage(void)
{
    struct esc_receiver receiver;
    static const uint8_t plain[] = { 2, 7, 9, 0, 0, 1, 2, 0, 3 };
    uint8_t good[64];
    transmit(plain, sizeof plain);
    unsigned length = (unsigned)esc_host_line.length;
    memcpy(good, esc_host_line.bytes, length);
    esc_receiver_reset(&receiver);
    for (unsigned at = 0; at < length; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            uint8_t bad[64];
            memcpy(bad, good, length);
            bad[at] = (uint8_t)(bad[at] ^ (1u << bit));
            check_context("(byte %u, bit %u)", at, bit);
            if (bad[at] != 0) {
                CHECK_EQUAL(feed(&receiver, bad, length), 0);
            }
        }
        check_context("(cut at %u)", at);
        CHECK_EQUAL(feed(&receiver, good, at), 0);
    }
    check_context("(after all of it)");
    CHECK_EQUAL(feed(&receiver, good, length), sizeof plain);
}

static void oversize(void)
{
    struct esc_receiver receiver;
    static const uint8_t plain[ESC_FRAME_BYTES - 1] = { 2, 1, 1 };
    esc_receiver_reset(&receiver);
    transmit(plain, sizeof plain - 1);
    CHECK_EQUAL(feed(&receiver, esc_host_line.bytes, (unsigned)esc_host_line.length),
                sizeof plain - 1);
    transmit(plain, sizeof plain);
    CHECK_EQUAL(feed(&receiver, esc_host_line.bytes, (unsigned)esc_host_line.length), 0);
    for (unsigned at = 0; at < 5000; at++) {
        CHECK_EQUAL(esc_receive(&receiver, (uint8_t)(1 + at % 255)), 0);
    }
    CHECK_EQUAL(esc_receive(&receiver, 0), 0);
    transmit(plain, 10);
    CHECK_EQUAL(feed(&receiver, esc_host_line.bytes, (unsigned)esc_host_line.length), 10);
}

void test_frames(void)
{
    check_run("frames come back as they were sent", round_trip);
    check_run("a damaged or cut frame is dropped, and the next one is not", damage);
    check_run("a frame that is too long is dropped, and the next one is not", oversize);
}
