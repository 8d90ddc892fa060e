/* The registry: making, setting up and releasing timers, and giving their slots back. */
#include <stddef.h>

#include "esc_slots.h"

#ifndef ESC_ONE_UNIT
struct esc_hal esc_hal;
#endif

uint32_t esc_laps;

ESC_INTERNAL uint8_t esc_find(esc_handle timer)
{
    uint8_t index = (uint8_t)(timer & 31u);
    if (index >= ESC_TIMERS || esc_hal.slots[index].handle != timer ||
        (esc_hal.slots[index].state & (ESC_SLOT_USED | ESC_SLOT_RETIRED)) != ESC_SLOT_USED) {
        return ESC_NONE;
    }
    return index;
}

static bool is_reclaimable(const struct esc_slot *slot)
{
    if ((slot->state & ESC_SLOT_USED) == 0 || slot->running != 0) {
        return false;
    }
    if (slot->state & ESC_SLOT_RETIRED) {
        return true;
    }
#if ESC_BUG == ESC_BUG_ZEPHYR_18733
    /* Stopped, and left where it is. */
    return false;
#else
    return (slot->flags & ESC_AUTO_RELEASE) != 0 &&
           (slot->state & (ESC_SLOT_STARTED | ESC_SLOT_LIVE)) == ESC_SLOT_STARTED;
#endif
}

#if ESC_BUG == ESC_BUG_ZEPHYR_18728
/* In whatever context a timer ends, while the thread may be taking a slot from the list. */
ESC_INTERNAL void esc_give_back(uint8_t index)
{
    if (is_reclaimable(&esc_hal.slots[index])) {
        esc_hal.slots[index].state = 0;
        esc_hal.slots[index].next = esc_hal.free;
        esc_hal.free = index;
    }
}
#endif

static bool is_valid(const struct esc_config *config)
{
    return config->handler != NULL && config->period >= 1 && config->period <= ESC_LONGEST &&
           (config->flags & (ESC_BURST | ESC_SKIP)) != (ESC_BURST | ESC_SKIP) &&
           (config->flags & (ESC_AUTO_RELEASE | ESC_PERIODIC)) != (ESC_AUTO_RELEASE | ESC_PERIODIC);
}

/** Writes a configuration into a slot; what was pending, queued, counted or fired is gone. */
static void set_up(struct esc_slot *slot, const struct esc_config *config)
{
    slot->period = config->period;
    slot->handler = config->handler;
    slot->user = config->user;
    slot->flags = config->flags;
    slot->overruns = 0;
    slot->backlog = 0;
    slot->state = ESC_SLOT_USED;
}

void esc_init(void)
{
    esc_port_state state = esc_port_save_and_mask();
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_hal.slots[index].state = 0;
        esc_hal.slots[index].running = 0;
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
        esc_hal.slots[index].next = index + 1 < ESC_TIMERS ? (uint8_t)(index + 1) : ESC_NONE;
#endif
    }
    esc_hal.head = ESC_NONE;
    esc_hal.soft_head = ESC_NONE;
    esc_hal.pending = 0;
    esc_hal.servicing = false;
    esc_hal.open = true;
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
    esc_hal.free = 0;
#endif
    esc_aim();
    esc_port_restore(state);
}

void esc_close(void)
{
    (void)esc_deinit_all();
    esc_hal.open = false;
}

ESC_INTERNAL esc_result esc_drain(void)
{
    esc_result freed = 0;
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_port_state state = esc_port_save_and_mask();
        if (is_reclaimable(&esc_hal.slots[index])) {
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
            esc_give_back(index);
#endif
            esc_hal.slots[index].state = 0;
            freed++;
        }
        esc_port_restore(state);
    }
    return freed;
}

/** Takes a free slot for a configuration that was checked; ESC_NONE when there is none. Thread
 * only. */
