/*
 * The chip of esc_driver.h over a port of esc_port.h, and the port's interrupts, given to the driver's table.
 *
 * A chip of esc_driver.h can do three things that a port need not: hold the overflow interrupt, request the
 * compare interrupt by software, and wait. A held overflow is acknowledged all the same where the chip would
 * enter again for ever, and remembered. A request is a match that is about to come; what the driver had in
 * the compare register is put back behind the handler, unless that wrote it itself.
 */
#include "esc_driver_agent.h"

#include "esc_board.h"
#include "esc_port.h"

static uint32_t wanted_compare;
static bool wanted_enabled, requested, written;
static bool overflow_enabled, overflow_held;

/* The interrupts of the port. */

static bool has_overflow_handler(void)
{
    return overflow_enabled && (esc_driver.on_overflow != NULL || esc_driver.on_interrupt != NULL);
}

static void hold_overflow(void)
{
    if (!ESC_PORT_AUTO_CLEAR) {
        if (!esc_port_overflow_pending()) {
            return;
        }
        esc_port_acknowledge_overflow();
    }
    overflow_held = true;
}

static void serve_compare(void (*handler)(void))
{
    bool was_requested = requested;
    requested = false;
    written = false;
    handler();
    if (was_requested && !written && !requested) {
        esc_port_state state = esc_port_save_and_mask();
        esc_port_set_compare((esc_port_count)wanted_compare);
        esc_port_enable_compare(wanted_enabled);
        esc_port_restore(state);
    }
}

void esc_on_overflow(void)
{
    if (has_overflow_handler()) {
        __esc_glue_on_overflow();
    } else {
        hold_overflow();
    }
}

void esc_on_compare(void)
{
    serve_compare(__esc_glue_on_compare);
}

void esc_on_interrupt(void)
{
    if (!has_overflow_handler() && esc_port_overflow_pending()) {
        hold_overflow();
        if (!esc_port_compare_pending()) {
            return;
        }
    }
    serve_compare(__esc_glue_on_interrupt);
}

/* The chip. */

uint32_t esc_chip_counter_bits(void)
{
    return ESC_PORT_COUNTER_BITS;
}

uint32_t esc_chip_frequency_hz(void)
{
    return ESC_PORT_FREQUENCY_HZ;
}

uint32_t esc_chip_min_delta_ticks(void)
{
    return ESC_PORT_MIN_DELTA_TICKS;
}

bool esc_chip_auto_clear(void)
{
    return ESC_PORT_AUTO_CLEAR != 0;
}

uint32_t esc_chip_read_counter(void)
{
    uint32_t counter = esc_port_read_counter();
    __esc_glue_read_counter(counter);
    return counter;
}

uint32_t esc_chip_latched_high(void)
{
    return 0;
}

bool esc_chip_overflow_pending(void)
{
    return overflow_held || esc_port_overflow_pending();
}

void esc_chip_acknowledge_overflow(void)
{
    if (overflow_held) {
        overflow_held = false;
    } else {
        esc_port_acknowledge_overflow();
    }
}

void esc_chip_enable_overflow(bool enable)
{
    overflow_enabled = enable;
}

void esc_chip_set_compare(uint32_t counter)
{
    wanted_compare = counter;
    written = true;
    if (!requested) {
        esc_port_set_compare((esc_port_count)counter);
    }
}

void esc_chip_enable_compare(bool enable)
{
    wanted_enabled = enable;
    written = true;
    if (!requested) {
        esc_port_enable_compare(enable);
    }
}

bool esc_chip_compare_pending(void)
{
    return esc_port_compare_pending();
}

void esc_chip_acknowledge_compare(void)
{
    esc_port_acknowledge_compare();
}

uint32_t esc_chip_save_and_mask(void)
{
    return esc_port_save_and_mask();
}

void esc_chip_restore(uint32_t state)
{
    esc_port_restore((esc_port_state)state);
}

bool esc_chip_in_interrupt(void)
{
    return esc_port_in_interrupt();
}

void esc_chip_pend_compare(void)
{
    const uint32_t mask = UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS);
    esc_port_state state = esc_port_save_and_mask();
    uint32_t ahead = ESC_PORT_MIN_DELTA_TICKS, from;
    __esc_glue_pend_compare();
    requested = true;
    esc_port_enable_compare(true);
    /* Further ahead where it was written too late. */
    do {
        from = esc_port_read_counter();
        esc_port_set_compare((esc_port_count)((from + ahead) & mask));
        ahead *= 2;
    } while (!esc_port_compare_pending() && ((esc_port_read_counter() - from) & mask) >= ahead / 2);
    esc_port_restore(state);
}

void esc_chip_wait(void)
{
    esc_board_burn(ESC_PORT_MIN_DELTA_TICKS);
}
