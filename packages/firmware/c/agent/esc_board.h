/*
 * What the agent needs of a board beside the timer port: a byte stream, time that passes, and the
 * instruments that judge the HAL without using it. Implemented by the board's own file.
 *
 * The board's header, named to the build by ESC_BOARD_HEADER as the port's is by ESC_PORT_HEADER,
 * states its constants:
 *
 *   ESC_BOARD_NAME               its name, such as "uno"
 *   ESC_BOARD_LATE_TICKS         a handler is entered at most this late when nothing masks or
 *                                precedes it
 *   ESC_BOARD_OP_TICKS           one operation of a program, recording included, takes at most this
 *   ESC_BOARD_REFERENCE_HZ       the reference clock's frequency, 0 for none
 *   ESC_BOARD_REFERENCE_MODULUS  its readings are modulo this
 *   ESC_BOARD_CAPABILITIES       which instruments it has: ESC_CAPABILITY(REFERENCE), PHASE, MASK,
 *                                SECOND_INTERRUPT, and NESTING where the second interrupt can
 *                                interrupt the timer's; joined with |
 *   ESC_BOARD_DISPATCH_TICKS     where it is known: a handler is entered at most this long after
 *                                the HAL looked at the clock and found it due
 *
 * What the timer layer can do, and what it does otherwise than the contract, is not the board's to
 * say: that is ESC_HAL_CAPABILITIES and ESC_HAL_STATEMENTS.
 */
#ifndef ESC_BOARD_H
#define ESC_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_hal.h"
#include "esc_wire.h"

#ifndef ESC_BOARD_HEADER
#error "Define ESC_BOARD_HEADER, the header of the board, in quotes."
#endif
#include ESC_BOARD_HEADER

#ifdef __cplusplus
extern "C" {
#endif

/** The bit of a capability by its name in esc_wire.h, such as ESC_CAPABILITY(MASK). */
#define ESC_CAPABILITY(name) (UINT32_C(1) << ESC_CAP_##name)

/**
 * What the HAL can do; the agent adds what the board can. Another driver behind the calls of
 * esc_hal.h defines it with what it has, in its build or its board's header.
 */
#ifndef ESC_HAL_CAPABILITIES
#define ESC_HAL_CAPABILITIES                                                                    \
    (ESC_CAPABILITY(SOFT) | ESC_CAPABILITY(START_AT) | ESC_CAPABILITY(OVERRUN_POLICY) |         \
     ESC_CAPABILITY(SET_PERIOD) | ESC_CAPABILITY(SHUTDOWN) | ESC_CAPABILITY(STOP_SYNC) |        \
     ESC_CAPABILITY(SPAWN) | ESC_CAPABILITY(STATS) | ESC_CAPABILITY(REMAINING) |                \
     ESC_CAPABILITY(GENERATIONS))
#endif

/**
 * What the HAL does otherwise than the contract, each with the document that says so:
 * ESC_STATES(member, value, source) one after another, with the names of esc_wire.h, such as
 * ESC_STATES(EQUAL_DEADLINES, ESC_IS_EQUAL_DEADLINES_LIFO, "our_timers.h, insert"). Another driver
 * behind the calls of esc_hal.h defines its own; none where it differs in nothing.
 */
#ifndef ESC_HAL_STATEMENTS
#define ESC_HAL_STATEMENTS                                                                      \
    ESC_STATES(MAX_OVERRUNS, 0xffff, "esc_hal.h")                                               \
    ESC_STATES(MAX_REFERENCE_AGE_TICKS, UINT32_C(0x7fffffff), "esc_hal.h")
#endif

/** Sends one byte to the host; waits for room. */
void esc_board_write(uint8_t byte);

/** How deep in interrupts the caller is: 0 in thread context, at most 7. */
uint8_t esc_board_level(void);

/** Whether interrupts are enabled. */
bool esc_board_interrupts_enabled(void);

/** Burns at least this many ticks of processor time, not more than a few above it. */
void esc_board_burn(uint16_t ticks);

/** Brings the counter forward to this value; false where the counter has no such value. Thread
 * only, unmasked. */
bool esc_board_phase(uint32_t counter);

/** Asks for esc_agent_on_interrupt() in interrupt context after this many ticks; replaces a
 * request not yet served. */
void esc_board_request_interrupt(uint32_t delay);

/** Drops a request not yet served. */
void esc_board_cancel_interrupt(void);

/** The reference clock now, in a form that is quick to take; interrupts may be enabled. */
uint32_t esc_board_reference(void);

/** What esc_board_reference() took, as a reading from 0 to the modulus - 1. */
uint32_t esc_board_reference_ticks(uint32_t taken);

#ifdef __cplusplus
}
#endif

#endif
