/* What the agent says of its board in the reply to hello. */
#ifndef ESC_DESCRIBE_H
#define ESC_DESCRIBE_H

#include <stdint.h>

#include "esc_unit.h"

/** Writes the description of docs/wire.md, protocol 1, and returns its length: 40 bytes and the
 * board's name. */
ESC_INTERNAL uint8_t esc_describe(uint8_t *start);

/** Longest source of a statement. */
#define ESC_SOURCE_BYTES 80

/** Writes a statement by its number, from 0, and returns its length; 0 after the last. */
ESC_INTERNAL uint8_t esc_state(uint8_t *start, uint8_t number);

#endif
