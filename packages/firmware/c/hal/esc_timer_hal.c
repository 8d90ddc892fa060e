/* The calls on the HAL as a whole, and the time. See esc_hal.h for what each promises. */
#include "esc_engine.h"

uint32_t esc_wraps;

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
    esc_program_compare();
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

ESC_NOINLINE uint32_t esc_now(void)
{
    esc_port_state state = esc_port_save_and_mask();
    uint32_t time = esc_clock_read();
    esc_port_restore(state);
    return time;
}

uint64_t esc_now_wide(void)
{
    esc_port_state state = esc_port_save_and_mask();
    uint32_t wraps = esc_wraps;
    uint32_t counter = esc_port_read_counter();
    if (esc_port_overflow_pending()) {
        counter = esc_port_read_counter();
        wraps++;
    }
    esc_port_restore(state);
    return (uint64_t)wraps << ESC_PORT_COUNTER_BITS | counter;
}

esc_result esc_collect(void)
{
    esc_result refused = esc_refuse_thread_call();
    return refused != ESC_OK ? refused : esc_collect_slots();
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
    esc_rearm(true);
    esc_port_restore(state);
    (void)esc_collect_slots();
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