static uint8_t allocate(const struct esc_config *config)
{
    (void)esc_drain();
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
    /* Taken off the list with no mask, while an interrupt may put another one on it. */
    uint8_t taken = esc_hal.free;
    if (taken != ESC_NONE) {
        esc_hal.free = esc_hal.slots[taken].next;
    }
#endif
    /* Only threads take slots, and an interrupt never frees one, so the search needs no mask. */
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        struct esc_slot *slot = &esc_hal.slots[index];
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
        if (index == taken) {
#else
        if ((slot->state & ESC_SLOT_USED) == 0) {
#endif
            slot->handle = (esc_handle)(((slot->handle & ~31u) | index) + 32u);
            if (slot->handle < 32u) {
                slot->handle = (esc_handle)(slot->handle + 32u);
            }
            slot->running = 0;
            set_up(slot, config);
            return index;
        }
    }
    return ESC_NONE;
}

static esc_result check_new(const struct esc_config *config)
{
    if (!esc_hal.open) {
        return ESC_HAL_CLOSED;
    }
    if (esc_port_in_interrupt()) {
        return ESC_IN_INTERRUPT;
    }
    return is_valid(config) ? ESC_OK : ESC_INVALID_ARGUMENT;
}

esc_result esc_timer_init(esc_handle *timer, const struct esc_config *config)
{
    esc_result checked = check_new(config);
    if (checked != ESC_OK) {
        return checked;
    }
    uint8_t index = allocate(config);
    if (index == ESC_NONE) {
        return ESC_CAPACITY_EXHAUSTED;
    }
    *timer = esc_hal.slots[index].handle;
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
    if (!is_valid(config)) {
        return ESC_INVALID_ARGUMENT;
    }
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index == ESC_NONE) {
        result = esc_refusal();
    } else if (esc_hal.slots[index].state & ESC_SLOT_SHUT) {
        result = ESC_TIMER_SHUT_DOWN;
    } else {
        (void)esc_halt(index);
        set_up(&esc_hal.slots[index], config);
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_deinit(esc_handle timer)
{
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index != ESC_NONE) {
        (void)esc_halt(index);
        esc_hal.slots[index].state |= ESC_SLOT_RETIRED;
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
        esc_give_back(index);
#endif
    }
    esc_port_restore(state);
    return ESC_OK;
}

esc_result esc_collect(void)
{
    return esc_port_in_interrupt() ? (esc_result)ESC_IN_INTERRUPT : esc_drain();
}

esc_result esc_deinit_all(void)
{
    if (esc_port_in_interrupt()) {
        return ESC_IN_INTERRUPT;
    }
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_port_state state = esc_port_save_and_mask();
        if (esc_hal.slots[index].state & ESC_SLOT_USED) {
            (void)esc_withdraw(index);
            esc_hal.slots[index].state = ESC_SLOT_USED | ESC_SLOT_RETIRED;
        }
        esc_port_restore(state);
    }
    esc_port_state state = esc_port_save_and_mask();
#if ESC_BUG == ESC_BUG_MICROPYTHON_SOFT_TIMER
    /* A soft reset drops the heap as a whole. */
    esc_hal.head = ESC_NONE;
    esc_hal.pending = 0;
#endif
    esc_aim();
    esc_port_restore(state);
    (void)esc_drain();
    return ESC_OK;
}

void esc_stats(struct esc_stats *stats)
{
    esc_port_state state = esc_port_save_and_mask();
    *stats = (struct esc_stats){ .pending = esc_hal.pending };
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        const struct esc_slot *slot = &esc_hal.slots[index];
        stats->allocated = (uint8_t)(stats->allocated + ((slot->state & ESC_SLOT_USED) != 0));
        stats->queued = (uint8_t)(stats->queued + ((slot->state & ESC_SLOT_QUEUED) != 0));
        bool released = (slot->state & ESC_SLOT_USED) && (slot->state & ESC_SLOT_RETIRED);
        stats->retired = (uint8_t)(stats->retired + (released || is_reclaimable(slot)));
    }
    esc_port_restore(state);
}
