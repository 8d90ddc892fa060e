/* What main() and the vectors need of the board beside esc_board.h. */
#ifndef ESC_BOARD_MPS2_AN385_H
#define ESC_BOARD_MPS2_AN385_H

#include <stdbool.h>
#include <stdint.h>

/** Sets up timers, interrupts and the line, 115200 baud 8N1, polled. Call it with interrupts masked. */
void esc_board_open(void);

/** Takes a received byte, if there is one. */
bool esc_board_read(uint8_t *byte);

/** The dual timer's interrupt. */
void mps2_dual_handler(void);

/** The second interrupt. */
void mps2_second_handler(void);

#endif
