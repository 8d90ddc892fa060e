/* The registry: which slots are free, and the generations of those that were given out. */
#include "esc_engine.h"

/** A handle is its slot plus the slot's generation times this; generation 0 is none. */
#define SLOTS_MAX 32u

ESC_INTERNAL uint8_t esc_find(esc_handle timer)
{
    uint8_t index = (uint8_t)(timer % SLOTS_MAX);
    if (index >= ESC_TIMERS || esc_hal.slots[index].handle != timer ||
        (esc_hal.slots[index].state & (ESC_SLOT_USED | ESC_SLOT_RETIRED)) != ESC_SLOT_USED) {
        return ESC_NONE;
    }
    return index;
}

ESC_INTERNAL void esc_set_up(struct esc_slot *slot, const struct esc_config *config)
{
    slot->period = config->period;
    slot->handler = config->handler;
    slot->user = config->user;
    slot->flags = config->flags;
    slot->overruns = 0;
    slot->state = ESC_SLOT_USED;
}

/** Takes a slot for a configuration that was checked, where it is free, and returns its handle, else
 * ESC_NO_TIMER. Looked at and taken in one masked section: another thread may want it, too. */
static esc_handle claim_slot(uint8_t index, const struct esc_config *config)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    esc_handle handle = ESC_NO_TIMER;
    esc_port_state state = esc_port_save_and_mask();
    if ((slot->state & ESC_SLOT_USED) == 0) {
        handle = (esc_handle)(slot->handle - slot->handle % SLOTS_MAX + index + SLOTS_MAX);
        if (handle < SLOTS_MAX) {
            handle = (esc_handle)(handle + SLOTS_MAX);
        }
        slot->handle = handle;
        slot->anchor = 0;
        esc_set_up(slot, config);
    }
    esc_port_restore(state);
    return handle;
}

ESC_INTERNAL esc_handle esc_claim(const struct esc_config *config)
{
    (void)esc_collect_slots();
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_handle handle = claim_slot(index, config);
        if (handle != ESC_NO_TIMER) {
            return handle;
        }
    }
    return ESC_NO_TIMER;
}

ESC_INTERNAL void esc_retire(uint8_t index)
{
    ESC_ASSERT(esc_hal.slots[index].state & ESC_SLOT_USED);
    ESC_ASSERT((esc_hal.slots[index].state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) == 0);
    esc_hal.slots[index].state |= ESC_SLOT_RETIRED;
}

/** Whether a slot can be given out again: its handler may still be running. */
static bool is_reclaimable(uint8_t index)
{
    return (esc_hal.slots[index].state & ESC_SLOT_RETIRED) != 0 &&
           !esc_is_in(&esc_hal.hard, index) && !esc_is_in(&esc_hal.soft, index);
}

ESC_INTERNAL esc_result esc_collect_slots(void)
{
    esc_result freed = 0;
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_port_state state = esc_port_save_and_mask();
        if (is_reclaimable(index)) {
            esc_hal.slots[index].state = 0;
            freed++;
        }
        esc_port_restore(state);
    }
    return freed;
}
