/* The Uno as a board: its constants, and what main() needs beside esc_board.h. */
#ifndef ESC_BOARD_ATMEGA328P_H
#define ESC_BOARD_ATMEGA328P_H

#include <stdbool.h>
#include <stdint.h>

#define ESC_BOARD_NAME "uno"
#define ESC_BOARD_LATE_TICKS 2000
#define ESC_BOARD_OP_TICKS 2900
#define ESC_BOARD_REFERENCE_HZ UINT32_C(16000000)
/* Timer0 counts modulo 256, Timer2 modulo 251; together modulo their product. */
#define ESC_BOARD_REFERENCE_MODULUS UINT32_C(64256)

#define ESC_BOARD_CAPABILITIES                                                                  \
    (ESC_CAPABILITY(REFERENCE) | ESC_CAPABILITY(PHASE) | ESC_CAPABILITY(MASK) |                 \
     ESC_CAPABILITY(SECOND_INTERRUPT))

/** Sets up the timers and the serial line, 115200 baud 8N1, polled. Interrupts are still masked. */
void esc_board_open(void);

/** Takes a received byte, if there is one. */
bool esc_board_read(uint8_t *byte);

#endif
