/*
 * The port for the simulated chips, over the chip interface of esc_driver.h. What a port knows at compile time
 * is given by macros: ESC_CHIP_COUNTER_BITS, ESC_CHIP_FREQUENCY_HZ, ESC_CHIP_MIN_DELTA_TICKS and, where
 * entering an interrupt clears its flag, ESC_CHIP_AUTO_CLEAR=1.
 */
#ifndef ESC_PORT_CHIP_H
#define ESC_PORT_CHIP_H

#include <stdbool.h>
#include <stdint.h>

#define ESC_PORT_COUNTER_BITS ESC_CHIP_COUNTER_BITS
#define ESC_PORT_FREQUENCY_HZ UINT32_C(ESC_CHIP_FREQUENCY_HZ)
#define ESC_PORT_MIN_DELTA_TICKS ESC_CHIP_MIN_DELTA_TICKS
#ifdef ESC_CHIP_AUTO_CLEAR
#define ESC_PORT_AUTO_CLEAR ESC_CHIP_AUTO_CLEAR
#endif

typedef uint32_t esc_port_count;
typedef uint32_t esc_port_state;

uint32_t esc_chip_read_counter(void);
bool esc_chip_overflow_pending(void);
void esc_chip_acknowledge_overflow(void);
void esc_chip_set_compare(uint32_t counter);
void esc_chip_enable_compare(bool enable);
bool esc_chip_compare_pending(void);
void esc_chip_acknowledge_compare(void);
uint32_t esc_chip_save_and_mask(void);
void esc_chip_restore(uint32_t state);
bool esc_chip_in_interrupt(void);

static inline esc_port_count esc_port_read_counter(void)
{
    return esc_chip_read_counter();
}

static inline bool esc_port_overflow_pending(void)
{
    return esc_chip_overflow_pending();
}

static inline void esc_port_acknowledge_overflow(void)
{
    esc_chip_acknowledge_overflow();
}

static inline void esc_port_set_compare(esc_port_count ticks)
{
    esc_chip_set_compare(ticks);
}

static inline void esc_port_enable_compare(bool on)
{
    esc_chip_enable_compare(on);
}

static inline bool esc_port_compare_pending(void)
{
    return esc_chip_compare_pending();
}

static inline void esc_port_acknowledge_compare(void)
{
    esc_chip_acknowledge_compare();
}

static inline esc_port_state esc_port_save_and_mask(void)
{
    return esc_chip_save_and_mask();
}

static inline void esc_port_restore(esc_port_state state)
{
    esc_chip_restore(state);
}

static inline bool esc_port_in_interrupt(void)
{
    return esc_chip_in_interrupt();
}

#endif
