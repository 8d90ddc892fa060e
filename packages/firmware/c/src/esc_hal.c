/* The calls on a timer that exists, and the time. See esc_hal.h for what each promises. */
#include "esc_slots.h"

/** Arms a timer for the deadline that its slot has; interrupts are masked. */
static esc_result arm(uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool moves_hardware = esc_hal.head == index;
    (void)esc_withdraw(index);
    slot->state &= (uint8_t)~ESC_SLOT_FIRED;
    esc_insert(index, now);
    if (moves_hardware || esc_hal.head == index) {
        esc_head_changed();
    }
    return esc_is_due(slot->deadline, now) ? ESC_LATE : ESC_ARMED;
}

/** Notes on handlers of that slot in flight that it was stopped; whether there are any. */
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

ESC_INTERNAL esc_result esc_halt(uint8_t index)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool moves_hardware = esc_hal.head == index;
    bool withdrawn = esc_withdraw(index);
    if (moves_hardware) {
        esc_head_changed();
    }
    if (mark_stopped(index)) {
        return ESC_IN_FLIGHT;
    }
    if (!withdrawn) {
        return slot->state & ESC_SLOT_FIRED ? ESC_FIRED : ESC_IDLE;
    }
    esc_let_go(index);
    return ESC_REMOVED;
}

esc_result esc_start(esc_handle timer)
{
    esc_result result;
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index == ESC_NONE) {
        result = esc_refusal();
    } else if (esc_hal.slots[index].state & ESC_SLOT_SHUT) {
        result = ESC_TIMER_SHUT_DOWN;
    } else {
        struct esc_slot *slot = &esc_hal.slots[index];
        uint32_t now = esc_time_masked();
        /* The tick that is running now is partly over: the first whole one is the next (ARM-02). */
        uint32_t first = now + 1u;
        slot->anchor = first;
        slot->deadline = first + slot->period;
        (void)arm(index, now);
        /* Never late: the first whole tick is still to come. */
        result = ESC_ARMED;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_start_at(esc_handle timer, uint32_t reference, uint32_t delta)
{
    esc_result result;
    if (delta > ESC_MAX_DELAY) {
        return ESC_INVALID_ARGUMENT;
    }
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    uint32_t now = esc_time_masked();
    if (index == ESC_NONE) {
        result = esc_refusal();
    } else if (esc_hal.slots[index].state & ESC_SLOT_SHUT) {
        result = ESC_TIMER_SHUT_DOWN;
    } else if (!esc_is_due(reference, now)) {
        result = ESC_INVALID_ARGUMENT;
    } else if ((esc_hal.slots[index].flags & ESC_REFUSE_LATE) &&
               esc_is_due(reference + delta, now)) {
        result = ESC_MISSED;
    } else {
        esc_hal.slots[index].anchor = reference;
        esc_hal.slots[index].deadline = reference + delta;
        result = arm(index, now);
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_stop(esc_handle timer)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : esc_halt(index);
    esc_port_restore(state);
    return result;
}

#if ESC_PORT_THREADS

/** Whether a handler of that timer is in flight there. A handler that released its timer is: its
 * slot is not given out before it returns. */
static bool is_handler_in(const struct esc_lane *lane, esc_handle timer)
{
    return lane->slot != ESC_NONE && esc_hal.slots[lane->slot].handle == timer;
}

/** Stops a timer once more, as its handler may have armed it again, and looks for its handler:
 * ESC_ARMED where another thread runs it, ESC_IN_FLIGHT where the caller does, else ESC_FIRED. */
static esc_result stop_again(esc_handle timer)
{
    esc_port_thread self = esc_port_thread_id();
    esc_result result = ESC_FIRED;
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index != ESC_NONE) {
        (void)esc_halt(index);
    }
    bool hard = is_handler_in(&esc_hal.hard, timer);
    bool soft = is_handler_in(&esc_hal.soft, timer);
    if ((hard && esc_hal.hard.thread != self) || (soft && esc_hal.soft.thread != self)) {
        result = ESC_ARMED;
    } else if (hard || soft) {
        result = ESC_IN_FLIGHT;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_stop_sync(esc_handle timer, uint32_t timeout)
{
    esc_result found = esc_stop(timer);
    /* Stale, too: the handler that released it may still be running. */
    if ((found != ESC_IN_FLIGHT && found != ESC_STALE_HANDLE) || esc_port_in_interrupt()) {
        return found;
    }
    esc_result result = stop_again(timer);
    if (found == ESC_STALE_HANDLE && result != ESC_ARMED) {
        return found;
    }
    uint32_t begin = esc_now();
    while (result == ESC_ARMED) {
        if (esc_now() - begin >= timeout) {
            return ESC_IN_FLIGHT;
        }
        esc_port_relax();
        result = stop_again(timer);
    }
    return result;
}

#else

esc_result esc_stop_sync(esc_handle timer, uint32_t timeout)
{
    (void)timeout;
    return esc_stop(timer);
}

#endif

esc_result esc_shutdown(esc_handle timer)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = esc_refusal();
    if (index != ESC_NONE) {
        result = esc_halt(index);
        esc_hal.slots[index].state |= ESC_SLOT_SHUT;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_set_period(esc_handle timer, uint32_t period)
{
    esc_result result = ESC_OK;
    if (period < 1 || period > ESC_MAX_DELAY) {
        return ESC_INVALID_ARGUMENT;
    }
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index == ESC_NONE) {
        result = esc_refusal();
    } else if (esc_hal.slots[index].state & ESC_SLOT_SHUT) {
        result = ESC_TIMER_SHUT_DOWN;
    } else {
        struct esc_slot *slot = &esc_hal.slots[index];
        uint32_t last = slot->deadline - slot->period;
        slot->period = period;
        if (slot->state & ESC_SLOT_PENDING) {
            bool moves_hardware = esc_hal.head == index;
            esc_unlink(index);
            slot->deadline = last + period;
            esc_insert(index, esc_time_masked());
            if (moves_hardware || esc_hal.head == index) {
                esc_head_changed();
            }
        }
    }
    esc_port_restore(state);
    return result;
}

ESC_NOINLINE uint32_t esc_now(void)
{
    esc_port_state state = esc_port_save_and_mask();
    uint32_t time = esc_read_time();
    esc_port_restore(state);
    return time;
}

uint64_t esc_now_wide(void)
{
    esc_port_state state = esc_port_save_and_mask();
    uint32_t laps = esc_wraps;
    uint32_t counter = esc_port_read_counter();
    if (esc_port_overflow_pending()) {
        counter = esc_port_read_counter();
        laps++;
    }
    esc_port_restore(state);
    return (uint64_t)laps << ESC_PORT_COUNTER_BITS | counter;
}
