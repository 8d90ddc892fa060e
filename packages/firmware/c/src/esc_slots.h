/* What the HAL's files share: the slots, the one state, and the queues. Not for users of the
 * HAL. */
#ifndef ESC_SLOTS_H
#define ESC_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_bugs.h"
#include "esc_hal.h"
#include "esc_port.h"
#include "esc_time.h"
#include "esc_unit.h"

/** End of a list of slots; no slot. */
#define ESC_NONE ((uint8_t)0xff)

#if ESC_BUG == ESC_BUG_NUTTX_DE0AEAD
/** All that the type holds: now, a tick and such a delay together lie in the past. */
#define ESC_LONGEST ((uint32_t)INT32_MAX)
#else
/** Longest delay and period that are accepted. */
#define ESC_LONGEST ESC_MAX_DELAY
#endif

/** Bits of a slot's state. */
enum esc_slot_state {
    /** Given out. */
    ESC_SLOT_USED = 0x01,
    /** In the deadline queue. */
    ESC_SLOT_PENDING = 0x02,
    /** In the queue of soft callbacks. */
    ESC_SLOT_QUEUED = 0x04,
    /** Started, and neither stopped nor done. */
    ESC_SLOT_LIVE = 0x08,
    /** A one-shot whose handler was entered since its last start. */
    ESC_SLOT_FIRED = 0x10,
    /** Refuses to start for good. */
    ESC_SLOT_SHUT = 0x20,
    /** Released; waits for a drain point. */
    ESC_SLOT_RETIRED = 0x40,
    /** Was started since it was set up. */
    ESC_SLOT_STARTED = 0x80
};

/** One timer. */
struct esc_slot {
    uint32_t deadline;
    uint32_t period;
    /** When the running or last expiry was due. */
    uint32_t scheduled;
    /** When the queued soft expiry was due. */
    uint32_t queued_at;
    esc_handler handler;
    void *user;
    esc_handle handle;
    uint16_t overruns;
    /** Soft burst expiries beyond the queued one. */
    uint16_t backlog;
    uint8_t flags;
    uint8_t state;
    /** Handlers in flight; more than one only where a soft one was interrupted by a hard one. */
    uint8_t running;
    uint8_t next;
    uint8_t next_soft;
#if ESC_BUG == ESC_BUG_TOCK_536EFFF
    /** When it was armed, or its expiry before this one. */
    uint32_t reference;
#endif
};

/** The one state of the HAL. Interrupts change it too, so every access is under the mask. */
struct esc_hal {
    struct esc_slot slots[ESC_TIMERS];
    /** Earliest deadline first; equal ones in the order of arming. */
    uint8_t head;
    uint8_t soft_head;
    uint8_t pending;
    bool open;
    bool servicing;
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
    /** List of the free slots, by `next`. */
    uint8_t free;
#endif
};

#ifdef ESC_ONE_UNIT
static struct esc_hal esc_hal;
#else
extern struct esc_hal esc_hal;
#endif

/** Whether `moment` is at or before `now`. */
static inline bool esc_is_due(uint32_t moment, uint32_t now)
{
    return (int32_t)(moment - now) <= 0;
}

/** Adds, and stays at 65535 where the sum is more (PER-16). */
static inline uint16_t esc_add_saturating(uint16_t count, uint32_t more)
{
    return more > (uint32_t)(UINT16_MAX - count) ? UINT16_MAX : (uint16_t)(count + more);
}

/** Why there is no slot for a handle. */
static inline esc_result esc_refusal(void)
{
    return esc_hal.open ? ESC_STALE_HANDLE : ESC_HAL_CLOSED;
}

/* All of these are called with interrupts masked. */

/** Points the compare at the head of the queue, or switches it off where that is empty. */
ESC_INTERNAL void esc_aim(void);

/** Puts a timer into the deadline queue, behind those of the same deadline (ARM-14). */
ESC_INTERNAL void esc_insert(uint8_t index, uint32_t now);

/** Takes a pending timer out of the deadline queue. */
ESC_INTERNAL void esc_unlink(uint8_t index);

/** Puts a timer at the end of the queue of soft callbacks. */
ESC_INTERNAL void esc_append_soft(uint8_t index);

/** Takes a timer out of the queue of soft callbacks. */
ESC_INTERNAL void esc_unlink_soft(uint8_t index);

/** Takes a timer out of both queues; whether it was in one. Does not touch the hardware. */
ESC_INTERNAL bool esc_withdraw(uint8_t index);

/** The slot of a live handle, or ESC_NONE. */
ESC_INTERNAL uint8_t esc_find(esc_handle timer);

/** Stops a timer, and answers as esc_stop() does. */
ESC_INTERNAL esc_result esc_halt(uint8_t index);

/** Gives every slot back that waits for it. Masks by itself, each slot apart, so that no section is
 * long. Thread only. */
ESC_INTERNAL esc_result esc_drain(void);

#if ESC_BUG == ESC_BUG_PICO_1555
/** Runs the handler of a pending timer that is due, with interrupts masked. */
ESC_INTERNAL void esc_run_now(uint8_t index, uint32_t now);
#endif

#if ESC_BUG == ESC_BUG_ZEPHYR_18728
/** Puts a slot on the list of free ones, where it waits for that. */
ESC_INTERNAL void esc_give_back(uint8_t index);
#endif

#endif
