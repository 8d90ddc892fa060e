/* The agent: serves the requests of docs/wire.md. */
#include "esc_agent.h"

#include <stddef.h>

#include "esc_describe.h"
#include "esc_frame.h"
#include "esc_hal.h"
#include "esc_interp.h"
#include "esc_port.h"
#include "esc_program.h"
#include "esc_trace.h"
#include "esc_wire.h"

/** Most trace bytes in one fetch. */
#define FETCH_BYTES 200
/** How far ahead of the last one a request's sequence may be; further round is behind it. */
#define SEQUENCES_AHEAD 127
/** Most program bytes in one load. */
#define LOAD_BYTES 64

/** Longest reply that is kept. */
#define KEPT_BYTES 5

/** The session, and the reply to its last command, which is any request but a fetch: the same
 * sequence again gets it again. */
static struct {
    struct esc_receiver receiver;
    /** 0 before the first hello. */
    uint8_t session;
    /** Of the command whose reply is kept. */
    uint8_t sequence;
    /** Of the newest request of all, fetches among them; what is behind it is late. */
    uint8_t newest;
    /** Of the program that was begun: what its traces' CRCs start from. */
    uint16_t program_crc;
    bool has_reply;
    uint8_t reply_type;
    uint8_t reply_length;
    uint8_t reply[KEPT_BYTES];
} agent;

/** A request as received; its payload is overwritten by the reply's. */
struct request {
    uint8_t type;
    uint8_t session;
    uint8_t sequence;
    uint8_t length;
    uint8_t *payload;
};

static void send(const struct request *request, uint8_t type, const uint8_t *payload,
                 uint8_t length)
{
    const uint8_t header[ESC_FRAME_HEADER] = { type, request->session, request->sequence };
    esc_send(header, payload, length);
}

/** Sends what was put into `agent.reply`, and keeps it for a repeated request. */
static void answer(const struct request *request, uint8_t type, uint8_t length)
{
    agent.has_reply = true;
    agent.sequence = request->sequence;
    agent.reply_type = type;
    agent.reply_length = length;
    send(request, type, agent.reply, length);
}

static uint8_t *put_u16(uint8_t *out, uint16_t value)
{
    *out++ = (uint8_t)value;
    *out++ = (uint8_t)(value >> 8);
    return out;
}

static void refuse(const struct request *request, uint8_t code, uint16_t detail)
{
    agent.reply[0] = code;
    (void)put_u16(agent.reply + 1, detail);
    answer(request, ESC_REQ_ERROR, 3);
}

/** Refuses without keeping that: for what is no command of the session. */
static void refuse_once(const struct request *request, uint8_t code, uint16_t detail)
{
    uint8_t error[3] = { code };
    (void)put_u16(error + 1, detail);
    send(request, ESC_REQ_ERROR, error, sizeof error);
}

static void accept(const struct request *request)
{
    answer(request, request->type | 0x80, 0);
}

static uint16_t get_u16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

/** Releases all timers and forgets the program. */
static void forget(void)
{
    (void)esc_deinit_all();
    esc_program.loaded = 0;
    esc_program.ready = false;
    esc_trace.used = 0;
}

