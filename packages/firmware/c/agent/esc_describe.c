/* What the agent says of its board in the reply to hello. */
#include "esc_describe.h"

#include "esc_agent.h"
#include "esc_board.h"
#include "esc_hal.h"
#include "esc_port.h"

static uint8_t *put(uint8_t *out, uint32_t value, uint8_t bytes)
{
    while (bytes != 0) {
        *out++ = (uint8_t)value;
        value >>= 8;
        bytes--;
    }
    return out;
}

ESC_INTERNAL uint8_t esc_describe(uint8_t *start)
{
    static const char name[] = ESC_BOARD_NAME;
    uint8_t *out = start;
    out = put(out, ESC_PROTOCOL, 1);
    out = put(out, ESC_PORT_COUNTER_BITS, 1);
    out = put(out, ESC_PORT_FREQUENCY_HZ, 4);
    out = put(out, ESC_TIMERS, 1);
    out = put(out, ESC_PROGRAM_BYTES, 2);
    out = put(out, ESC_TRACE_BYTES, 2);
    out = put(out, ESC_HAL_CAPABILITIES | ESC_BOARD_CAPABILITIES, 4);
    out = put(out, ESC_BOARD_LATE_TICKS, 4);
    out = put(out, ESC_PORT_MIN_DELTA_TICKS, 2);
    out = put(out, ESC_BOARD_OP_TICKS, 4);
    out = put(out, ESC_MAX_DELAY, 4);
    out = put(out, ESC_BOARD_REFERENCE_HZ, 4);
    out = put(out, ESC_BOARD_REFERENCE_MODULUS, 4);
    out = put(out, ESC_VERSION_MAJOR, 1);
    out = put(out, ESC_VERSION_MINOR, 1);
    out = put(out, ESC_VERSION_PATCH, 1);
    for (uint8_t at = 0; at + 1u < sizeof name; at++) {
        *out++ = (uint8_t)name[at];
    }
    return (uint8_t)(out - start);
}
