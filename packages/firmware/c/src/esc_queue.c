/* The compare channel, the deadline queue and the queue of soft callbacks. */
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
#if ESC_BUG == ESC_BUG_TOCK_D6E46D7
    /* Nearer than the hardware is sure to match. */
    uint32_t least = 1;
#else
    uint32_t least = ESC_PORT_MIN_DELTA_TICKS;
#endif
    if (esc_hal.head == ESC_NONE) {
        esc_port_enable_compare(false);
#if ESC_BUG != ESC_BUG_RIOT_18976
        esc_port_acknowledge_compare();
#endif
        return;
    }
    for (;;) {
        uint32_t now = esc_time_masked();
        uint32_t ahead = esc_hal.slots[esc_hal.head].deadline - now;
        if ((int32_t)ahead < (int32_t)least) {
            ahead = least;
        } else if (ahead > FAR) {
            ahead = HOP;
        }
        esc_port_set_compare((esc_port_count)((now + ahead) & COMPARE_MASK));
#if ESC_BUG != ESC_BUG_RIOT_18976
        /* A match of the old target must not fire for the new one; a match of the new target that
         * this wipes away shows as a counter that has passed it. */
        esc_port_acknowledge_compare();
#endif
#if ESC_BUG == ESC_BUG_PICO_1953 || ESC_BUG == ESC_BUG_TOCK_D6E46D7
        /* Taken to be written in time. */
        break;
#endif
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
    uint8_t *link = &esc_hal.head;
    int32_t distance = (int32_t)(esc_hal.slots[index].deadline - now);
#if ESC_BUG == ESC_BUG_RP2040JS_LIFO
    /* Before those of the same deadline. */
    distance--;
#endif
    /* Distances from now, not deadlines, are compared: overdue and far deadlines may lie more than
     * half the number range apart. */
    while (*link != ESC_NONE && (int32_t)(esc_hal.slots[*link].deadline - now) <= distance) {
        link = &esc_hal.slots[*link].next;
    }
    esc_hal.slots[index].next = *link;
    *link = index;
    esc_hal.slots[index].state |= ESC_SLOT_PENDING;
    esc_hal.pending++;
}

ESC_INTERNAL void esc_unlink(uint8_t index)
{
    uint8_t *link = &esc_hal.head;
    while (*link != index) {
#if ESC_BUG == ESC_BUG_MICROPYTHON_SOFT_TIMER
        /* Its link was lost with what the handler did. */
        if (*link == ESC_NONE) {
            return;
        }
#endif
        link = &esc_hal.slots[*link].next;
    }
    *link = esc_hal.slots[index].next;
    esc_hal.slots[index].state &= (uint8_t)~ESC_SLOT_PENDING;
    esc_hal.pending--;
}

ESC_INTERNAL void esc_append_soft(uint8_t index)
{
    uint8_t *link = &esc_hal.soft_head;
    while (*link != ESC_NONE) {
        link = &esc_hal.slots[*link].next_soft;
    }
    *link = index;
    esc_hal.slots[index].next_soft = ESC_NONE;
    esc_hal.slots[index].state |= ESC_SLOT_QUEUED;
}

ESC_INTERNAL void esc_unlink_soft(uint8_t index)
{
    uint8_t *link = &esc_hal.soft_head;
    while (*link != index) {
        link = &esc_hal.slots[*link].next_soft;
    }
    *link = esc_hal.slots[index].next_soft;
    esc_hal.slots[index].state &= (uint8_t)~ESC_SLOT_QUEUED;
    esc_hal.slots[index].backlog = 0;
}

ESC_INTERNAL bool esc_withdraw(uint8_t index)
{
    uint8_t state = esc_hal.slots[index].state;
    if (state & ESC_SLOT_PENDING) {
        esc_unlink(index);
    }
    if (state & ESC_SLOT_QUEUED) {
        esc_unlink_soft(index);
    }
    return (state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) != 0;
}
