/* The agent: serves the requests of docs/wire.md. */
#include "esc_agent.h"

#include <stddef.h>

#include "esc_describe.h"
#include "esc_hal.h"
#include "esc_interp.h"
#include "esc_port.h"
#include "esc_program.h"
#include "esc_session.h"
#include "esc_trace.h"
#include "esc_wire.h"

/** Most trace bytes in one fetch. */
#define FETCH_BYTES 200
/** How far ahead of the last one a request's sequence may be; further round is behind it. */
#define SEQUENCES_AHEAD 127
/** Most program bytes in one load. */
#define LOAD_BYTES 64

/** Releases all timers and forgets the program. */
static void forget(void)
{
    (void)esc_deinit_all();
    esc_program.loaded = 0;
    esc_program.ready = false;
    esc_trace.used = 0;
}

static void hello(struct esc_request *request)
{
    if (request->length != 3 || request->payload[2] == 0) {
        esc_refuse_once(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    if (request->payload[0] > ESC_PROTOCOL || request->payload[1] < ESC_PROTOCOL) {
        esc_refuse_once(request, ESC_LINK_VERSION_MISMATCH, ESC_PROTOCOL | ESC_PROTOCOL << 8);
        return;
    }
    forget();
    esc_session.has_reply = false;
    esc_session.session = request->payload[2];
    request->session = esc_session.session;
    esc_send_to(request, ESC_REQ_HELLO | ESC_REQ_REPLY_BIT, request->payload,
                esc_describe(request->payload));
}

static void load(const struct esc_request *request)
{
    uint8_t count = (uint8_t)(request->length - 2);
    if (request->length < 2 || count > LOAD_BYTES) {
        esc_refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    uint16_t offset = esc_get_u16(request->payload);
    if (offset > ESC_PROGRAM_BYTES || count > ESC_PROGRAM_BYTES - offset) {
        esc_refuse(request, ESC_LINK_PROGRAM_TOO_LARGE, ESC_PROGRAM_BYTES);
        return;
    }
    if (offset > esc_program.loaded) {
        esc_refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    esc_program.ready = false;
    for (uint8_t at = 0; at < count; at++) {
        esc_program.bytes[offset + at] = request->payload[2 + at];
    }
    esc_program.loaded = (uint16_t)(offset + count);
    (void)esc_put_u16(esc_session.reply, esc_program.loaded);
    esc_reply(request, ESC_REQ_LOAD | ESC_REQ_REPLY_BIT, 2);
}

static uint16_t crc_of(uint16_t crc, const uint8_t *bytes, uint16_t length)
{
    while (length != 0) {
        crc = esc_crc(crc, *bytes);
        bytes++;
        length--;
    }
    return crc;
}

static void begin(const struct esc_request *request)
{
    uint16_t wrong;
    if (request->length != 4) {
        esc_refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    uint16_t length = esc_get_u16(request->payload);
    esc_program.ready = false;
    if (length > ESC_PROGRAM_BYTES) {
        esc_refuse(request, ESC_LINK_PROGRAM_TOO_LARGE, ESC_PROGRAM_BYTES);
        return;
    }
    esc_session.program_crc = esc_get_u16(request->payload + 2);
    if (length > esc_program.loaded ||
        crc_of(ESC_CRC_START, esc_program.bytes, length) != esc_session.program_crc) {
        esc_refuse(request, ESC_LINK_PROGRAM_CRC, 0);
        return;
    }
    switch (esc_program_check(length, &wrong)) {
    case ESC_CHECK_INVALID:
        esc_refuse(request, ESC_LINK_PROGRAM_INVALID, wrong);
        break;
    case ESC_CHECK_TIMERS:
        esc_refuse(request, ESC_LINK_TOO_MANY_TIMERS, ESC_TIMERS);
        break;
    default:
        esc_interp_begin();
        esc_program.ready = true;
        esc_accept(request);
        break;
    }
}

/** Says that the step goes on; the request is the one kept in `agent`. */
static void alive(void)
{
    const uint8_t header[ESC_FRAME_HEADER] = { ESC_REQ_ALIVE, esc_session.session,
                                               esc_session.sequence };
    esc_send(header, NULL, 0);
}

static void step(const struct esc_request *request)
{
    if (request->length != 0) {
        esc_refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    if (!esc_program.ready) {
        esc_refuse(request, ESC_LINK_NO_PROGRAM, 0);
        return;
    }
    esc_session.sequence = request->sequence;
    enum esc_step state = esc_interp_step(alive);
    if (state == ESC_STEP_FULL) {
        esc_program.ready = false;
        esc_refuse(request, ESC_LINK_TRACE_TOO_LARGE, ESC_TRACE_BYTES);
    } else if (state == ESC_STEP_ENDLESS || state == ESC_STEP_STARVED) {
        esc_program.ready = false;
        esc_refuse(request, state == ESC_STEP_ENDLESS ? ESC_LINK_STEP_LIMIT : ESC_LINK_NEVER_ENDS,
                   0);
    } else {
        uint8_t *out = esc_session.reply;
        *out++ = state == ESC_STEP_DONE;
        out = esc_put_u16(out, esc_trace.used);
        (void)esc_put_u16(out, crc_of(esc_session.program_crc, esc_trace.bytes, esc_trace.used));
        esc_reply(request, ESC_REQ_STEP | ESC_REQ_REPLY_BIT, ESC_KEPT_BYTES);
    }
}

/** Reads and changes nothing, so neither its reply nor a refusal is kept: asked again, it is read
 * again. The reply kept stays, so that a step's request that comes a second time late does not run
 * a second time. */
static void fetch(const struct esc_request *request)
{
    uint16_t offset = esc_get_u16(request->payload);
    uint8_t length = request->payload[2];
    if (request->length != 3 || length > FETCH_BYTES || offset > esc_trace.used ||
        length > esc_trace.used - offset) {
        esc_refuse_once(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    esc_send_to(request, ESC_REQ_FETCH | ESC_REQ_REPLY_BIT, esc_trace.bytes + offset, length);
}

/** Reads and changes nothing, as a fetch. */
static void statement(const struct esc_request *request)
{
    if (request->length != 1) {
        esc_refuse_once(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    esc_send_to(request, ESC_REQ_STATE | ESC_REQ_REPLY_BIT, request->payload,
                esc_state(request->payload, request->payload[0]));
}

static void command(const struct esc_request *request)
{
    switch (request->type) {
    case ESC_REQ_LOAD:
        load(request);
        break;
    case ESC_REQ_BEGIN:
        begin(request);
        break;
    case ESC_REQ_STEP:
        step(request);
        break;
    case ESC_REQ_RESET:
        forget();
        esc_accept(request);
        break;
    default:
        esc_refuse(request, ESC_LINK_UNKNOWN_REQUEST, request->type);
        break;
    }
}

static void serve(struct esc_request *request)
{
    if (request->type == ESC_REQ_HELLO) {
        hello(request);
        return;
    }
    if (request->session != esc_session.session || esc_session.session == 0) {
        esc_refuse_once(request, ESC_LINK_NO_SESSION, 0);
        return;
    }
    /* Before the first command there is nothing that a request could be late for. */
    uint8_t ahead = esc_session.has_reply ? (uint8_t)(request->sequence - esc_session.newest) : 1;
    bool is_newer = ahead != 0 && ahead <= SEQUENCES_AHEAD;
    if (request->type == ESC_REQ_FETCH || request->type == ESC_REQ_STATE) {
        /* The window moves with these too: there may be any number of them before the next
         * command. */
        if (is_newer) {
            esc_session.newest = request->sequence;
        }
        if (request->type == ESC_REQ_FETCH) {
            fetch(request);
        } else {
            statement(request);
        }
    } else if (esc_session.has_reply && request->sequence == esc_session.sequence) {
        esc_send_to(request, esc_session.reply_type, esc_session.reply, esc_session.reply_length);
    } else if (is_newer) {
        esc_session.newest = request->sequence;
        command(request);
    }
    /* Otherwise it was overtaken by a later request: its own reply is long gone, and it must not
     * run again. */
}

void esc_agent_init(void)
{
    esc_init();
    esc_receiver_reset(&esc_session.receiver);
    esc_session.session = 0;
    esc_session.has_reply = false;
    forget();
}

bool esc_agent_byte(uint8_t byte)
{
    uint8_t *bytes = esc_session.receiver.bytes;
    uint8_t length = esc_receive(&esc_session.receiver, byte);
    if (length != 0) {
        struct esc_request request = { bytes[0], bytes[1], bytes[2],
                                   (uint8_t)(length - ESC_FRAME_HEADER), bytes + ESC_FRAME_HEADER };
        serve(&request);
    }
    return byte == 0;
}
