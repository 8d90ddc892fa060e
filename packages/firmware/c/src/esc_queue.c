/* The compare channel, the deadline queue and the lists of soft callbacks. */
#include "esc_slots.h"

/** Half a turn of the compare register: a deadline beyond three quarters is approached by such
 * hops. */
#define HOP (UINT32_C(1) << (ESC_PORT_COMPARE_BITS - 1))
#define FAR (HOP + HOP / 2)
#define COMPARE_MASK (UINT32_MAX >> (32 - ESC_PORT_COMPARE_BITS))

/**
 * Points the compare at the head of the queue. A match that was written too late would come a lap
 * later, so the counter is read again afterwards; where it has passed, the next try looks twice as
 * far ahead. Bounded: the distance doubles up to half a turn.
 */
ESC_INTERNAL void esc_aim(void)
{
    uint32_t least = ESC_PORT_MIN_DELTA_TICKS;
    if (esc_hal.head == ESC_NONE) {
        esc_port_enable_compare(false);
        esc_port_acknowledge_compare();
        return;
    }
    for (;;) {
        uint32_t now = esc_time_masked();
        uint32_t ahead = esc_hal.slots[esc_hal.head].due - now;
        if ((int32_t)ahead < (int32_t)least) {
            ahead = least;
        } else if (ahead > FAR) {
            ahead = HOP;
        }
        esc_port_set_compare((esc_port_count)((now + ahead) & COMPARE_MASK));
        /* A match of the old target must not fire for the new one; a match of the new target that
         * this wipes away shows as a counter that has passed it. */
        esc_port_acknowledge_compare();
        uint32_t passed = (esc_port_read_counter() - now) & ESC_COUNTER_MASK;
        if (passed < ahead || esc_port_compare_pending()) {
            break;
        }
        least <<= 1;
        if (least > HOP) {
            break;
        }
    }
    esc_port_enable_compare(true);
}

ESC_INTERNAL void esc_insert(uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    uint8_t *link = &esc_hal.head;
    uint32_t due = slot->deadline;
    int32_t distance = (int32_t)(due - now);
    if (distance < 0) {
        distance = 0;
        due = now;
    }
    slot->due = due;
    slot->pass = esc_hal.pass;
    slot->state |= ESC_SLOT_PENDING;
    /* Distances from now, not moments, are compared: overdue and far ones may lie more than half
     * the number range apart. */
    while (*link != ESC_NONE && (int32_t)(esc_hal.slots[*link].due - now) <= distance) {
        link = &esc_hal.slots[*link].next;
    }
    slot->next = *link;
    *link = index;
}

/** Takes a slot out of a list; whether it was in it. */
static bool cut(uint8_t *link, uint8_t index)
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

ESC_INTERNAL void esc_unlink(uint8_t index)
{
    (void)cut(&esc_hal.head, index);
    esc_hal.slots[index].state &= (uint8_t)~ESC_SLOT_PENDING;
}

ESC_INTERNAL void esc_append_soft(uint8_t *list, uint8_t index)
{
    while (*list != ESC_NONE) {
        list = &esc_hal.slots[*list].next;
    }
    *list = index;
    esc_hal.slots[index].next = ESC_NONE;
    esc_hal.slots[index].state |= ESC_SLOT_QUEUED;
}

ESC_INTERNAL bool esc_withdraw(uint8_t index)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    uint8_t in = slot->state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED);
    if (in == 0) {
        return false;
    }
    if (!cut(in == ESC_SLOT_PENDING ? &esc_hal.head : &esc_hal.waiting, index)) {
        (void)cut(&esc_hal.served, index);
    }
    slot->state &= (uint8_t)~in;
    return true;
}
