/* The Uno's firmware: the agent, fed from the serial line. */
#include <avr/interrupt.h>

#include "esc_agent.h"
#include "esc_board_atmega328p.h"

int main(void)
{
    uint8_t byte;
    esc_board_open();
    esc_agent_init();
    sei();
    for (;;) {
        if (esc_board_read(&byte) && esc_agent_byte(byte)) {
            /* What came in while a request was served is a stray piece: the host waits for
             * replies. */
            while (esc_board_read(&byte)) {
            }
        }
    }
}
