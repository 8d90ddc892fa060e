/* The host's line: what the agent wrote. */
#ifndef ESC_BOARD_HOST_H
#define ESC_BOARD_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that the agent wrote and nobody took yet. */
struct esc_host_line {
    uint8_t bytes[4096];
    size_t length;
    bool overrun;
    /** Called when a frame is whole, also in the middle of a step; NULL where nobody waits for it. */
    void (*on_frame)(void);
};

extern struct esc_host_line esc_host_line;

#endif
