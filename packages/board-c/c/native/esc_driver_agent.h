/*
 * What the agent says of a driver in place of what it says of Escapement's own HAL; and both headers of
 * results, in their order.
 */
#ifndef ESC_DRIVER_AGENT_H
#define ESC_DRIVER_AGENT_H

#include "esc_hal.h"

#include "esc_driver_glue.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bits of the capabilities that the table has, and of those that are missing where they are assumed. */
uint32_t esc_driver_capabilities(void);
/** Timers that can exist at once, as far as the agent has room for them. */
uint32_t esc_driver_timers(void);
/** The longest delay, as far as the wire can say it. */
uint32_t esc_driver_max_delay(void);
/** What the table says, else what is given. */
uint32_t esc_driver_figure(uint32_t said, uint32_t otherwise);
/** Writes a statement of the table by its number, from 0, and returns its length; 0 after the last. */
uint8_t esc_driver_state(uint8_t *start, uint8_t number);

#ifdef __cplusplus
}
#endif

#endif
