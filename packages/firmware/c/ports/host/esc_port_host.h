/*
 * The port for unit tests on the host: a counter that the test drives, and interrupts that can land
 * at every port access. Each access takes ticks, and where interrupts are enabled, whatever is
 * pending is served right after it, as a nested call.
 *
 * ESC_HOST_COUNTER_BITS (8, 16, 24 or 32; default 16) is the width; with ESC_HOST_AUTO_CLEAR 1
 * entering an interrupt clears its flag.
 */
#ifndef ESC_PORT_HOST_H
#define ESC_PORT_HOST_H

#include <stdbool.h>
#include <stdint.h>

#ifndef ESC_HOST_COUNTER_BITS
#define ESC_HOST_COUNTER_BITS 16
#endif

#ifndef ESC_HOST_AUTO_CLEAR
#define ESC_HOST_AUTO_CLEAR 0
#endif

#define ESC_PORT_COUNTER_BITS ESC_HOST_COUNTER_BITS
#define ESC_PORT_FREQUENCY_HZ UINT32_C(1000000)
#define ESC_PORT_MIN_DELTA_TICKS 4
#define ESC_PORT_AUTO_CLEAR ESC_HOST_AUTO_CLEAR

typedef uint32_t esc_port_count;
typedef uint8_t esc_port_state;

/** The simulated chip. */
struct esc_host {
    /** True time, never wrapping in a test. */
    uint64_t time;
    uint32_t compare;
    bool overflow_flag;
    /** The interrupt controller has latched the overflow, which an acknowledgement does not undo. */
    bool overflow_latched;
    bool compare_flag;
    bool compare_enabled;
    bool masked;
    /** The overflow's interrupt was never enabled. */
    bool overflow_never_comes;
    /** Takes the next interrupt before the thread, as a Cortex-M does. */
    bool tail_chains;
    uint8_t level;
    /** The compare's priority is above the overflow's, and the thread gets one access between. */
    bool compare_first;
    /** The controller latches an overflow, as an NVIC does. */
    bool latches;
    /** One vector for both. */
    bool one_vector;
    /** Ticks that each port access takes. */
    uint8_t access_ticks;
    /** Accesses so far. */
    uint32_t accesses;
    /** When the second interrupt is due; it may interrupt the timer's. */
    uint64_t second_at;
    bool second_wanted;
    /** Runs in the second interrupt. */
    void (*second)(void);
    /** Longest stretch of time with interrupts masked in thread context. */
    uint64_t masked_since;
    uint64_t longest_masked;
};

extern struct esc_host esc_host;

/** A chip just powered up, with each access taking this many ticks. */
void esc_host_reset(uint8_t access_ticks);

/** Lets time pass, with flags latched and interrupts served on the way. */
void esc_host_pass(uint32_t ticks);

/** One port access: counts it and lets its ticks pass. */
void esc_host_access(void);

/** Serves what is pending, where interrupts are enabled. */
void esc_host_serve(void);

static inline esc_port_count esc_port_read_counter(void)
{
    esc_host_access();
    return (esc_port_count)(esc_host.time & (UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS)));
}

static inline bool esc_port_overflow_pending(void)
{
    esc_host_access();
    return esc_host.overflow_flag;
}

static inline void esc_port_acknowledge_overflow(void)
{
    esc_host.overflow_flag = false;
    esc_host_access();
}

static inline void esc_port_set_compare(esc_port_count ticks)
{
    esc_host.compare = ticks;
    esc_host_access();
}

static inline void esc_port_enable_compare(bool on)
{
    esc_host.compare_enabled = on;
    esc_host_access();
}

static inline bool esc_port_compare_pending(void)
{
    esc_host_access();
    return esc_host.compare_flag;
}

static inline void esc_port_acknowledge_compare(void)
{
    esc_host.compare_flag = false;
    esc_host_access();
}

static inline esc_port_state esc_port_save_and_mask(void)
{
    esc_host_access();
    esc_port_state state = esc_host.masked;
    if (!esc_host.masked) {
        esc_host.masked_since = esc_host.time;
    }
    esc_host.masked = true;
    return state;
}

static inline void esc_port_restore(esc_port_state state)
{
    esc_host.masked = state != 0;
    if (state == 0 && esc_host.time - esc_host.masked_since > esc_host.longest_masked) {
        esc_host.longest_masked = esc_host.time - esc_host.masked_since;
    }
    esc_host_serve();
}

static inline bool esc_port_in_interrupt(void)
{
    return esc_host.level != 0;
}

#endif
