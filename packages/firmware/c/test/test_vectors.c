/* The vectors that TypeScript and C share: CRC, COBS, programs, traces. */
#include "check.h"
#include "esc_agent.h"
#include "esc_board_host.h"
#include "esc_frame.h"
#include "esc_port.h"
#include "esc_program.h"
#include "esc_trace.h"
#include "esc_wire.h"
#include "talk.h"
#include "vectors.h"

static void crc_vectors(void)
{
    for (unsigned index = 0; index < ESC_CRC_VECTORS; index++) {
        const struct esc_crc_vector *vector = &esc_crc_vectors[index];
        uint16_t crc = 0xffff;
        for (unsigned at = 0; at < vector->bytes_length; at++) {
            crc = esc_crc(crc, vector->bytes[at]);
        }
        check_context("(%s)", vector->name);
        CHECK_EQUAL(crc, vector->crc);
    }
}

/** Where in the encoding the block begins that the CRC goes on: its code byte differs, all before
 * is the same. */
static unsigned last_block(const unsigned char *plain, unsigned length)
{
    unsigned start = 0;
    for (unsigned at = 0; at < length; at++) {
        if (plain[at] == 0) {
            start = at + 1;
        }
    }
    return start;
}

static void cobs_vectors(void)
{
    for (unsigned index = 0; index < ESC_COBS_VECTORS; index++) {
        const struct esc_cobs_vector *vector = &esc_cobs_vectors[index];
        if (vector->plain_length < ESC_FRAME_HEADER || vector->plain_length > 222) {
            continue;
        }
        check_context("(%s)", vector->name);
        esc_host_line.length = 0;
        esc_send(vector->plain, vector->plain + ESC_FRAME_HEADER,
                 (uint8_t)(vector->plain_length - ESC_FRAME_HEADER));
        CHECK_EQUAL(esc_host_line.bytes[0], 0);
        unsigned same = 0;
        while (same < vector->encoded_length && same + 1 < esc_host_line.length &&
               esc_host_line.bytes[same + 1] == vector->encoded[same]) {
            same++;
        }
        CHECK(same >= last_block(vector->plain, vector->plain_length));
    }
}

static void program_vectors(void)
{
    for (unsigned index = 0; index < ESC_PROGRAM_VECTORS; index++) {
        const struct esc_program_vector *vector = &esc_program_vectors[index];
        check_context("(%s)", vector->name);
        struct reply reply = talk_begin(vector->bytes, vector->bytes_length);
        CHECK(reply.came);
        if (vector->valid) {
            CHECK_EQUAL(reply.type, ESC_REQ_BEGIN | 0x80);
        } else {
            CHECK_EQUAL(reply.type, ESC_REQ_ERROR);
            CHECK(reply.payload[0] == ESC_LINK_PROGRAM_INVALID ||
                  reply.payload[0] == ESC_LINK_TOO_MANY_TIMERS);
            CHECK(reply.payload[1] <= vector->bytes_length);
        }
    }
}

/** Every byte of every valid program changed to some other values: never a crash, always a
 * reply. */
static void mutations(void)
{
    static const uint8_t values[] = { 0x00, 0x01, 0x21, 0x3f, 0x40, 0x7f, 0x80, 0xa1, 0xff };
    uint8_t bytes[ESC_PROGRAM_BYTES];
    for (unsigned index = 0; index < ESC_PROGRAM_VECTORS; index++) {
        const struct esc_program_vector *vector = &esc_program_vectors[index];
        for (unsigned at = 0; at < vector->bytes_length; at++) {
            for (unsigned value = 0; value < sizeof values; value++) {
                for (unsigned copy = 0; copy < vector->bytes_length; copy++) {
                    bytes[copy] = vector->bytes[copy];
                }
                bytes[at] = values[value];
                check_context("(%s, byte %u is 0x%02x)", vector->name, at, values[value]);
                struct reply reply = talk_begin(bytes, vector->bytes_length);
                CHECK(reply.type == (ESC_REQ_BEGIN | 0x80) || reply.type == ESC_REQ_ERROR);
            }
        }
    }
}

/** Reads a varint of a trace. */
static uint32_t take(const unsigned char **at)
{
    uint64_t value = 0;
    unsigned shift = 0;
    unsigned char byte;
    do {
        byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7fu) << shift;
        shift += 7;
    } while (byte & 0x80u);
    return (uint32_t)value;
}

static uint32_t unzigzag(uint32_t value)
{
    return value & 1u ? ~(value >> 1) : value >> 1;
}

/** Writes the record at `at` again through the trace's own functions. */
static void write_again(const unsigned char **at, uint32_t *time)
{
    struct esc_record record;
    unsigned char tag = *(*at)++;
    uint8_t kind = tag & 0x0f;
    *time += unzigzag(take(at));
    esc_host.level = (tag >> 4) & 7;
    esc_record_begin(&record, kind, *time);
    if (kind == ESC_REC_CALL) {
        for (unsigned bytes = 0; bytes < 3; bytes++) {
            esc_record_byte(&record, *(*at)++);
        }
        esc_record_varint(&record, take(at));
    } else if (kind == ESC_REC_STATS) {
        for (unsigned counts = 0; counts < 3; counts++) {
            esc_record_varint(&record, take(at));
        }
    } else if (kind == ESC_REC_ITERATION) {
        esc_record_varint(&record, take(at));
    } else {
        if (kind != ESC_REC_READ) {
            esc_record_byte(&record, *(*at)++);
        }
        if (kind == ESC_REC_READ || kind == ESC_REC_EXPIRY) {
            esc_record_zigzag(&record, unzigzag(take(at)));
        }
    }
    if (tag & 0x80u) {
        esc_record_flag(&record);
        esc_record_varint(&record, take(at));
        if (kind == ESC_REC_READ) {
            esc_record_varint(&record, take(at));
        }
    }
    esc_record_end(&record);
}

static void trace_vectors(void)
{
    for (unsigned index = 0; index < ESC_TRACE_VECTORS; index++) {
        const struct esc_trace_vector *vector = &esc_trace_vectors[index];
        const unsigned char *at = vector->bytes;
        uint32_t time = 0;
        check_context("(%s)", vector->name);
        esc_host_reset(0);
        esc_trace = (struct esc_trace){ .used = 0 };
        while (at < vector->bytes + vector->bytes_length) {
            write_again(&at, &time);
        }
        CHECK_EQUAL(esc_trace.used, vector->bytes_length);
        for (unsigned byte = 0; byte < vector->bytes_length; byte++) {
            CHECK_EQUAL(esc_trace.bytes[byte], vector->bytes[byte]);
        }
    }
    esc_host_reset(0);
}

void test_vectors(void)
{
    check_run("CRC vectors", crc_vectors);
    check_run("COBS vectors", cobs_vectors);
    check_run("program vectors: the valid are taken, the others refused", program_vectors);
    check_run("programs with a byte changed get a reply", mutations);
    check_run("trace vectors are written byte for byte", trace_vectors);
}
