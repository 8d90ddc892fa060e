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
#if ESC_BUG == ESC_BUG_PICO_POSITIVE_DELAY
    next = now + slot->period;
#elif ESC_BUG == ESC_BUG_TOCK_536EFFF
    slot->reference = due;
#endif
    if (esc_is_due(next, now) && (slot->flags & ESC_BURST) == 0) {
#if ESC_BUG == ESC_BUG_FREEBSD_D29093
        uint32_t missed = 0;
        for (uint32_t each = next; esc_is_due(each, now); each += slot->period) {
            missed++;
        }
#else
        uint32_t missed = (now - due) / slot->period;
#endif
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

#if ESC_BUG == ESC_BUG_MICROPYTHON_MPIRQ
/** Whether as many soft callbacks wait as the schedule takes. */
static bool is_schedule_full(void)
{
    uint8_t room = 4;
    for (uint8_t index = esc_hal.soft_head; index != ESC_NONE && room != 0;
         index = esc_hal.slots[index].next_soft) {
        room--;
    }
    return room == 0;
}
#endif

/** Hands an expiry to esc_service(); one that still waits there follows the overrun policy. */
static void queue_soft(uint8_t index, uint32_t due)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    if ((slot->state & ESC_SLOT_QUEUED) == 0) {
#if ESC_BUG == ESC_BUG_MICROPYTHON_MPIRQ
        /* Dropped, and nothing tells. */
        if (is_schedule_full()) {
            return;
        }
#endif
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
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
    esc_give_back(index);
#endif
}

/** Runs a handler in the timer interrupt. */
static void enter_hard(uint8_t index, uint32_t due, esc_port_state state)
{
#if ESC_BUG == ESC_BUG_MICROPYTHON_SOFT_TIMER
    /* The pass works on a copy of its own, and stores it back over what the handler did. */
    uint8_t head = esc_hal.head;
    uint8_t pending = esc_hal.pending;
    enter(index, due, state);
    esc_hal.head = head;
    esc_hal.pending = pending;
#else
    enter(index, due, state);
#endif
}

/** Whether a pending timer is to be run. */
static bool is_expired(const struct esc_slot *slot, uint32_t now)
{
#if ESC_BUG == ESC_BUG_TOCK_536EFFF
    /* Outside the range from its reference to its deadline: so is a `now` before the reference. */
    return now - slot->reference >= slot->deadline - slot->reference;
#else
    return esc_is_due(slot->deadline, now);
#endif
}

/** Takes a timer that is to be run out of the deadline queue, and its next expiry into it. Answers
 * when the one to deliver was due. */
static uint32_t take_due(uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    uint32_t due = slot->deadline;
#if ESC_BUG == ESC_BUG_NUTTX_50F801D
    /* A handler may have stopped it since it was noted as the next. */
    if (slot->state & ESC_SLOT_PENDING) {
        esc_unlink(index);
    }
#else
    esc_unlink(index);
#endif
    if (slot->flags & ESC_PERIODIC) {
        due = advance(slot, now);
        esc_insert(index, now);
    }
#if ESC_BUG == ESC_BUG_TOCK_ONE_SHOT_COUNT
    /* Nobody counts a one-shot out that ran. */
    else if (esc_hal.pending < INT8_MAX) {
        esc_hal.pending++;
    }
#endif
    return due;
}

#if ESC_BUG == ESC_BUG_PICO_1555
ESC_INTERNAL void esc_run_now(uint8_t index, uint32_t now)
{
    uint32_t due = take_due(index, now);
    enter_hard(index, due, esc_port_save_and_mask());
}
#endif

void esc_on_compare(void)
{
    esc_port_state state = esc_port_save_and_mask();
#if !ESC_PORT_AUTO_CLEAR
    esc_port_acknowledge_compare();
#endif
    /* One call for each timer pending now, then the thread gets a turn: a handler that starts
     * itself again at once must not live here for good (CALL-12). */
    uint8_t budget = esc_hal.pending;
#if ESC_BUG == ESC_BUG_TOCK_536EFFF
    /* Read once for the whole pass, which goes over every timer. */
    uint32_t now = esc_time_masked();
    budget = ESC_TIMERS;
#elif ESC_BUG == ESC_BUG_RIOT_18976
    /* The first is believed to be due where the compare can have been set for it. */
    uint32_t reach = ESC_COUNTER_MASK / 2;
#endif
#if ESC_BUG == ESC_BUG_NUTTX_50F801D
    uint8_t following = esc_hal.head;
    for (; budget != 0 && following != ESC_NONE; budget--) {
#else
    for (; budget != 0 && esc_hal.head != ESC_NONE; budget--) {
#endif
#if ESC_BUG != ESC_BUG_TOCK_536EFFF
        /* Read anew for each: a timer that a handler just armed is judged by the time it is now. */
        uint32_t now = esc_time_masked();
#endif
        uint8_t index = esc_hal.head;
#if ESC_BUG == ESC_BUG_NUTTX_50F801D
        /* The one after it is noted before its handler runs. */
        index = following;
        following = esc_hal.slots[index].next;
#endif
        struct esc_slot *slot = &esc_hal.slots[index];
#if ESC_BUG == ESC_BUG_RIOT_18976
        bool expired = is_expired(slot, now + reach);
        reach = 0;
#else
        bool expired = is_expired(slot, now);
#endif
        if (!expired) {
            break;
        }
        uint32_t due = take_due(index, now);
        if (slot->flags & ESC_SOFT) {
            queue_soft(index, due);
        } else {
            enter_hard(index, due, state);
        }
    }
    esc_aim();
#if ESC_BUG == ESC_BUG_EMBASSY_3758
    /* Too late: a match since the entry goes with it. */
    esc_port_acknowledge_compare();
#endif
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
