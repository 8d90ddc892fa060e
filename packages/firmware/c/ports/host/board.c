/* The host as a board for the agent: what it writes goes to a buffer that the test or main()
 * empties. */
#include <stddef.h>

#include "esc_board.h"

#include "esc_agent.h"
#include "esc_board_host.h"
#include "esc_hal.h"
#include "esc_port.h"

struct esc_host_line esc_host_line;

void esc_board_write(uint8_t byte)
{
    if (esc_host_line.length < sizeof esc_host_line.bytes) {
        esc_host_line.bytes[esc_host_line.length++] = byte;
    } else {
        esc_host_line.overrun = true;
    }
    size_t length = esc_host_line.length;
    /* The zero before a frame ends none. */
    bool is_end = byte == 0 && length > 1 && esc_host_line.bytes[length - 2] != 0;
    if (is_end && esc_host_line.on_frame != NULL) {
        esc_host_line.on_frame();
    }
}

uint8_t esc_board_level(void)
{
    return esc_host.level;
}

bool esc_board_interrupts_enabled(void)
{
    esc_host_access();
    return !esc_host.masked;
}

void esc_board_burn(uint16_t ticks)
{
    esc_host_pass(ticks);
}

bool esc_board_phase(uint32_t counter)
{
    uint32_t mask = UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS);
    if (counter > mask) {
        return false;
    }
    esc_host_pass((counter - (uint32_t)esc_host.time) & mask);
    return true;
}

void esc_board_request_interrupt(uint32_t delay)
{
    esc_host.second = esc_agent_on_interrupt;
    esc_host.second_at = esc_host.time + delay;
    esc_host.second_wanted = true;
}

void esc_board_cancel_interrupt(void)
{
    esc_host.second_wanted = false;
}

uint32_t esc_board_reference(void)
{
    esc_host_access();
    return (uint32_t)(esc_host.time % ESC_BOARD_REFERENCE_MODULUS);
}

uint32_t esc_board_reference_ticks(uint32_t taken)
{
    return taken;
}
