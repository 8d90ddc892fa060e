/* The calls on a timer. See esc_hal.h for what each promises. */
#include "esc_engine.h"

#include <stddef.h>

/** Whether a configuration is within its ranges. */
static bool is_valid(const struct esc_config *config)
{
    return config->handler != NULL && config->period >= 1 && config->period <= ESC_MAX_DELAY &&
           (config->flags & (ESC_BURST | ESC_SKIP)) != (ESC_BURST | ESC_SKIP) &&
           (config->flags & (ESC_AUTO_RELEASE | ESC_PERIODIC)) != (ESC_AUTO_RELEASE | ESC_PERIODIC);
}

esc_result esc_timer_init(esc_handle *timer, const struct esc_config *config)
{
    esc_result refused = esc_refuse_thread_call();
    if (refused != ESC_OK) {
        return refused;
    }
    if (!is_valid(config)) {
        return ESC_INVALID_ARGUMENT;
    }
    esc_handle handle = esc_claim(config);
    if (handle == ESC_NO_TIMER) {
        return ESC_CAPACITY_EXHAUSTED;
    }
    *timer = handle;
    return ESC_OK;
}

esc_result esc_after(const struct esc_config *config)
{
    struct esc_config one_shot = *config;
    esc_handle timer;
    one_shot.flags = (uint8_t)((config->flags & ~(unsigned)ESC_PERIODIC) | ESC_AUTO_RELEASE);
    esc_result made = esc_timer_init(&timer, &one_shot);
    return made == ESC_OK ? esc_start(timer) : made;
}

esc_result esc_reinit(esc_handle timer, const struct esc_config *config)
{
    esc_result result = ESC_OK;
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index == ESC_NONE) {
        result = esc_refusal();
    } else if (!is_valid(config)) {
        result = ESC_INVALID_ARGUMENT;
    } else if (esc_hal.slots[index].state & ESC_SLOT_SHUT) {
        result = ESC_TIMER_SHUT_DOWN;
    } else {
        (void)esc_stop_slot(index);
        esc_set_up(&esc_hal.slots[index], config);
    }
    esc_port_restore(state);
    return result;
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
        uint32_t now = esc_clock_update();
        /* The tick that is running now is partly over: the first whole one is the next (ARM-02). */
        uint32_t first = now + 1u;
        slot->anchor = first;
        slot->deadline = first + slot->period;
        (void)esc_arm(index, now);
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
    uint32_t now = esc_clock_update();
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
        result = esc_arm(index, now);
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_stop(esc_handle timer)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : esc_stop_slot(index);
    esc_port_restore(state);
    return result;
}

esc_result esc_shutdown(esc_handle timer)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = esc_refusal();
    if (index != ESC_NONE) {
        result = esc_stop_slot(index);
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
            bool was_first = esc_hal.head == index;
            (void)esc_dequeue(index);
            slot->deadline = last + period;
            esc_enqueue(index, esc_clock_update());
            esc_rearm(was_first || esc_hal.head == index);
        }
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_deinit(esc_handle timer)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index != ESC_NONE) {
        (void)esc_stop_slot(index);
        esc_retire(index);
    }
    esc_port_restore(state);
    return ESC_OK;
}

esc_result esc_remaining(esc_handle timer, uint32_t *ticks)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    esc_result result = index == ESC_NONE ? esc_refusal() : (esc_result)ESC_OK;
    if (index != ESC_NONE) {
        uint32_t now = esc_clock_update();
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

/** The lane in which a handler of that timer is, or null. */
static const struct esc_lane *lane_of(esc_handle timer)
{
    if (!esc_hal.open) {
        return NULL;
    }
    if (esc_is_handler_in(&esc_hal.hard, timer)) {
        return &esc_hal.hard;
    }
    return esc_is_handler_in(&esc_hal.soft, timer) ? &esc_hal.soft : NULL;
}

esc_result esc_scheduled(esc_handle timer, uint32_t *ticks)
{
    esc_result result = ESC_OK;
    esc_port_state state = esc_port_save_and_mask();
    const struct esc_lane *lane = lane_of(timer);
    uint8_t index = esc_find(timer);
    if (lane != NULL) {
        *ticks = lane->scheduled;
    } else if (index != ESC_NONE) {
        *ticks = esc_hal.slots[index].anchor;
    } else {
        result = esc_refusal();
    }
    esc_port_restore(state);
    return result;
}
