/* Frames: COBS, CRC and the header of three bytes. */
#include "esc_frame.h"

#include "esc_board.h"

uint16_t esc_crc(uint16_t crc, uint8_t byte)
{
    crc = (uint16_t)(crc ^ ((uint16_t)byte << 8));
    for (uint8_t bit = 0; bit < 8; bit++) {
        crc = (uint16_t)(crc & 0x8000u ? ((unsigned)crc << 1) ^ 0x1021u : (unsigned)crc << 1);
    }
    return crc;
}

void esc_receiver_reset(struct esc_receiver *receiver)
{
    receiver->length = 0;
    receiver->left = 0;
    receiver->code = 0;
    receiver->broken = false;
}

static void append(struct esc_receiver *receiver, uint8_t byte)
{
    if (receiver->length == ESC_FRAME_BYTES) {
        receiver->broken = true;
    } else {
        receiver->bytes[receiver->length++] = byte;
    }
}

/** Length of a complete frame without its CRC; 0 when it is broken. */
static uint8_t check(const struct esc_receiver *receiver)
{
    uint16_t crc = ESC_CRC_START;
    if (receiver->broken || receiver->left != 0 || receiver->length < ESC_FRAME_HEADER + 2) {
        return 0;
    }
    uint8_t length = (uint8_t)(receiver->length - 2);
    for (uint8_t at = 0; at < length; at++) {
        crc = esc_crc(crc, receiver->bytes[at]);
    }
    bool good = receiver->bytes[length] == (uint8_t)crc &&
                receiver->bytes[length + 1] == (uint8_t)(crc >> 8);
    return good ? length : 0;
}

uint8_t esc_receive(struct esc_receiver *receiver, uint8_t byte)
{
    if (byte == 0) {
        uint8_t length = check(receiver);
        esc_receiver_reset(receiver);
        return length;
    }
    if (receiver->left != 0) {
        append(receiver, byte);
        receiver->left--;
        return 0;
    }
    /* A new block: the one before it ended in a zero, unless it was a full one. */
    if (receiver->code != 0 && receiver->code != 0xff) {
        append(receiver, 0);
    }
    receiver->code = byte;
    receiver->left = (uint8_t)(byte - 1);
    return 0;
}

/** A frame about to be sent, as one run of bytes that lies in three places. */
struct outgoing {
    const uint8_t *header;
    const uint8_t *payload;
    uint8_t length;
    uint8_t crc[2];
};

static uint8_t byte_at(const struct outgoing *frame, uint8_t at)
{
    if (at < ESC_FRAME_HEADER) {
        return frame->header[at];
    }
    at = (uint8_t)(at - ESC_FRAME_HEADER);
    return at < frame->length ? frame->payload[at] : frame->crc[at - frame->length];
}

void esc_send(const uint8_t header[ESC_FRAME_HEADER], const uint8_t *payload, uint8_t length)
{
    struct outgoing frame = { header, payload, length, { 0, 0 } };
    uint8_t body = (uint8_t)(ESC_FRAME_HEADER + length);
    uint8_t total = (uint8_t)(body + 2);
    uint16_t crc = ESC_CRC_START;
    for (uint8_t at = 0; at < body; at++) {
        crc = esc_crc(crc, byte_at(&frame, at));
    }
    frame.crc[0] = (uint8_t)crc;
    frame.crc[1] = (uint8_t)(crc >> 8);
    /* What else was written on the line ends here, and does not spoil the frame. */
    esc_board_write(0);
    /* At most 224 bytes, so no block is ever a full one of 254. */
    uint8_t start = 0;
    for (;;) {
        uint8_t end = start;
        while (end < total && byte_at(&frame, end) != 0) {
            end++;
        }
        esc_board_write((uint8_t)(end - start + 1));
        while (start < end) {
            esc_board_write(byte_at(&frame, start));
            start++;
        }
        if (end == total) {
            break;
        }
        start++;
    }
    esc_board_write(0);
}
