/* The compare channel. */
#include "esc_engine.h"

/** Half a turn of the compare register: a deadline beyond three quarters is approached by such
 * hops. */
#define HOP (UINT32_C(1) << (ESC_PORT_COMPARE_BITS - 1))
#define FAR (HOP + HOP / 2)
#define COMPARE_MASK (UINT32_MAX >> (32 - ESC_PORT_COMPARE_BITS))

/**
 * A match that was written too late would come a lap later, so the counter is read again afterwards;
 * where it has passed, the next try looks twice as far ahead. Bounded: the distance doubles up to half
 * a turn.
 */
ESC_INTERNAL void esc_program_compare(void)
{
    uint32_t least = ESC_PORT_MIN_DELTA_TICKS;
    if (esc_hal.head == ESC_NONE) {
        esc_port_enable_compare(false);
        esc_port_acknowledge_compare();
        return;
    }
    for (;;) {
        uint32_t now = esc_clock_update();
        uint32_t ahead = esc_hal.slots[esc_hal.head].due - now;
        if ((int32_t)ahead < (int32_t)least) {
            ahead = least;
        } else if (ahead > FAR) {
            ahead = HOP;
        }
        esc_port_set_compare((esc_port_count)((now + ahead) & COMPARE_MASK));
        /* A match of the old target must not fire for the new one; a match of the new target that
         * this wipes away shows as a counter that has passed it. */
        esc_port_acknowledge_compare();
        uint32_t passed = (esc_port_read_counter() - now) & ESC_COUNTER_MASK;
        if (passed < ahead || esc_port_compare_pending()) {
            break;
        }
        least <<= 1;
        if (least > HOP) {
            break;
        }
    }
    esc_port_enable_compare(true);
}
