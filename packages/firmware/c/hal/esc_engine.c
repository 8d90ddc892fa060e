/* The steps of a timer between its start and the return of its handler. */
#include "esc_engine.h"

#ifndef ESC_ONE_UNIT
struct esc_hal esc_hal;
#endif

ESC_INTERNAL esc_result esc_arm(uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool was_first = esc_hal.head == index;
    (void)esc_withdraw(index);
    slot->state &= (uint8_t)~ESC_SLOT_FIRED;
    esc_enqueue(index, now);
    esc_rearm(was_first || esc_hal.head == index);
    return esc_is_due(slot->deadline, now) ? ESC_LATE : ESC_ARMED;
}

/** Adds, and stays at 65535 where the sum is more (PER-16). */
static inline uint16_t add_saturating(uint16_t count, uint32_t more)
{
    return more > (uint32_t)(UINT16_MAX - count) ? UINT16_MAX : (uint16_t)(count + more);
}

/**
 * Moves a periodic slot to its next deadline; returns when the expiry to deliver was scheduled. By
 * division: the cost of a long block does not grow with the periods missed (PER-10). Out of line, so
 * that a one-shot does not pay for its registers.
 */
ESC_NOINLINE static uint32_t advance(struct esc_slot *slot, uint32_t now)
{
    uint32_t scheduled = slot->deadline;
    uint32_t passed = scheduled;
    uint32_t late = now - scheduled;
    if (late >= slot->period && (slot->flags & ESC_BURST) == 0) {
        uint32_t missed = late / slot->period;
        passed += missed * slot->period;
        if (slot->flags & ESC_SKIP) {
            scheduled = passed;
        } else {
            slot->overruns = add_saturating(slot->overruns, missed);
        }
    }
    slot->anchor = passed;
    slot->deadline = passed + slot->period;
    return scheduled;
}

ESC_INTERNAL bool esc_take(struct esc_lane *lane, uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    ESC_ASSERT(lane->slot == ESC_NONE);
    ESC_ASSERT((slot->state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) == 0);
    lane->slot = index;
    lane->stopped = false;
#if ESC_PORT_THREADS
    lane->thread = esc_port_thread_id();
#endif
    if (slot->flags & ESC_PERIODIC) {
        lane->scheduled = advance(slot, now);
        return true;
    }
    lane->scheduled = slot->deadline;
    slot->anchor = slot->deadline;
    slot->state |= ESC_SLOT_FIRED;
    return false;
}

/** The handler returned: empties the lane, and retires a one-shot that releases itself. */
static inline void leave(struct esc_lane *lane, uint8_t index)
{
    const struct esc_slot *slot = &esc_hal.slots[index];
    ESC_ASSERT(lane->slot == index);
    lane->slot = ESC_NONE;
    if ((slot->flags & ESC_AUTO_RELEASE) != 0 &&
        (slot->state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) == 0) {
        esc_retire(index);
    }
}

ESC_INTERNAL esc_port_state esc_run_handler(struct esc_lane *lane, uint8_t index,
                                            esc_port_state state)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    esc_handler handler = slot->handler;
    void *user = slot->user;
    esc_handle handle = slot->handle;
    esc_port_restore(state);
    handler(handle, user);
    state = esc_port_save_and_mask();
    leave(lane, index);
    return state;
}

/** Notes on handlers of that slot in flight that it was stopped; returns whether there are any. */
static bool mark_stopped(uint8_t index)
{
    bool hard = esc_is_in(&esc_hal.hard, index);
    bool soft = esc_is_in(&esc_hal.soft, index);
    if (hard) {
        esc_hal.hard.stopped = true;
    }
    if (soft) {
        esc_hal.soft.stopped = true;
    }
    return hard || soft;
}

ESC_INTERNAL esc_result esc_stop_slot(uint8_t index)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool was_first = esc_hal.head == index;
    bool was_waiting = esc_withdraw(index);
    esc_rearm(was_first);
    if (mark_stopped(index)) {
        return ESC_IN_FLIGHT;
    }
    if (!was_waiting) {
        return slot->state & ESC_SLOT_FIRED ? ESC_FIRED : ESC_IDLE;
    }
    if (slot->flags & ESC_AUTO_RELEASE) {
        esc_retire(index);
    }
    return ESC_REMOVED;
}

ESC_INTERNAL bool esc_withdraw(uint8_t index)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool was_in;
    if (slot->state & ESC_SLOT_PENDING) {
        was_in = esc_dequeue(index);
    } else if (slot->state & ESC_SLOT_QUEUED) {
        was_in = esc_unqueue_soft(index);
    } else {
        return false;
    }
    ESC_ASSERT(was_in);
    (void)was_in;
    return true;
}
