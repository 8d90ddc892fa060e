/*
 * The port for the ATmega328P at 16 MHz: Timer1, 16 bits, clk/1, overflow and compare A.
 *
 * The chip has no register that says "in an interrupt", so the interrupt entries of board.c count
 * their depth in GPIOR0. Interrupts stay off in handlers: nothing nests here.
 */
#ifndef ESC_PORT_ATMEGA328P_H
#define ESC_PORT_ATMEGA328P_H

#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdbool.h>
#include <stdint.h>

#define ESC_PORT_COUNTER_BITS 16
#define ESC_PORT_FREQUENCY_HZ UINT32_C(16000000)
/* From reading the counter to the return from the interrupt are some 170 ticks; the rest is the
 * thread's, where a timer is always due. */
#define ESC_PORT_MIN_DELTA_TICKS 256
#define ESC_PORT_AUTO_CLEAR 1

typedef uint16_t esc_port_count;
typedef uint8_t esc_port_state;

/** Masked callers only: the high byte is in a latch that interrupts share. */
static inline esc_port_count esc_port_read_counter(void)
{
    return TCNT1;
}

static inline bool esc_port_overflow_pending(void)
{
    return (TIFR1 & _BV(TOV1)) != 0;
}

/* Flags are cleared by writing a one to them alone; `|=` would clear every flag that is set. */
static inline void esc_port_acknowledge_overflow(void)
{
    TIFR1 = _BV(TOV1);
}

static inline void esc_port_set_compare(esc_port_count ticks)
{
    OCR1A = ticks;
}

static inline void esc_port_enable_compare(bool on)
{
    if (on) {
        TIMSK1 |= _BV(OCIE1A);
    } else {
        TIMSK1 &= (uint8_t)~_BV(OCIE1A);
    }
}

static inline bool esc_port_compare_pending(void)
{
    return (TIFR1 & _BV(OCF1A)) != 0;
}

static inline void esc_port_acknowledge_compare(void)
{
    TIFR1 = _BV(OCF1A);
}

static inline esc_port_state esc_port_save_and_mask(void)
{
    esc_port_state state = SREG;
    __asm__ volatile("cli" ::: "memory");
    return state;
}

static inline void esc_port_restore(esc_port_state state)
{
    __asm__ volatile("" ::: "memory");
    SREG = state;
    __asm__ volatile("" ::: "memory");
}

static inline bool esc_port_in_interrupt(void)
{
    return GPIOR0 != 0;
}

#endif
