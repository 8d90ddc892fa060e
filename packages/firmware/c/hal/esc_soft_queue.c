/* The lists of soft callbacks, first in, first out. */
#include "esc_engine.h"

ESC_INTERNAL void esc_queue_soft(uint8_t *list, uint8_t index)
{
    ESC_ASSERT((esc_hal.slots[index].state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) == 0);
    while (*list != ESC_NONE) {
        list = &esc_hal.slots[*list].next;
    }
    *list = index;
    esc_hal.slots[index].next = ESC_NONE;
    esc_hal.slots[index].state |= ESC_SLOT_QUEUED;
}

ESC_INTERNAL bool esc_unqueue_soft(uint8_t index)
{
    esc_hal.slots[index].state &= (uint8_t)~ESC_SLOT_QUEUED;
    return esc_list_remove(&esc_hal.waiting, index) || esc_list_remove(&esc_hal.served, index);
}

ESC_INTERNAL void esc_begin_soft_pass(void)
{
    /* Behind what the last pass left, where that was more than it could count. */
    uint8_t *list = &esc_hal.served;
    while (*list != ESC_NONE) {
        list = &esc_hal.slots[*list].next;
    }
    *list = esc_hal.waiting;
    esc_hal.waiting = ESC_NONE;
}
