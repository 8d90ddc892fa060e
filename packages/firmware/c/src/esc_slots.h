/* What the HAL's files share: the slots, the one state, and the queues. Not for users of the
 * HAL. */
#ifndef ESC_SLOTS_H
#define ESC_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_hal.h"
#include "esc_port.h"
#include "esc_time.h"
#include "esc_unit.h"

/** End of a list of slots; no slot. */
#define ESC_NONE ((uint8_t)0xff)

/** Bits of a slot's state. */
enum esc_slot_state {
    /** Given out. */
    ESC_SLOT_USED = 0x01,
    /** In the deadline queue. */
    ESC_SLOT_PENDING = 0x02,
    /** In a list of soft callbacks. */
    ESC_SLOT_QUEUED = 0x04,
    /** A one-shot whose handler was entered since its last start. */
    ESC_SLOT_FIRED = 0x08,
    /** Refuses to start for good. */
    ESC_SLOT_SHUT = 0x10,
    /** Released; waits for a collecting call. */
    ESC_SLOT_RETIRED = 0x20
};

/** One timer. */
struct esc_slot {
    /** When the expiry to come is scheduled. */
    uint32_t deadline;
    /** When the queue is to serve it: later than the deadline where that had passed at arming. */
    uint32_t due;
    uint32_t period;
    /** The schedule's last point that passed, or its start. */
    uint32_t anchor;
    esc_handler handler;
    void *user;
    esc_handle handle;
    uint16_t overruns;
    uint8_t flags;
    uint8_t state;
    /** The slot after it in the list that it is in. */
    uint8_t next;
    /** Number of the pass of the timer interrupt that it was armed in or after. */
    uint8_t pass;
};

/**
 * The handler in flight: one lane for hard handlers, one for soft callbacks. From before its entry
 * until after its return a handler's slot is in its lane, and is not given out again.
 */
struct esc_lane {
    /** When the expiry was scheduled. */
    uint32_t scheduled;
    /** The slot, or ESC_NONE. */
    uint8_t slot;
    /** Whether it was stopped since the handler was entered. */
    bool stopped;
#if ESC_PORT_THREADS
    /** Who runs the handler. */
    esc_port_thread thread;
#endif
};

/** The one state of the HAL. Interrupts change it too, so every access is under the mask. */
struct esc_hal {
    struct esc_slot slots[ESC_TIMERS];
    struct esc_lane hard;
    struct esc_lane soft;
    /** The deadline queue: first due first; equal ones in the order of arming. */
    uint8_t head;
    /** Soft callbacks that wait for esc_service(). */
    uint8_t waiting;
    /** Soft callbacks that the running esc_service() has to serve. */
    uint8_t served;
    /** Number of the newest pass of the timer interrupt, 1 to 255. */
    uint8_t pass;
    bool open;
    /** The timer interrupt runs its pass. */
    bool dispatching;
    bool servicing;
#if ESC_PORT_THREADS
    /** Who runs esc_service(). */
    esc_port_thread servant;
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

/** Whether a handler of that slot is in that lane. */
static inline bool esc_is_in(const struct esc_lane *lane, uint8_t index)
{
    return lane->slot == index;
}

/* All of these are called with interrupts masked. */

/** Points the compare at the head of the queue, or switches it off where that is empty. */
ESC_INTERNAL void esc_aim(void);

/** The head of the queue changed: as esc_aim(), but left to the end of a pass that is running. */
static inline void esc_head_changed(void)
{
    if (!esc_hal.dispatching) {
        esc_aim();
    }
}

/** Puts a timer into the deadline queue by its deadline. One whose deadline has passed goes behind
 * what is due already, so that it cannot starve the others (ARM-14, ARM-31, ARM-32). */
ESC_INTERNAL void esc_insert(uint8_t index, uint32_t now);

/** Takes a pending timer out of the deadline queue. */
ESC_INTERNAL void esc_unlink(uint8_t index);

/** Puts a timer at the end of a list of soft callbacks. */
ESC_INTERNAL void esc_append_soft(uint8_t *list, uint8_t index);

/** Takes a timer out of whichever list it is in; whether it was in one. Does not touch the
 * hardware. */
ESC_INTERNAL bool esc_withdraw(uint8_t index);

/** The slot of a live handle, or ESC_NONE. */
ESC_INTERNAL uint8_t esc_find(esc_handle timer);

/** Stops a timer, and answers as esc_stop() does. */
ESC_INTERNAL esc_result esc_halt(uint8_t index);

/**
 * Takes a slot that is due, and is in no list any more, into a lane, and sets a periodic one's next
 * deadline; whether it is periodic. The caller queues it.
 */
ESC_INTERNAL bool esc_take(struct esc_lane *lane, uint8_t index, uint32_t now);

/**
 * Runs the handler of the slot in a lane. Entered and left with interrupts masked; the handler runs
 * under `state`. The slot was put into the lane in the same masked section as it was taken from
 * where it waited: there is no moment in which a stop could find it in neither. Answers the
 * interrupt state that the handler left.
 */
ESC_INTERNAL esc_port_state esc_enter(struct esc_lane *lane, uint8_t index, esc_port_state state);

/** Leaves a slot to the next collecting call; its handles are stale from here on. */
ESC_INTERNAL void esc_retire(uint8_t index);

/** Retires a one-shot that nobody keeps, where it is not armed anew. */
ESC_INTERNAL void esc_let_go(uint8_t index);

/** Why a call that is for threads is refused, or ESC_OK. Masks by itself. */
ESC_INTERNAL esc_result esc_refuse_thread_call(void);

/** Gives every slot back that waits for it. Masks by itself, each slot apart, so that no section is
 * long. Thread only. */
ESC_INTERNAL esc_result esc_drain(void);

#endif
