/* The calls on a timer that exists, and the time. See esc_hal.h for what each promises. */
#include "esc_slots.h"

/** Arms a timer; interrupts are masked. */
static esc_result arm(uint8_t index, uint32_t deadline, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool moves_hardware = esc_hal.head == index;
    (void)esc_withdraw(index);
    slot->state = ESC_SLOT_USED | ESC_SLOT_LIVE | ESC_SLOT_STARTED;
    slot->deadline = deadline;
    esc_insert(index, now);
    if (moves_hardware || esc_hal.head == index) {
        esc_aim();
    }
    return esc_is_due(deadline, now) ? ESC_LATE : ESC_ARMED;
}

ESC_INTERNAL esc_result esc_halt(uint8_t index)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    bool moves_hardware = esc_hal.head == index;
    bool withdrawn = esc_withdraw(index);
    slot->state &= (uint8_t)~ESC_SLOT_LIVE;
    if (moves_hardware) {
        esc_aim();
    }
    if (slot->running != 0) {
        return ESC_IN_FLIGHT;
    }
    if (withdrawn) {
        return ESC_REMOVED;
    }
    return slot->state & ESC_SLOT_FIRED ? ESC_FIRED : ESC_IDLE;
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
        uint32_t now = esc_time_masked();
        /* The tick that is running now is partly over: the first whole one is the next (ARM-02). */
        result = arm(index, now + 1u + esc_hal.slots[index].period, now);
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_start_at(esc_handle timer, uint32_t reference, uint32_t delta)
{
    esc_result result;
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    uint32_t now = esc_time_masked();
    uint32_t deadline = reference + delta;
    if (index == ESC_NONE) {
        result = esc_refusal();
    } else if (esc_hal.slots[index].state & ESC_SLOT_SHUT) {
        result = ESC_TIMER_SHUT_DOWN;
    } else if (delta > ESC_MAX_DELAY || !esc_is_due(reference, now)) {
        result = ESC_INVALID_ARGUMENT;
    } else if ((esc_hal.slots[index].flags & ESC_REFUSE_LATE) && esc_is_due(deadline, now)) {
        result = ESC_MISSED;
    } else {
        result = arm(index, deadline, now);
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

esc_result esc_stop_sync(esc_handle timer, uint32_t timeout)
{
    (void)timeout;
    return esc_stop(timer);
}

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
                esc_aim();
            }
        }
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_remaining(esc_handle timer, uint32_t *ticks)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        uint32_t now = esc_time_masked();
        uint32_t deadline = esc_hal.slots[index].deadline;
        bool pending = (esc_hal.slots[index].state & ESC_SLOT_PENDING) != 0;
        bool waits = pending && !esc_is_due(deadline, now);
        *ticks = waits ? deadline - now : 0;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_active(esc_handle timer, bool *active)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        *active = (esc_hal.slots[index].state & ESC_SLOT_LIVE) != 0;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_overruns(esc_handle timer, uint16_t *count)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        *count = esc_hal.slots[index].overruns;
        esc_hal.slots[index].overruns = 0;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_scheduled(esc_handle timer, uint32_t *ticks)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        *ticks = esc_hal.slots[index].scheduled;
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
    uint32_t laps = esc_laps;
    uint32_t counter = esc_port_read_counter();
    if (esc_port_overflow_pending()) {
        counter = esc_port_read_counter();
        laps++;
    }
    esc_port_restore(state);
    return (uint64_t)laps << ESC_PORT_COUNTER_BITS | counter;
}
