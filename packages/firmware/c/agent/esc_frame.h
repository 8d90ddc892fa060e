/* Frames: COBS, CRC and the header of three bytes. See docs/wire.md, Frames. */
#ifndef ESC_FRAME_H
#define ESC_FRAME_H

#include <stdbool.h>
#include <stdint.h>

/** Longest frame towards the agent before encoding, header and CRC included. */
#define ESC_FRAME_BYTES 96
/** Type, session and sequence. */
#define ESC_FRAME_HEADER 3
/** What a CRC starts at. */
#define ESC_CRC_START 0xffff

/** Receives a frame byte by byte; a few dozen cycles each, so that none is missed at 115200
 * baud. */
struct esc_receiver {
    uint8_t bytes[ESC_FRAME_BYTES];
    uint8_t length;
    /** Bytes left of the present COBS block. */
    uint8_t left;
    /** Code byte of the present block; 0 before the first. */
    uint8_t code;
    bool broken;
};

/** CRC-16/CCITT-FALSE over one more byte; starts at ESC_CRC_START. */
uint16_t esc_crc(uint16_t crc, uint8_t byte);

/** Forgets what was received since the last zero byte. */
void esc_receiver_reset(struct esc_receiver *receiver);

/**
 * Takes one byte. On the zero that ends a good frame it returns the frame's length without the CRC
 * (3 or more), and `bytes` holds it until the next call; otherwise 0. A broken frame is dropped.
 */
uint8_t esc_receive(struct esc_receiver *receiver, uint8_t byte);

/** Sends a frame between two zero bytes, encoded straight from `payload`, at most 219 bytes of it. */
void esc_send(const uint8_t header[ESC_FRAME_HEADER], const uint8_t *payload, uint8_t length);

#endif
