/* The registry: making, setting up and releasing timers, and giving their slots back. */
#include <stddef.h>

#include "esc_slots.h"

#ifndef ESC_ONE_UNIT
struct esc_hal esc_hal;
#endif

uint32_t esc_wraps;

ESC_INTERNAL uint8_t esc_find(esc_handle timer)
{
    uint8_t index = (uint8_t)(timer & 31u);
    if (index >= ESC_TIMERS || esc_hal.slots[index].handle != timer ||
        (esc_hal.slots[index].state & (ESC_SLOT_USED | ESC_SLOT_RETIRED)) != ESC_SLOT_USED) {
        return ESC_NONE;
    }
    return index;
}

/** Whether a slot can be given out again: its handler may still be running. */
static bool is_reclaimable(uint8_t index)
{
    return (esc_hal.slots[index].state & ESC_SLOT_RETIRED) != 0 &&
           !esc_is_in(&esc_hal.hard, index) && !esc_is_in(&esc_hal.soft, index);
}

ESC_INTERNAL void esc_retire(uint8_t index)
{
    esc_hal.slots[index].state |= ESC_SLOT_RETIRED;
}

ESC_INTERNAL void esc_let_go(uint8_t index)
{
    const struct esc_slot *slot = &esc_hal.slots[index];
    if ((slot->flags & ESC_AUTO_RELEASE) != 0 &&
        (slot->state & (ESC_SLOT_PENDING | ESC_SLOT_QUEUED)) == 0) {
        esc_retire(index);
    }
}

static bool is_valid(const struct esc_config *config)
{
    return config->handler != NULL && config->period >= 1 && config->period <= ESC_MAX_DELAY &&
           (config->flags & (ESC_BURST | ESC_SKIP)) != (ESC_BURST | ESC_SKIP) &&
           (config->flags & (ESC_AUTO_RELEASE | ESC_PERIODIC)) != (ESC_AUTO_RELEASE | ESC_PERIODIC);
}

/** Writes a configuration into a slot; what was counted or fired is gone. */
static void set_up(struct esc_slot *slot, const struct esc_config *config)
{
    slot->period = config->period;
    slot->handler = config->handler;
    slot->user = config->user;
    slot->flags = config->flags;
    slot->overruns = 0;
    slot->state = ESC_SLOT_USED;
}

void esc_init(void)
{
    esc_port_state state = esc_port_save_and_mask();
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_hal.slots[index].state = 0;
        esc_hal.slots[index].pass = 0;
    }
    esc_hal.hard.slot = ESC_NONE;
    esc_hal.soft.slot = ESC_NONE;
    esc_hal.head = ESC_NONE;
    esc_hal.waiting = ESC_NONE;
    esc_hal.served = ESC_NONE;
    esc_hal.pass = 0;
    esc_hal.dispatching = false;
    esc_hal.servicing = false;
    esc_hal.open = true;
    esc_aim();
    esc_port_restore(state);
}

esc_result esc_close(void)
{
    esc_result result = esc_deinit_all();
    if (result == ESC_IN_INTERRUPT) {
        return result;
    }
    esc_port_state state = esc_port_save_and_mask();
    esc_hal.open = false;
    esc_port_restore(state);
    return ESC_OK;
}

ESC_INTERNAL esc_result esc_drain(void)
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

/** Takes a slot for a configuration that was checked, where it is free, and answers its handle, else
 * ESC_NO_TIMER. Looked at and taken in one masked section: another thread may want it, too. */
static esc_handle claim(uint8_t index, const struct esc_config *config)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    esc_handle handle = ESC_NO_TIMER;
    esc_port_state state = esc_port_save_and_mask();
    if ((slot->state & ESC_SLOT_USED) == 0) {
        handle = (esc_handle)(((slot->handle & ~31u) | index) + 32u);
        if (handle < 32u) {
            handle = (esc_handle)(handle + 32u);
        }
        slot->handle = handle;
        slot->anchor = 0;
        set_up(slot, config);
    }
    esc_port_restore(state);
    return handle;
}

/** Takes a free slot for a configuration that was checked; ESC_NO_TIMER when there is none. Thread
 * only. */
static esc_handle allocate(const struct esc_config *config)
{
    (void)esc_drain();
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_handle handle = claim(index, config);
        if (handle != ESC_NO_TIMER) {
            return handle;
        }
    }
    return ESC_NO_TIMER;
}

ESC_INTERNAL esc_result esc_refuse_thread_call(void)
{
    esc_port_state state = esc_port_save_and_mask();
    bool open = esc_hal.open;
    esc_port_restore(state);
    if (!open) {
        return ESC_HAL_CLOSED;
    }
    return esc_port_in_interrupt() ? ESC_IN_INTERRUPT : ESC_OK;
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
    esc_handle handle = allocate(config);
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
        esc_retire(index);
    }
    esc_port_restore(state);
    return ESC_OK;
}

esc_result esc_collect(void)
{
    esc_result refused = esc_refuse_thread_call();
    return refused != ESC_OK ? refused : esc_drain();
}

esc_result esc_deinit_all(void)
{
    esc_result refused = esc_refuse_thread_call();
    if (refused != ESC_OK) {
        return refused;
    }
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        esc_port_state state = esc_port_save_and_mask();
        if (esc_hal.slots[index].state & ESC_SLOT_USED) {
            (void)esc_withdraw(index);
            esc_retire(index);
        }
        esc_port_restore(state);
    }
    esc_port_state state = esc_port_save_and_mask();
    esc_head_changed();
    esc_port_restore(state);
    (void)esc_drain();
    return ESC_OK;
}

void esc_stats(struct esc_stats *stats)
{
    esc_port_state state = esc_port_save_and_mask();
    *stats = (struct esc_stats){ 0 };
    for (uint8_t index = 0; index < ESC_TIMERS; index++) {
        uint8_t is = esc_hal.slots[index].state;
        stats->allocated = (uint8_t)(stats->allocated + ((is & ESC_SLOT_USED) != 0));
        stats->pending = (uint8_t)(stats->pending + ((is & ESC_SLOT_PENDING) != 0));
        stats->retired = (uint8_t)(stats->retired + ((is & ESC_SLOT_RETIRED) != 0));
        stats->queued = (uint8_t)(stats->queued + ((is & ESC_SLOT_QUEUED) != 0));
    }
    esc_port_restore(state);
}
