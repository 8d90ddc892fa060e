/* The interrupts, and esc_service(): where handlers are run. */
#include "esc_slots.h"

/**
 * Moves a periodic timer that is due to its next deadline and answers when the expiry to deliver
 * was due. By division: the cost of a long block does not grow with the periods missed (PER-10).
 */
static uint32_t advance(struct esc_slot *slot, uint32_t now)
{
    uint32_t due = slot->deadline;
    uint32_t next = due + slot->period;
    if (esc_is_due(next, now) && (slot->flags & ESC_BURST) == 0) {
        uint32_t missed = (now - due) / slot->period;
        uint32_t behind = missed * slot->period;
        next += behind;
        if (slot->flags & ESC_SKIP) {
            due += behind;
        } else {
            slot->overruns = esc_add_saturating(slot->overruns, missed);
        }
    }
    slot->deadline = next;
    return due;
}

/** Hands an expiry to esc_service(); one that still waits there follows the overrun policy. */
static void queue_soft(uint8_t index, uint32_t due)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    if ((slot->state & ESC_SLOT_QUEUED) == 0) {
        slot->queued_at = due;
        esc_append_soft(index);
    } else if ((slot->flags & ESC_BURST) && slot->backlog != UINT16_MAX) {
        slot->backlog++;
    } else if (slot->flags & ESC_SKIP) {
        slot->queued_at = due;
    } else {
        slot->overruns = esc_add_saturating(slot->overruns, 1);
    }
}

/**
 * Runs one handler. Entered and left with interrupts masked; the handler runs under `state`.
 * Marking the timer as running is the handler's entry: there is no moment in which a stop could
 * find it neither pending nor running.
 */
static void enter(uint8_t index, uint32_t due, esc_port_state state)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    slot->scheduled = due;
    slot->running++;
    if ((slot->flags & ESC_PERIODIC) == 0) {
        slot->state |= ESC_SLOT_FIRED;
    }
    esc_handler handler = slot->handler;
    void *user = slot->user;
    esc_handle handle = slot->handle;
    esc_port_restore(state);
    handler(handle, user);
    (void)esc_port_save_and_mask();
    slot->running--;
    if ((slot->state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) == 0 && slot->running == 0) {
        slot->state &= (uint8_t)~ESC_SLOT_LIVE;
    }
}

void esc_on_compare(void)
{
    esc_port_state state = esc_port_save_and_mask();
#if !ESC_PORT_AUTO_CLEAR
    esc_port_acknowledge_compare();
#endif
    /* One call for each timer pending now, then the thread gets a turn: a handler that starts
     * itself again at once must not live here for good (CALL-12). */
    for (uint8_t budget = esc_hal.pending; budget != 0 && esc_hal.head != ESC_NONE; budget--) {
        /* Read anew for each: a timer that a handler just armed is judged by the time it is now. */
        uint32_t now = esc_time_masked();
        uint8_t index = esc_hal.head;
        struct esc_slot *slot = &esc_hal.slots[index];
        uint32_t due = slot->deadline;
        if (!esc_is_due(due, now)) {
            break;
        }
        esc_unlink(index);
        if (slot->flags & ESC_PERIODIC) {
            due = advance(slot, now);
            esc_insert(index, now);
        }
        if (slot->flags & ESC_SOFT) {
            queue_soft(index, due);
        } else {
            enter(index, due, state);
        }
    }
    esc_aim();
    esc_port_restore(state);
}

void esc_on_overflow(void)
{
    esc_port_state state = esc_port_save_and_mask();
    esc_laps++;
#if !ESC_PORT_AUTO_CLEAR
    if (esc_port_overflow_pending()) {
        esc_port_acknowledge_overflow();
    }
#endif
    esc_port_restore(state);
}

void esc_serve_overflow(void)
{
    esc_port_state state = esc_port_save_and_mask();
    if (esc_port_overflow_pending()) {
        esc_port_acknowledge_overflow();
        esc_laps++;
    }
    esc_port_restore(state);
}

void esc_on_interrupt(void)
{
    esc_serve_overflow();
    if (esc_port_compare_pending()) {
        esc_port_acknowledge_compare();
        esc_on_compare();
    }
}

/** Takes the first soft expiry; ESC_NONE when there is none. Interrupts are masked. */
static uint8_t take_soft(uint32_t *due)
{
    uint8_t index = esc_hal.soft_head;
    if (index != ESC_NONE) {
        struct esc_slot *slot = &esc_hal.slots[index];
        uint16_t backlog = slot->backlog;
        *due = slot->queued_at;
        esc_unlink_soft(index);
        if (backlog != 0) {
            slot->backlog = (uint16_t)(backlog - 1u);
            slot->queued_at = *due + slot->period;
            esc_append_soft(index);
        }
    }
    return index;
}

int16_t esc_service(void)
{
    int16_t ran = 0;
    if (!esc_hal.open) {
        return ESC_HAL_CLOSED;
    }
    if (esc_port_in_interrupt()) {
        return ESC_IN_INTERRUPT;
    }
    if (esc_hal.servicing) {
        return ESC_REENTRANT_SERVICE;
    }
    esc_hal.servicing = true;
    esc_port_state state = esc_port_save_and_mask();
    uint16_t budget = 0;
    for (uint8_t index = esc_hal.soft_head; index != ESC_NONE;
         index = esc_hal.slots[index].next_soft) {
        budget = esc_add_saturating(budget, 1u + (uint32_t)esc_hal.slots[index].backlog);
    }
    if (budget > INT16_MAX) {
        budget = INT16_MAX;
    }
    for (; budget != 0; budget--) {
        uint32_t due;
        uint8_t index = take_soft(&due);
        if (index == ESC_NONE) {
            break;
        }
        enter(index, due, state);
        ran++;
    }
    esc_port_restore(state);
    esc_hal.servicing = false;
    (void)esc_drain();
    return ran;
}
