/* What main() needs of the Uno beside esc_board.h. */
#ifndef ESC_BOARD_ATMEGA328P_H
#define ESC_BOARD_ATMEGA328P_H

#include <stdbool.h>
#include <stdint.h>

/** Sets up the timers and the serial line, 115200 baud 8N1, polled. Interrupts are still masked. */
void esc_board_open(void);

/** Takes a received byte, if there is one. */
bool esc_board_read(uint8_t *byte);

#endif
