/*
 * The agent: runs test programs against the HAL and replies to the host, as docs/wire.md says.
 *
 * A board's main() sets up its hardware, calls esc_agent_init(), and then feeds every received byte
 * to esc_agent_byte(), which serves a request before it returns. Nothing here is called from an
 * interrupt but esc_agent_on_interrupt().
 */
#ifndef ESC_AGENT_H
#define ESC_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this firmware, as hello reports it. */
#define ESC_VERSION_MAJOR 0
#define ESC_VERSION_MINOR 1
#define ESC_VERSION_PATCH 0

/** Room for a program, in bytes. */
#ifndef ESC_PROGRAM_BYTES
#define ESC_PROGRAM_BYTES 352
#endif

/** Room for the records of a step, in bytes. */
#ifndef ESC_TRACE_BYTES
#define ESC_TRACE_BYTES 640
#endif

/** Operations, repeats and reads of one iteration before it is given up with step-limit. */
#ifndef ESC_STEP_LIMIT
#define ESC_STEP_LIMIT UINT32_C(1000000)
#endif

/** Initialises the HAL and the agent, without a session. */
void esc_agent_init(void);

/** Takes one received byte; true when it ended a frame. */
bool esc_agent_byte(uint8_t byte);

/** The second interrupt's handler; the board calls it in interrupt context. */
void esc_agent_on_interrupt(void);

#ifdef __cplusplus
}
#endif

#endif
