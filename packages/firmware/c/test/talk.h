/* The host's side of a conversation with the agent, for tests. */
#ifndef TALK_H
#define TALK_H

#include <stdbool.h>
#include <stdint.h>

/** A reply: header and payload. */
struct reply {
    uint8_t type;
    uint8_t session;
    uint8_t sequence;
    uint8_t payload[224];
    unsigned length;
    /** Frames that came before it, such as alive. */
    unsigned before;
    bool came;
};

/** Sends a request and takes the last frame that came back. */
struct reply talk(uint8_t type, uint8_t session, uint8_t sequence, const uint8_t *payload,
                  unsigned length);

/** Powers the board up, says hello with nonce 7, loads the bytes and begins; the reply to begin. */
struct reply talk_begin(const uint8_t *program, unsigned length);

/** CRC of a program. */
uint16_t talk_crc(const uint8_t *bytes, unsigned length);

#endif
