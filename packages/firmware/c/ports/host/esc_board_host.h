/* The host as a board: its constants, and the line with what the agent wrote. */
#ifndef ESC_BOARD_HOST_H
#define ESC_BOARD_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ESC_BOARD_NAME "host"
#define ESC_BOARD_LATE_TICKS 200
#define ESC_BOARD_OP_TICKS 400
#define ESC_BOARD_REFERENCE_HZ UINT32_C(1000000)
#define ESC_BOARD_REFERENCE_MODULUS UINT32_C(0x40000000)

#define ESC_BOARD_CAPABILITIES                                                                  \
    (ESC_CAPABILITY(REFERENCE) | ESC_CAPABILITY(PHASE) | ESC_CAPABILITY(MASK) |                 \
     ESC_CAPABILITY(SECOND_INTERRUPT))

/** Bytes that the agent wrote and that were not taken yet. */
struct esc_host_line {
    uint8_t bytes[4096];
    size_t length;
    bool overrun;
    /** Called when a frame is whole, also in the middle of a step; NULL for none. */
    void (*on_frame)(void);
};

extern struct esc_host_line esc_host_line;

#endif
