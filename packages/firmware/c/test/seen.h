/* What the handlers of two timers saw, for tests of one call at a time. */
#ifndef SEEN_H
#define SEEN_H

#include <stddef.h>

#include "check.h"
#include "esc_hal.h"
#include "esc_port.h"

/** Ticks of a lap of the counter. */
#define LAP (UINT64_C(1) << ESC_PORT_COUNTER_BITS)

/** What a handler saw, and what it is to do. */
struct seen {
    unsigned count;
    uint64_t at[64];
    uint32_t scheduled[64];
    uint8_t level;
    esc_result result;
    void (*act)(esc_handle timer, struct seen *seen);
};

extern struct seen seen_a;
extern struct seen seen_b;

/** The handler: writes into the `struct seen` that is its `user`, then does what that says. */
void seen_expiry(esc_handle timer, void *user);

/** Makes a timer with that handler. */
esc_handle seen_timer(struct seen *seen, uint32_t period, uint8_t flags);

/** A chip just powered up, an open HAL, and nothing seen. */
void seen_fresh(void);

#endif
