/* The whole image as one translation unit: calls between its files can be inlined, and the result
 * does not depend on the order of linking. */
#define ESC_ONE_UNIT

#include "../../hal/esc_alarm.c"
#include "../../hal/esc_deadline_queue.c"
#include "../../hal/esc_soft_queue.c"
#include "../../hal/esc_registry.c"
#include "../../hal/esc_engine.c"
#include "../../hal/esc_dispatcher.c"
#include "../../hal/esc_timer.c"
#include "../../hal/esc_stop_sync.c"
#include "../../hal/esc_timer_hal.c"
#include "../../agent/esc_frame.c"
#include "../../agent/esc_trace.c"
#include "../../agent/esc_program.c"
#include "../../agent/esc_records.c"
#include "../../agent/esc_wait.c"
#include "../../agent/esc_ops.c"
#include "../../agent/esc_interp.c"
#include "../../agent/esc_describe.c"
#include "../../agent/esc_agent.c"
#include "board.c"
#include "main.c"
