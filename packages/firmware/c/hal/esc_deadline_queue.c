/* The deadline queue: a list of slots, first due first, equal ones in the order of their arming. */
#include "esc_engine.h"

ESC_INTERNAL void esc_enqueue(uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    uint8_t *link = &esc_hal.head;
    uint32_t due = slot->deadline;
    int32_t distance = (int32_t)(due - now);
    ESC_ASSERT((slot->state & (ESC_SLOT_USED | ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) ==
               ESC_SLOT_USED);
    if (distance < 0) {
        distance = 0;
        due = now;
    }
    slot->due = due;
    slot->pass = esc_hal.pass;
    slot->state |= ESC_SLOT_PENDING;
    /* Distances from now, not times, are compared: overdue and far ones may lie more than half the
     * number range apart. */
    while (*link != ESC_NONE && (int32_t)(esc_hal.slots[*link].due - now) <= distance) {
        link = &esc_hal.slots[*link].next;
    }
    slot->next = *link;
    *link = index;
}

ESC_INTERNAL bool esc_dequeue(uint8_t index)
{
    esc_hal.slots[index].state &= (uint8_t)~ESC_SLOT_PENDING;
    return esc_list_remove(&esc_hal.head, index);
}

ESC_NOINLINE ESC_INTERNAL bool esc_list_remove(uint8_t *link, uint8_t index)
{
    while (*link != index) {
        if (*link == ESC_NONE) {
            return false;
        }
        link = &esc_hal.slots[*link].next;
    }
    *link = esc_hal.slots[index].next;
    return true;
}
