/* The whole image as one translation unit: calls between its files can be inlined, and the result
 * does not depend on the order of linking. */
#define ESC_ONE_UNIT

#include "../../src/esc_queue.c"
#include "../../src/esc_registry.c"
#include "../../src/esc_hal.c"
#include "../../src/esc_ask.c"
#include "../../src/esc_dispatch.c"
#include "../../src/esc_service.c"
#include "../../src/esc_frame.c"
#include "../../src/esc_trace.c"
#include "../../src/esc_program.c"
#include "../../src/esc_records.c"
#include "../../src/esc_wait.c"
#include "../../src/esc_ops.c"
#include "../../src/esc_interp.c"
#include "../../src/esc_describe.c"
#include "../../src/esc_agent.c"
#include "board.c"
#include "main.c"
