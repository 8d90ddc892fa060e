/* What the agent says of its board in the reply to hello. */
#ifndef ESC_DESCRIBE_H
#define ESC_DESCRIBE_H

#include <stdint.h>

#include "esc_unit.h"

/** Writes the description of docs/wire.md, protocol 1, and returns its length: 40 bytes and the
 * board's name. */
ESC_INTERNAL uint8_t esc_describe(uint8_t *start);

#endif
