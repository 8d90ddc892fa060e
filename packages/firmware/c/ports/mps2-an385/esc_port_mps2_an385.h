/*
 * The port for an Arm MPS2 board with a Cortex-M3 (image AN385), also QEMU's machine mps2-an385: the
 * CMSDK dual timer at 25 MHz, 16 bits.
 *
 * Both halves of that timer count down for ever and raise their flag at 0. The first is the counter.
 * There is no compare register: the second half is loaded with the distance to the deadline, so that
 * it reaches 0 when the counter gets there, and again each lap.
 */
#ifndef ESC_PORT_MPS2_AN385_H
#define ESC_PORT_MPS2_AN385_H

#include <stdbool.h>
#include <stdint.h>

#include "mps2_an385.h"

#define ESC_PORT_COUNTER_BITS 16
#define ESC_PORT_FREQUENCY_HZ UINT32_C(25000000)
/* The compare alone would match at 1. But this core goes from one interrupt to the next without an
 * instruction of the thread between, so it is the way out of the interrupt that counts: with less
 * (8 by -O1, 32 by -O0) a timer that starts itself again at once keeps the thread out (CALL-12). */
#ifndef ESC_PORT_MIN_DELTA_TICKS
#define ESC_PORT_MIN_DELTA_TICKS 64
#endif
#define ESC_PORT_AUTO_CLEAR 0

typedef uint16_t esc_port_count;
typedef uint32_t esc_port_state;

/** Counting up, and 0 where the flag rises: so the negative, modulo a lap, not the complement. */
static inline esc_port_count esc_port_read_counter(void)
{
    return (esc_port_count)(0u - MPS2_COUNTER->value);
}

static inline bool esc_port_overflow_pending(void)
{
    return (MPS2_COUNTER->raw_status & 1u) != 0;
}

static inline void esc_port_acknowledge_overflow(void)
{
    MPS2_COUNTER->clear = 1;
}

static inline esc_port_state esc_port_save_and_mask(void)
{
    esc_port_state state;
    __asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(state) : : "memory");
    return state;
}

static inline void esc_port_restore(esc_port_state state)
{
    __asm__ volatile("msr primask, %0" : : "r"(state) : "memory");
}

/** Masked between the reading and the load: what comes between makes the match late. */
static inline void esc_port_set_compare(esc_port_count ticks)
{
    esc_port_state state = esc_port_save_and_mask();
    MPS2_DISTANCE->load = (esc_port_count)(ticks - esc_port_read_counter());
    esc_port_restore(state);
}

static inline void esc_port_enable_compare(bool on)
{
    MPS2_DISTANCE->control = on ? MPS2_DUAL_ENABLE | MPS2_DUAL_INTERRUPT : MPS2_DUAL_ENABLE;
}

static inline bool esc_port_compare_pending(void)
{
    return (MPS2_DISTANCE->raw_status & 1u) != 0;
}

static inline void esc_port_acknowledge_compare(void)
{
    MPS2_DISTANCE->clear = 1;
}

static inline bool esc_port_in_interrupt(void)
{
    uint32_t exception;
    __asm__ volatile("mrs %0, ipsr" : "=r"(exception));
    return exception != 0;
}

#endif
