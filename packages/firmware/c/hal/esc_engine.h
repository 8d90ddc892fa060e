/*
 * The one state of the HAL, and the steps on a slot that several of its files need. Not for users.
 *
 * A timer is a slot of the registry, in one of these states:
 *
 *           claim           arm                  take                   leave
 *   (free) -------> idle ---------> pending -------------> in a lane ---------> idle, fired
 *                                      | due, soft             ^                or pending
 *                                      +-------> queued -------+ in esc_service()
 *
 * The step from a queue into a lane is one masked section, esc_take(): a stop finds the timer in a
 * queue (its handler will not run: ESC_REMOVED), in a lane (it runs, or is about to: ESC_IN_FLIGHT),
 * or in neither (ESC_FIRED, ESC_IDLE), and never in between. A periodic timer is put into the
 * deadline queue again in the same section, before its handler runs, so a timer can be in a lane and
 * pending together. Nothing of a slot but its lane is written after its handler returned, unless it
 * releases itself. engine.ts of @escapement/core has the same steps under the same names, and says more.
 */
#ifndef ESC_ENGINE_H
#define ESC_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_clock.h"
#include "esc_hal.h"
#include "esc_port.h"
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
    /** When the next expiry is scheduled. */
    uint32_t deadline;
    /** When the queue is to serve it: later than the deadline where that had passed at arming. */
    uint32_t due;
    uint32_t period;
    /** The schedule's last deadline that passed, or its start. */
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

/** Whether `deadline` is at or before `now`. */
static inline bool esc_is_due(uint32_t deadline, uint32_t now)
{
    return (int32_t)(deadline - now) <= 0;
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

/** Whether a handler of that timer is in that lane. A handler whose timer was released is: its slot is not
 * given out before it returns. */
static inline bool esc_is_handler_in(const struct esc_lane *lane, esc_handle timer)
{
    return lane->slot != ESC_NONE && esc_hal.slots[lane->slot].handle == timer;
}

/* The steps, in the order of a timer's life. All of them are called with interrupts masked, but the
 * three that say otherwise. */

/** The slot of a live handle, or ESC_NONE. */
ESC_INTERNAL uint8_t esc_find(esc_handle timer);

/** Takes a free slot for a configuration that was checked; returns its handle, or ESC_NO_TIMER when
 * there is none. Thread only; masks by itself. */
ESC_INTERNAL esc_handle esc_claim(const struct esc_config *config);

/** Writes a configuration into a slot; forgets overruns and that it fired. */
ESC_INTERNAL void esc_set_up(struct esc_slot *slot, const struct esc_config *config);

/** Starts a slot, over again where it runs, for the deadline that it has: ESC_ARMED or ESC_LATE. */
ESC_INTERNAL esc_result esc_arm(uint8_t index, uint32_t now);

/** Puts a slot into the deadline queue by its deadline. One whose deadline has passed goes behind
 * what is due already, so that it cannot starve the others (ARM-14, ARM-31, ARM-32). */
ESC_INTERNAL void esc_enqueue(uint8_t index, uint32_t now);

/** Takes a pending slot out of the deadline queue; returns whether it was in it. */
ESC_INTERNAL bool esc_dequeue(uint8_t index);

/** Takes a slot out of a list; returns whether it was in it. */
ESC_INTERNAL bool esc_list_remove(uint8_t *link, uint8_t index);

/** Writes the compare for the head of the deadline queue, or switches it off where that is empty. */
ESC_INTERNAL void esc_program_compare(void);

/** After a change of the deadline queue: where its head changed, programs the compare. A pass of the
 * timer interrupt does so at its end. */
static inline void esc_rearm(bool head_changed)
{
    if (head_changed && !esc_hal.dispatching) {
        esc_program_compare();
    }
}

/**
 * Takes a slot that is due, and is in no list any more, into a lane, and sets a periodic one's next
 * deadline; returns whether it is periodic. The caller puts it into a list again.
 */
ESC_INTERNAL bool esc_take(struct esc_lane *lane, uint8_t index, uint32_t now);

/** Runs the handler of the slot just taken into a lane, under the interrupt state `state`, until it
 * has left the lane. Returns the interrupt state that the handler left. */
ESC_INTERNAL esc_port_state esc_run_handler(struct esc_lane *lane, uint8_t index,
                                            esc_port_state state);

/** Puts a slot at the end of a list of soft callbacks. */
ESC_INTERNAL void esc_queue_soft(uint8_t *list, uint8_t index);

/** Takes a queued slot out of the list of soft callbacks that it is in; returns whether it was in
 * one. */
ESC_INTERNAL bool esc_unqueue_soft(uint8_t index);

/** Moves the soft callbacks that wait into the pass of esc_service() that begins. */
ESC_INTERNAL void esc_begin_soft_pass(void);

/** Stops a slot; returns what esc_stop() does. */
ESC_INTERNAL esc_result esc_stop_slot(uint8_t index);

/** Takes a slot out of whichever list it is in; returns whether it was in one. Leaves the compare
 * as it is. */
ESC_INTERNAL bool esc_withdraw(uint8_t index);

/** Leaves a slot to the next collecting call; its handles are stale from here on. */
ESC_INTERNAL void esc_retire(uint8_t index);

/** Gives retired slots back to the pool, each in a masked section of its own, so that none is long;
 * returns how many. Thread only; masks by itself. */
ESC_INTERNAL esc_result esc_collect_slots(void);

/** Why a call that is for threads is refused, or ESC_OK. Masks by itself. */
ESC_INTERNAL esc_result esc_refuse_thread_call(void);

#endif