static void hello(struct request *request)
{
    if (request->length != 3 || request->payload[2] == 0) {
        refuse_once(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    if (request->payload[0] > ESC_PROTOCOL || request->payload[1] < ESC_PROTOCOL) {
        refuse_once(request, ESC_LINK_VERSION_MISMATCH, ESC_PROTOCOL | ESC_PROTOCOL << 8);
        return;
    }
    forget();
    agent.has_reply = false;
    agent.session = request->payload[2];
    request->session = agent.session;
    send(request, ESC_REQ_HELLO | 0x80, request->payload, esc_describe(request->payload));
}

static void load(const struct request *request)
{
    uint8_t count = (uint8_t)(request->length - 2);
    if (request->length < 2 || count > LOAD_BYTES) {
        refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    uint16_t offset = get_u16(request->payload);
    if (offset > ESC_PROGRAM_BYTES || count > ESC_PROGRAM_BYTES - offset) {
        refuse(request, ESC_LINK_PROGRAM_TOO_LARGE, ESC_PROGRAM_BYTES);
        return;
    }
    if (offset > esc_program.loaded) {
        refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    esc_program.ready = false;
    for (uint8_t at = 0; at < count; at++) {
        esc_program.bytes[offset + at] = request->payload[2 + at];
    }
    esc_program.loaded = (uint16_t)(offset + count);
    (void)put_u16(agent.reply, esc_program.loaded);
    answer(request, ESC_REQ_LOAD | 0x80, 2);
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

static void begin(const struct request *request)
{
    uint16_t wrong;
    if (request->length != 4) {
        refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    uint16_t length = get_u16(request->payload);
    esc_program.ready = false;
    if (length > ESC_PROGRAM_BYTES) {
        refuse(request, ESC_LINK_PROGRAM_TOO_LARGE, ESC_PROGRAM_BYTES);
        return;
    }
    agent.program_crc = get_u16(request->payload + 2);
    if (length > esc_program.loaded ||
        crc_of(0xffff, esc_program.bytes, length) != agent.program_crc) {
        refuse(request, ESC_LINK_PROGRAM_CRC, 0);
        return;
    }
    switch (esc_program_check(length, &wrong)) {
    case ESC_CHECK_INVALID:
        refuse(request, ESC_LINK_PROGRAM_INVALID, wrong);
        break;
    case ESC_CHECK_TIMERS:
        refuse(request, ESC_LINK_TOO_MANY_TIMERS, ESC_TIMERS);
        break;
    default:
        esc_interp_begin();
        esc_program.ready = true;
        accept(request);
        break;
    }
}

/** Says that the step goes on; the request is the one kept in `agent`. */
static void alive(void)
{
    const uint8_t header[ESC_FRAME_HEADER] = { ESC_REQ_ALIVE, agent.session, agent.sequence };
    esc_send(header, NULL, 0);
}

static void step(const struct request *request)
{
    if (request->length != 0) {
        refuse(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    if (!esc_program.ready) {
        refuse(request, ESC_LINK_NO_PROGRAM, 0);
        return;
    }
    agent.sequence = request->sequence;
    enum esc_step state = esc_interp_step(alive);
    if (state == ESC_STEP_FULL) {
        esc_program.ready = false;
        refuse(request, ESC_LINK_TRACE_TOO_LARGE, ESC_TRACE_BYTES);
    } else if (state == ESC_STEP_ENDLESS || state == ESC_STEP_STARVED) {
        esc_program.ready = false;
        refuse(request, state == ESC_STEP_ENDLESS ? ESC_LINK_STEP_LIMIT : ESC_LINK_NEVER_ENDS, 0);
    } else {
        uint8_t *out = agent.reply;
        *out++ = state == ESC_STEP_DONE;
        out = put_u16(out, esc_trace.used);
        (void)put_u16(out, crc_of(agent.program_crc, esc_trace.bytes, esc_trace.used));
        answer(request, ESC_REQ_STEP | 0x80, KEPT_BYTES);
    }
}

/** Reads and changes nothing, so neither its reply nor a refusal is kept: asked again, it is read
 * again. The reply kept stays, so that a step's request that comes a second time late does not run
 * a second time. */
static void fetch(const struct request *request)
{
    uint16_t offset = get_u16(request->payload);
    uint8_t length = request->payload[2];
    if (request->length != 3 || length > FETCH_BYTES || offset > esc_trace.used ||
        length > esc_trace.used - offset) {
        refuse_once(request, ESC_LINK_BAD_PAYLOAD, 0);
        return;
    }
    send(request, ESC_REQ_FETCH | 0x80, esc_trace.bytes + offset, length);
}

static void command(const struct request *request)
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
        accept(request);
        break;
    default:
        refuse(request, ESC_LINK_UNKNOWN_REQUEST, request->type);
        break;
    }
}

static void serve(struct request *request)
{
    if (request->type == ESC_REQ_HELLO) {
        hello(request);
        return;
    }
    if (request->session != agent.session || agent.session == 0) {
        refuse_once(request, ESC_LINK_NO_SESSION, 0);
        return;
    }
    /* Before the first command there is nothing that a request could be late for. */
    uint8_t ahead = agent.has_reply ? (uint8_t)(request->sequence - agent.newest) : 1;
    bool is_newer = ahead != 0 && ahead <= SEQUENCES_AHEAD;
    if (request->type == ESC_REQ_FETCH) {
        /* The window moves with fetches too: there may be any number of them before the next
         * command. */
        if (is_newer) {
            agent.newest = request->sequence;
        }
        fetch(request);
    } else if (agent.has_reply && request->sequence == agent.sequence) {
        send(request, agent.reply_type, agent.reply, agent.reply_length);
    } else if (is_newer) {
        agent.newest = request->sequence;
        command(request);
    }
    /* Otherwise it was overtaken by a later request: its own reply is long gone, and it must not
     * run again. */
}

void esc_agent_init(void)
{
    esc_init();
    esc_receiver_reset(&agent.receiver);
    agent.session = 0;
    agent.has_reply = false;
    forget();
}

bool esc_agent_byte(uint8_t byte)
{
    uint8_t *bytes = agent.receiver.bytes;
    uint8_t length = esc_receive(&agent.receiver, byte);
    if (length != 0) {
        struct request request = { bytes[0], bytes[1], bytes[2],
                                   (uint8_t)(length - ESC_FRAME_HEADER), bytes + ESC_FRAME_HEADER };
        serve(&request);
    }
    return byte == 0;
}
