/* Waiting for a handler that another thread runs. */
#include "esc_engine.h"

#if ESC_PORT_THREADS

/** Stops a timer once more, as its handler may have armed it again, and looks for its handler:
 * ESC_ARMED where another thread runs it, ESC_IN_FLIGHT where the caller does, else ESC_FIRED. */
static esc_result stop_again(esc_handle timer)
{
    esc_port_thread self = esc_port_thread_id();
    esc_result result = ESC_FIRED;
    esc_port_state state = esc_port_save_and_mask();
    uint8_t index = esc_find(timer);
    if (index != ESC_NONE) {
        (void)esc_stop_slot(index);
    }
    bool hard = esc_is_handler_in(&esc_hal.hard, timer);
    bool soft = esc_is_handler_in(&esc_hal.soft, timer);
    if ((hard && esc_hal.hard.thread != self) || (soft && esc_hal.soft.thread != self)) {
        result = ESC_ARMED;
    } else if (hard || soft) {
        result = ESC_IN_FLIGHT;
    }
    esc_port_restore(state);
    return result;
}

esc_result esc_stop_sync(esc_handle timer, uint32_t timeout)
{
    esc_result found = esc_stop(timer);
    /* Stale, too: the handler that released it may still be running. */
    if ((found != ESC_IN_FLIGHT && found != ESC_STALE_HANDLE) || esc_port_in_interrupt()) {
        return found;
    }
    esc_result result = stop_again(timer);
    if (found == ESC_STALE_HANDLE && result != ESC_ARMED) {
        return found;
    }
    uint32_t begin = esc_now();
    while (result == ESC_ARMED) {
        if (esc_now() - begin >= timeout) {
            return ESC_IN_FLIGHT;
        }
        esc_port_relax();
        result = stop_again(timer);
    }
    return result;
}

#else

esc_result esc_stop_sync(esc_handle timer, uint32_t timeout)
{
    (void)timeout;
    return esc_stop(timer);
}

#endif
