/* The questions about a timer; none changes anything but esc_take_overruns(). See esc_hal.h. */
#include "esc_slots.h"

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
        *active = (esc_hal.slots[index].state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) != 0 ||
                  (esc_is_in(&esc_hal.hard, index) && !esc_hal.hard.stopped) ||
                  (esc_is_in(&esc_hal.soft, index) && !esc_hal.soft.stopped);
    }
    esc_port_restore(state);
    return result;
}

/** Stores the overrun count, and forgets it where that is asked for. */
ESC_NOINLINE static esc_result count_overruns(esc_handle timer, uint16_t *count, bool takes)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        *count = esc_hal.slots[index].overruns;
        if (takes) {
            esc_hal.slots[index].overruns = 0;
        }
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_overruns(esc_handle timer, uint16_t *count)
{
    return count_overruns(timer, count, false);
}

esc_result esc_take_overruns(esc_handle timer, uint16_t *count)
{
    return count_overruns(timer, count, true);
}

esc_result esc_scheduled(esc_handle timer, uint32_t *ticks)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        if (esc_is_in(&esc_hal.hard, index)) {
            *ticks = esc_hal.hard.scheduled;
        } else if (esc_is_in(&esc_hal.soft, index)) {
            *ticks = esc_hal.soft.scheduled;
        } else {
            *ticks = esc_hal.slots[index].anchor;
        }
    }
    esc_port_restore(state);
    return result;
}
