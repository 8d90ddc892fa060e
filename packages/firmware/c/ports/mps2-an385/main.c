/* The MPS2 board's firmware: the agent, fed from the serial line. */
#include "esc_agent.h"
#include "esc_board_mps2_an385.h"
#include "esc_port.h"

int main(void)
{
    uint8_t byte;
    esc_port_state state = esc_port_save_and_mask();
    esc_board_open();
    esc_agent_init();
    esc_port_restore(state);
    for (;;) {
        if (esc_board_read(&byte)) {
            (void)esc_agent_byte(byte);
        }
    }
}
