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

/** A difference from the contract, or a figure; its source is the document that says so. */
struct statement {
    uint8_t code;
    uint32_t value;
    const char *source;
};

/* A source that is too long for a frame makes an array of no length, and does not compile. */
#define ESC_STATES(member, value, source)                                                       \
    { ESC_STATES_##member,                                                                      \
      (uint32_t)(value) + 0 * sizeof(char[sizeof(source) <= ESC_SOURCE_BYTES + 1 ? 1 : -1]),    \
      source },

/* The last one ends them, and is none. */
static const struct statement statements[] = {
    ESC_HAL_STATEMENTS
#ifdef ESC_BOARD_DISPATCH_TICKS
    ESC_STATES(DISPATCH_TICKS, ESC_BOARD_DISPATCH_TICKS, "")
#endif
    { 0, 0, "" }
};

ESC_INTERNAL uint8_t esc_state(uint8_t *start, uint8_t number)
{
    uint8_t *out = start;
    if (number + 1u >= sizeof statements / sizeof statements[0]) {
        return 0;
    }
    const struct statement *each = &statements[number];
    *out++ = each->code;
    uint32_t rest = each->value;
    while (rest >= 0x80) {
        *out++ = (uint8_t)(rest | 0x80);
        rest >>= 7;
    }
    *out++ = (uint8_t)rest;
    for (const char *at = each->source; *at != 0; at++) {
        *out++ = (uint8_t)*at;
    }
    return (uint8_t)(out - start);
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
    out = put(out, ESC_HAL_CAPABILITIES | ESC_BOARD_CAPABILITIES | UINT32_C(1) << ESC_STATES_BIT,
              4);
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
