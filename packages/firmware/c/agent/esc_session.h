/* The session, and the replies to its requests. */
#ifndef ESC_SESSION_H
#define ESC_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_frame.h"
#include "esc_unit.h"

/** Longest reply that is kept. */
#define ESC_KEPT_BYTES 5

/** The session, and the reply to its last command, which is any request but a fetch: the same
 * sequence again gets it again. */
struct esc_session {
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
    uint8_t reply[ESC_KEPT_BYTES];
};

#ifdef ESC_ONE_UNIT
static struct esc_session esc_session;
#else
extern struct esc_session esc_session;
#endif

/** A request as received; its payload is overwritten by the reply's. */
struct esc_request {
    uint8_t type;
    uint8_t session;
    uint8_t sequence;
    uint8_t length;
    uint8_t *payload;
};

/** A 16-bit number of a payload. */
static inline uint16_t esc_get_u16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

/** Writes a 16-bit number; returns where the next one goes. */
ESC_INTERNAL uint8_t *esc_put_u16(uint8_t *out, uint16_t value);

/** Sends a frame with a request's session and sequence. */
ESC_INTERNAL void esc_send_to(const struct esc_request *request, uint8_t type,
                              const uint8_t *payload, uint8_t length);

/** Sends what was put into `esc_session.reply`, and keeps it for a repeated request. */
ESC_INTERNAL void esc_reply(const struct esc_request *request, uint8_t type, uint8_t length);

/** Replies with the request's own type and nothing more. */
ESC_INTERNAL void esc_accept(const struct esc_request *request);

/** Replies with an error of the link. */
ESC_INTERNAL void esc_refuse(const struct esc_request *request, uint8_t code, uint16_t detail);

/** Refuses without keeping that: for what is no command of the session. */
ESC_INTERNAL void esc_refuse_once(const struct esc_request *request, uint8_t code,
                                  uint16_t detail);

#endif
