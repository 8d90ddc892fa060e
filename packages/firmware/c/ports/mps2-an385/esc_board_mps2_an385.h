/* The board: its constants, and what main() and the vectors need beside esc_board.h. */
#ifndef ESC_BOARD_MPS2_AN385_H
#define ESC_BOARD_MPS2_AN385_H

#include <stdbool.h>
#include <stdint.h>

#define ESC_BOARD_NAME "mps2-an385"
#define ESC_BOARD_LATE_TICKS 400
#define ESC_BOARD_OP_TICKS 800
#define ESC_BOARD_REFERENCE_HZ UINT32_C(25000000)
#define ESC_BOARD_REFERENCE_MODULUS UINT32_C(0x80000000)
#define ESC_BOARD_CAPABILITIES                                                                  \
    (ESC_CAPABILITY(REFERENCE) | ESC_CAPABILITY(PHASE) | ESC_CAPABILITY(MASK) |                 \
     ESC_CAPABILITY(SECOND_INTERRUPT) | ESC_CAPABILITY(NESTING))

/** Sets up timers, interrupts and the line, 115200 baud 8N1, polled. Call it with interrupts masked. */
void esc_board_open(void);

/** Takes a received byte, if there is one. */
bool esc_board_read(uint8_t *byte);

/** The dual timer's interrupt. */
void mps2_dual_handler(void);

/** The second interrupt. */
void mps2_second_handler(void);

#endif
