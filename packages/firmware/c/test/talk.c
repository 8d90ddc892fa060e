/* The host's side of a conversation with the agent, for tests. */
#include "talk.h"

#include <string.h>

#include "esc_agent.h"
#include "esc_board_host.h"
#include "esc_frame.h"
#include "esc_port.h"
#include "esc_wire.h"

uint16_t talk_crc(const uint8_t *bytes, unsigned length)
{
    uint16_t crc = 0xffff;
    for (unsigned at = 0; at < length; at++) {
        crc = esc_crc(crc, bytes[at]);
    }
    return crc;
}

/** Decodes one frame of the line; a plain decoder, not the agent's. */
static struct reply decode(const uint8_t *bytes, size_t length)
{
    uint8_t out[512];
    unsigned size = 0;
    struct reply reply = { 0 };
    size_t at = 0;
    while (at < length) {
        uint8_t code = bytes[at++];
        for (uint8_t left = (uint8_t)(code - 1); left != 0 && at < length; left--) {
            out[size++] = bytes[at++];
        }
        if (at < length && code != 0xff) {
            out[size++] = 0;
        }
    }
    if (size < 5 || talk_crc(out, size - 2) != (uint16_t)(out[size - 2] | out[size - 1] << 8)) {
        return reply;
    }
    reply.type = out[0];
    reply.session = out[1];
    reply.sequence = out[2];
    reply.length = size - 5;
    memcpy(reply.payload, out + 3, reply.length);
    reply.came = true;
    return reply;
}

struct reply talk(uint8_t type, uint8_t session, uint8_t sequence, const uint8_t *payload,
                  unsigned length)
{
    const uint8_t header[3] = { type, session, sequence };
    uint8_t request[512];
    struct reply reply = { 0 };
    esc_host_line.length = 0;
    esc_send(header, payload, (uint8_t)length);
    size_t size = esc_host_line.length;
    memcpy(request, esc_host_line.bytes, size);
    esc_host_line.length = 0;
    for (size_t at = 0; at < size; at++) {
        (void)esc_agent_byte(request[at]);
    }
    size_t start = 0;
    unsigned frames = 0;
    for (size_t at = 0; at < esc_host_line.length; at++) {
        if (esc_host_line.bytes[at] == 0 && at == start) {
            /* The zero before a frame. */
            start = at + 1;
        } else if (esc_host_line.bytes[at] == 0) {
            reply = decode(esc_host_line.bytes + start, at - start);
            reply.before = frames++;
            start = at + 1;
        }
    }
    return reply;
}

struct reply talk_begin(const uint8_t *program, unsigned length)
{
    const uint8_t hello[3] = { 1, 1, 7 };
    uint8_t payload[66];
    uint8_t sequence = 1;
    esc_host_reset(1);
    esc_agent_init();
    (void)talk(ESC_REQ_HELLO, 0, 0, hello, 3);
    for (unsigned offset = 0; offset < length; offset += 64) {
        unsigned count = length - offset < 64 ? length - offset : 64;
        payload[0] = (uint8_t)offset;
        payload[1] = (uint8_t)(offset >> 8);
        memcpy(payload + 2, program + offset, count);
        (void)talk(ESC_REQ_LOAD, 7, sequence++, payload, count + 2);
    }
    uint16_t crc = talk_crc(program, length);
    const uint8_t begin[4] = { (uint8_t)length, (uint8_t)(length >> 8), (uint8_t)crc,
                               (uint8_t)(crc >> 8) };
    return talk(ESC_REQ_BEGIN, 7, sequence, begin, 4);
}
