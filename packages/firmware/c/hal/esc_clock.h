/* Reading the time with interrupts masked. Shared by the HAL and the boards. */
#ifndef ESC_CLOCK_H
#define ESC_CLOCK_H

#include "esc_port.h"
#include "esc_unit.h"

/** The counter's bits. */
#define ESC_COUNTER_MASK (UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS))

/** Wraps of the counter since power-up. Changed and read under the mask, which is a compiler
 * barrier. */
extern uint32_t esc_wraps;

/** Counts one wrap; interrupts are masked. All that the overflow interrupt does on a chip that
 * clears the flag by entering it. */
static ESC_INLINE void esc_clock_count_wrap(void)
{
    esc_wraps++;
}

/** Counts a pending wrap and acknowledges it; interrupts are masked. */
static inline void esc_clock_count_pending(void)
{
    if (esc_port_overflow_pending()) {
        esc_port_acknowledge_overflow();
        esc_clock_count_wrap();
    }
}

#if ESC_PORT_COUNTER_BITS == 16 && defined(__BYTE_ORDER__) && \
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* Two 16-bit halves in a union: as shifts and ors, avr-gcc 5 needs 42 cycles where this needs
 * 20. */
union esc_split {
    uint32_t whole;
    struct {
        uint16_t counter;
        uint16_t wraps;
    } half;
};

/**
 * The low 32 bits of the time; interrupts are masked, and a pending wrap stays pending. Masking
 * alone is no cure: a wrap may be latched and not yet counted, so the flag is tested after the
 * counter was read, and the counter read again where it is set (Ganssle 2001, "Asynchronicity"). No
 * loop.
 */
static ESC_INLINE uint32_t esc_clock_read(void)
{
    union esc_split time;
    time.half.wraps = (uint16_t)esc_wraps;
    time.half.counter = (uint16_t)esc_port_read_counter();
    if (esc_port_overflow_pending()) {
        time.half.counter = (uint16_t)esc_port_read_counter();
        time.half.wraps++;
    }
    return time.whole;
}

/** The time of a counter that was read when the wraps were as they are. */
static ESC_INLINE uint32_t esc_clock_at(uint32_t counter)
{
    union esc_split time;
    time.half.counter = (uint16_t)counter;
    time.half.wraps = (uint16_t)esc_wraps;
    return time.whole;
}

#else

static ESC_INLINE uint32_t esc_clock_read(void)
{
    uint32_t wraps = esc_wraps;
    uint32_t counter = esc_port_read_counter();
    if (esc_port_overflow_pending()) {
        counter = esc_port_read_counter();
        wraps++;
    }
#if ESC_PORT_COUNTER_BITS == 32
    (void)wraps;
    return counter;
#else
    return wraps << ESC_PORT_COUNTER_BITS | counter;
#endif
}

static ESC_INLINE uint32_t esc_clock_at(uint32_t counter)
{
#if ESC_PORT_COUNTER_BITS == 32
    return counter;
#else
    return esc_wraps << ESC_PORT_COUNTER_BITS | counter;
#endif
}

#endif

/**
 * The time for a step of the HAL, which counts a pending wrap itself: where the timer's interrupt is
 * always pending again, the overflow's gets no turn, and the next wrap would find this one still
 * latched (READ-21). A call, where the compiler finds that smaller.
 */
static inline uint32_t esc_clock_update(void)
{
    esc_port_count counter = esc_port_read_counter();
    if (esc_port_overflow_pending()) {
        esc_port_acknowledge_overflow();
        esc_clock_count_wrap();
        counter = esc_port_read_counter();
    }
    return esc_clock_at(counter);
}

#endif
