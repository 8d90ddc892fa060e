/* The interpreter: runs a checked program against the HAL, an iteration at a time. */
#ifndef ESC_INTERP_H
#define ESC_INTERP_H

#include <stdint.h>

/** How a step ended. */
enum esc_step {
    /** More iterations to come. */
    ESC_STEP_MORE,
    /** That was the last. */
    ESC_STEP_DONE,
    /** One iteration made more records than fit. */
    ESC_STEP_FULL,
    /** A list ran longer than allowed. */
    ESC_STEP_ENDLESS,
    /** Expiries came without end and the thread got no further. */
    ESC_STEP_STARVED
};

/** Forgets the last run; iteration 0 is next. */
void esc_interp_begin(void);

/**
 * Runs iterations until the trace buffer holds at least one and the next might not fit, or the
 * program ends. `alive` is called about five times a second, from thread context.
 */
enum esc_step esc_interp_step(void (*alive)(void));

#endif
