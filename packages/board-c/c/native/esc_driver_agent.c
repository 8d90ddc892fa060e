/*
 * The agent of @escapement/firmware as one file, over a driver's table: everything of it but the HAL. Its
 * description says what the table has, and states the differences of the table.
 */
#include "esc_driver_agent.h"

#include <stddef.h>

#include "esc_board.h"
#include "esc_describe.h"
#include "esc_port.h"

#define HAS(member, capability)                                                                 \
    (esc_driver.member != NULL ? ESC_CAPABILITY(capability) : UINT32_C(0))

uint32_t esc_driver_capabilities(void)
{
    bool spawns = esc_driver.make != NULL && esc_driver.collect != NULL;
    bool counts = esc_driver.take_overruns != NULL;
    bool differs = esc_driver.semantics != NULL &&
                   esc_driver.semantics->missed_periods.is != ESC_MISSED_PERIODS_BY_POLICY;
    return HAS(start_at, START_AT) | HAS(stop_sync, STOP_SYNC) | HAS(shutdown, SHUTDOWN) |
           HAS(set_period, SET_PERIOD) | HAS(remaining, REMAINING) | HAS(service, SOFT) |
           HAS(stats, STATS) | (spawns ? ESC_CAPABILITY(SPAWN) : 0) |
           (counts && !differs ? ESC_CAPABILITY(OVERRUN_POLICY) : 0) |
           (esc_driver.make != NULL && esc_driver.generations ? ESC_CAPABILITY(GENERATIONS) : 0) |
           (esc_driver.one_shot_only ? UINT32_C(1) << ESC_LACKS_PERIODIC : 0);
}

uint32_t esc_driver_timers(void)
{
    return esc_driver.capacity < ESC_TIMERS ? esc_driver.capacity : ESC_TIMERS;
}

uint32_t esc_driver_max_delay(void)
{
    return esc_driver.max_delay_ticks < ESC_MAX_DELAY ? (uint32_t)esc_driver.max_delay_ticks
                                                      : ESC_MAX_DELAY;
}

uint32_t esc_driver_figure(uint32_t said, uint32_t otherwise)
{
    return said != 0 ? said : otherwise;
}

/* The members of `esc_semantics` are in the order of their codes, from 1. */
uint8_t esc_driver_state(uint8_t *start, uint8_t number)
{
    const struct esc_stated *each = NULL;
    uint8_t *out = start, code = 0;
    uint32_t rest;
    if (esc_driver.semantics == NULL) {
        return 0;
    }
    for (uint8_t left = (uint8_t)(number + 1); left > 0; left--) {
        do {
            each = &esc_driver.semantics->partial_tick + code++;
            if (code > sizeof *esc_driver.semantics / sizeof *each) {
                return 0;
            }
        } while (each->source == NULL);
    }
    *out++ = code;
    for (rest = each->is; rest >= 0x80; rest >>= 7) {
        *out++ = (uint8_t)(rest | 0x80);
    }
    *out++ = (uint8_t)rest;
    for (const char *at = each->source; *at != 0 && at < each->source + ESC_SOURCE_BYTES; at++) {
        *out++ = (uint8_t)*at;
    }
    return (uint8_t)(out - start);
}

#include "esc_agent.c"
#include "esc_frame.c"
#include "esc_interp.c"
#include "esc_ops.c"
#include "esc_program.c"
#include "esc_records.c"
#include "esc_session.c"
#include "esc_trace.c"
#include "esc_wait.c"

/* What the description of the HAL has as constants, the table has. Last: what is above needs them. */
static const uint32_t board_late_ticks = ESC_BOARD_LATE_TICKS;
static const uint32_t board_op_ticks = ESC_BOARD_OP_TICKS;
#undef ESC_HAL_CAPABILITIES
#undef ESC_HAL_STATEMENTS
#undef ESC_TIMERS
#undef ESC_MAX_DELAY
#undef ESC_BOARD_LATE_TICKS
#undef ESC_BOARD_OP_TICKS
#define ESC_HAL_CAPABILITIES esc_driver_capabilities()
#define ESC_HAL_STATEMENTS
#define ESC_TIMERS esc_driver_timers()
#define ESC_MAX_DELAY esc_driver_max_delay()
#define ESC_BOARD_LATE_TICKS esc_driver_figure(esc_driver.late_ticks, board_late_ticks)
#define ESC_BOARD_OP_TICKS esc_driver_figure(esc_driver.op_ticks, board_op_ticks)
#define put put_bytes
#define esc_state esc_board_state
uint8_t esc_state(uint8_t *start, uint8_t number);
#include "esc_describe.c"
#undef esc_state

uint8_t esc_state(uint8_t *start, uint8_t number)
{
    uint8_t count = 0;
    uint8_t length = esc_driver_state(start, number);
    if (length > 0) {
        return length;
    }
    while (esc_driver_state(start, count) > 0) {
        count++;
    }
    return esc_board_state(start, (uint8_t)(number - count));
}
