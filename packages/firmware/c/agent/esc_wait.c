/* Time that passes in a program: spin and sleep. */
#include "esc_board.h"
#include "esc_run.h"
#include "esc_clock.h"

/** A sleep is not interrupted by an alive frame this near to its end. */
#define ALIVE_MARGIN_TICKS ((uint32_t)(ESC_PORT_FREQUENCY_HZ / 500))

static uint32_t read_counter(void)
{
    /* Masked: on a chip with a shared high-byte latch an interrupt's read would tear this one. */
    esc_port_state state = esc_port_save_and_mask();
    uint32_t counter = esc_port_read_counter();
    esc_port_restore(state);
    return counter;
}

/**
 * Keeps the time exact while a program holds interrupts masked for more than a lap (READ-16). Only
 * then: with interrupts on, counting here would hide that they never come.
 */
static void serve_late_overflow(void)
{
    /* Not in the lap's first half: there a pending lap is what a masked read has to cope with. */
    if (esc_run.mask_count != 0 && read_counter() > ESC_COUNTER_MASK / 2) {
        esc_serve_overflow();
    }
}

ESC_INTERNAL void esc_call_alive(void)
{
    esc_run.last_alive = esc_now();
    esc_run.alive();
}

ESC_INTERNAL void esc_spin(uint32_t ticks)
{
    while (ticks > 1024) {
        esc_board_burn(1024);
        esc_advance();
        serve_late_overflow();
        ticks -= 1024;
    }
    esc_board_burn((uint16_t)ticks);
}

/** Lets ticks pass, by the raw counter and not by the HAL that is judged. */
ESC_NOINLINE ESC_INTERNAL void esc_sleep(uint32_t ticks)
{
    uint32_t passed = 0;
    uint32_t quiet = 0;
    uint32_t last = read_counter();
    /* One more than asked for, as the first may be partly over. */
    while (passed <= ticks) {
        uint32_t counter = read_counter();
        uint32_t delta = (counter - last) & ESC_COUNTER_MASK;
        last = counter;
        passed = passed + delta < passed ? UINT32_MAX : passed + delta;
        quiet += delta;
        if (passed == UINT32_MAX) {
            break;
        }
        esc_advance();
        serve_late_overflow();
        if (quiet > ESC_ALIVE_TICKS && passed < ticks && ticks - passed > ALIVE_MARGIN_TICKS) {
            quiet = 0;
            esc_call_alive();
        }
    }
}
